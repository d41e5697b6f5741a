// Counts verifications for reports: hourly totals for what is settled, the projections themselves for the rest; exact always.
import type { StatusCount } from '../domain/report.ts';
import { reportParts, type Span } from '../domain/report-period.ts';
import type { Status } from '../domain/verification.ts';
import type { Database } from './database.ts';
import { msToVerify, totalledUntil } from './report-totals.ts';

export interface ReportScope {
  readonly accountId: string;
  readonly applicationId?: string | undefined;
  /** By the time the start was received: `from` counts, `to` does not. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

interface Group {
  readonly _id: { readonly country: string; readonly status: Status };
  readonly count: number;
  readonly msToVerify: number;
}

type Reports = Pick<Database, 'verifications' | 'reportTotals' | 'reportState'>;

/** Beyond any instant a start is received at. */
const FOR_EVER = Date.UTC(9999, 0, 1);

/**
 * Groups of open and ended verifications by country and status; refused starts are in no report. Exact while the verifications
 * are kept; of hours whose verifications were deleted only whole ones are counted.
 */
export async function countVerifications(database: Reports, scope: ReportScope): Promise<StatusCount[]> {
  const boundary = await totalledUntil(database);
  const period = { from: scope.from?.getTime() ?? 0, to: scope.to?.getTime() ?? FOR_EVER };
  const { totalled, counted } = reportParts(period, boundary.getTime());
  const parts = await Promise.all([
    totalledGroups(database, scope, totalled),
    ...counted.map((span) => countedGroups(database, scope, span)),
  ]);
  return parts.flat();
}

const ownedBy = ({ accountId, applicationId }: ReportScope) => ({
  accountId,
  ...(applicationId !== undefined && { applicationId }),
});

const within = ({ from, to }: Span) => ({ $gte: new Date(from), $lt: new Date(to) });

async function totalledGroups({ reportTotals }: Reports, scope: ReportScope, hours: Span): Promise<StatusCount[]> {
  const totals = await reportTotals.find({ ...ownedBy(scope), hour: within(hours) }).toArray();
  return totals.flatMap(({ groups }) => groups);
}

async function countedGroups({ verifications }: Reports, scope: ReportScope, span: Span): Promise<StatusCount[]> {
  const groups = await verifications
    .aggregate<Group>([
      { $match: { ...ownedBy(scope), outcome: 'open', receivedAt: within(span) } },
      { $group: { _id: { country: '$country', status: '$status' }, count: { $sum: 1 }, msToVerify } },
    ])
    .toArray();
  return groups.map(({ _id, count, msToVerify: ms }) => ({ ..._id, count, msToVerify: Number(ms) }));
}
