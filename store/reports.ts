// Counts verifications for reports: hourly totals for what is settled, the projections themselves for the rest; exact always.
import type { StatusCount } from '../domain/report.ts';
import type { Status } from '../domain/verification.ts';
import type { Database } from './database.ts';
import { msToVerify, totalledUntil } from './report-totals.ts';

export interface ReportScope {
  readonly accountId: string;
  readonly applicationId?: string | undefined;
  /** By the time the start was received: `from` counts, `to` does not. Of settled hours only whole ones. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

interface Group {
  readonly _id: { readonly country: string; readonly status: Status };
  readonly count: number;
  readonly msToVerify: number;
}

type Reports = Pick<Database, 'verifications' | 'reportTotals' | 'reportState'>;

/** Groups of open and ended verifications by country and status; refused starts are in no report. */
export async function countVerifications(database: Reports, scope: ReportScope): Promise<StatusCount[]> {
  const boundary = await totalledUntil(database);
  const [settled, live] = await Promise.all([
    settledGroups(database, scope, boundary),
    liveGroups(database, scope, boundary),
  ]);
  return [...settled, ...live];
}

const ownedBy = ({ accountId, applicationId }: ReportScope) => ({
  accountId,
  ...(applicationId !== undefined && { applicationId }),
});

async function settledGroups({ reportTotals }: Reports, scope: ReportScope, boundary: Date): Promise<StatusCount[]> {
  const before = scope.to && scope.to < boundary ? scope.to : boundary;
  const hour = { $lt: before, ...(scope.from && { $gte: scope.from }) };
  const totals = await reportTotals.find({ ...ownedBy(scope), hour }).toArray();
  return totals.flatMap(({ groups }) => groups);
}

async function liveGroups({ verifications }: Reports, scope: ReportScope, boundary: Date): Promise<StatusCount[]> {
  const since = scope.from && scope.from > boundary ? scope.from : boundary;
  const receivedAt = { $gte: since, ...(scope.to && { $lt: scope.to }) };
  const groups = await verifications
    .aggregate<Group>([
      { $match: { ...ownedBy(scope), outcome: 'open', receivedAt } },
      { $group: { _id: { country: '$country', status: '$status' }, count: { $sum: 1 }, msToVerify } },
    ])
    .toArray();
  return groups.map(({ _id, count, msToVerify: ms }) => ({ ..._id, count, msToVerify: Number(ms) }));
}
