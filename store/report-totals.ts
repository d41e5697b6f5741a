// Hourly totals: what reports keep of verifications that are deleted. An hour is totalled once, when nothing can change.

import type { StatusCount } from '../domain/report.ts';
import { HOUR_MS, hourOf } from '../domain/retention.ts';
import type { Status } from '../domain/verification.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { VerificationDocument } from './documents.ts';

type Totals = Pick<Database, 'verifications' | 'reportTotals' | 'reportState'>;

/** Everything received before this is in the totals; the epoch where nothing is yet. */
export async function totalledUntil({ reportState }: Pick<Totals, 'reportState'>): Promise<Date> {
  return (await reportState.findOne({ _id: 'totals' }))?.until ?? new Date(0);
}

export interface TotalledHour {
  /** Whether there may be more to do. */
  readonly more: boolean;
  /** A pending verification that holds its hour back. */
  readonly heldBackBy?: Pick<VerificationDocument, '_id' | 'accountId' | 'receivedAt'>;
}

/** Totals the next hour that holds anything before `settled`. Repeating it after a crash writes the same again. */
export async function totalNextHour(database: Totals, settled: Date): Promise<TotalledHour> {
  const until = await totalledUntil(database);
  const hour = await nextHour(database, until, settled);
  if (!hour) {
    if (until < settled) await advance(database, until, settled);
    return { more: false };
  }
  const end = new Date(hour.getTime() + HOUR_MS);
  const period = { receivedAt: { $gte: hour, $lt: end }, outcome: 'open' as const };
  const pending = { ...period, status: 'Pending' as const };
  const heldBackBy = await database.verifications.findOne(pending, { projection: { accountId: 1, receivedAt: 1 } });
  if (heldBackBy) return { more: false, heldBackBy };
  for (const [applicationId, { accountId, groups }] of await groupsOf(database, period)) {
    const _id = `${applicationId}:${hour.toISOString()}`;
    await database.reportTotals.updateOne(
      { _id },
      { $setOnInsert: { accountId, applicationId, hour, groups } },
      { upsert: true },
    );
  }
  await advance(database, until, end);
  return { more: end < settled };
}

async function nextHour({ verifications }: Totals, from: Date, to: Date): Promise<Date | undefined> {
  const [first] = await verifications
    .find({ receivedAt: { $gte: from, $lt: to }, outcome: 'open' }, { projection: { receivedAt: 1 } })
    .sort({ receivedAt: 1 })
    .limit(1)
    .toArray();
  return first?.receivedAt && hourOf(first.receivedAt);
}

/** Only from where it was read, so that of two sweeps at once none sets it back. */
async function advance({ reportState }: Totals, from: Date, to: Date): Promise<void> {
  try {
    await reportState.updateOne(
      { _id: 'totals', until: from },
      { $set: { until: to } },
      { upsert: from.getTime() === 0 },
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

interface Group {
  readonly _id: {
    readonly accountId: string;
    readonly applicationId: string;
    readonly country: string;
    readonly status: Status;
  };
  readonly count: number;
  readonly msToVerify: number;
}

/** Sums time to verify for Verified ones; shared with the live part of reports. */
export const msToVerify = {
  $sum: { $cond: [{ $eq: ['$status', 'Verified'] }, { $subtract: ['$updatedAt', '$receivedAt'] }, 0] },
};

async function groupsOf({ verifications }: Totals, match: object) {
  const _id = { accountId: '$accountId', applicationId: '$applicationId', country: '$country', status: '$status' };
  const found = await verifications
    .aggregate<Group>([{ $match: match }, { $group: { _id, count: { $sum: 1 }, msToVerify } }])
    .toArray();
  const byApplication = new Map<string, { accountId: string; groups: StatusCount[] }>();
  for (const { _id: key, count, msToVerify: ms } of found) {
    const { accountId, applicationId, country, status } = key;
    const entry = byApplication.get(applicationId) ?? { accountId, groups: [] };
    entry.groups.push({ country, status, count, msToVerify: Number(ms) });
    byApplication.set(applicationId, entry);
  }
  return byApplication;
}
