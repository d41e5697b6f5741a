// Deletes what is past its time, in small steps, so that no sweep holds up the service.
import { REFUSED_KEPT_MS, retainedFrom, STRAY_KEPT_MS } from '../domain/retention.ts';
import { defaultSettings } from '../domain/settings.ts';
import type { Database } from './database.ts';
import { forgetVerifications } from './recipients.ts';
import { totalledUntil } from './report-totals.ts';

/** Documents deleted in one step. */
const STEP = 200;

/** Deletes one step of verifications past their application's retention, if reports hold them. Returns how many. */
export async function deletePastRetention(database: Database, now: number): Promise<number> {
  const totalled = await totalledUntil(database);
  const applications = await database.applications.find({}, { projection: { settings: 1 } }).toArray();
  const past = (applicationId: string | object, days: number) => ({
    applicationId,
    outcome: 'open' as const,
    status: { $ne: 'Pending' as const },
    receivedAt: { $lt: new Date(Math.min(retainedFrom(now, days).getTime(), totalled.getTime())) },
  });
  let deleted = 0;
  for (const { _id, settings } of applications) {
    deleted += await deleteStep(database, past(_id, settings.retentionInDays ?? defaultSettings.retentionInDays));
  }
  // Those of applications that are no more are kept for as long as a new application's would be.
  const gone = { $nin: applications.map(({ _id }) => _id) };
  return deleted + (await deleteStep(database, past(gone, defaultSettings.retentionInDays)));
}

/** Deletes one step of starts that were refused a day ago or earlier. Returns how many. */
export async function deleteRefused(database: Database, now: number): Promise<number> {
  return await deleteStep(database, { outcome: 'refused', openedAt: { $lt: new Date(now - REFUSED_KEPT_MS) } });
}

/** Deletes one step of what lost its verification long ago, and of old events. Returns how many. */
export async function deleteStray(database: Database, now: number): Promise<number> {
  const { callbacks, operatorActs, lateReceipts, events, verifications } = database;
  const before = new Date(now - STRAY_KEPT_MS);
  // A callback's version is the time of its newest run.
  const old = await ids(callbacks.find({ version: { $lt: before.getTime() } }, { projection: { _id: 1 } }).limit(STEP));
  const acted = await ids(operatorActs.find({ 'acts.at': { $lt: before } }, { projection: { _id: 1 } }).limit(STEP));
  const late = await ids(
    lateReceipts.find({ 'receipts.at': { $lt: before.getTime() } }, { projection: { _id: 1 } }).limit(STEP),
  );
  const found = [...old, ...acted, ...late];
  const kept = new Set(await ids(verifications.find({ _id: { $in: found } }, { projection: { _id: 1 } })));
  const stray = { _id: { $in: found.filter((id) => !kept.has(id)) } };
  const told = await ids(events.find({ at: { $lt: before } }, { projection: { _id: 1 } }).limit(STEP));
  const deleted = [
    await callbacks.deleteMany(stray),
    await operatorActs.deleteMany(stray),
    await lateReceipts.deleteMany(stray),
    await events.deleteMany({ _id: { $in: told } }),
  ];
  return deleted.reduce((sum, { deletedCount }) => sum + deletedCount, 0);
}

async function ids(found: { toArray(): Promise<{ _id: string }[]> }): Promise<string[]> {
  return (await found.toArray()).map(({ _id }) => _id);
}

async function deleteStep(database: Database, filter: object): Promise<number> {
  const { verifications, callbacks, operatorActs, lateReceipts } = database;
  const found = await verifications
    .find(filter, { projection: { _id: 1, recipientHash: 1 } })
    .limit(STEP)
    .toArray();
  const trackingIds = found.map(({ _id }) => _id);
  const ids = { _id: { $in: trackingIds } };
  if (found.length === 0) return 0;
  const hashes = new Set(found.flatMap(({ recipientHash }) => recipientHash ?? []));
  if (hashes.size > 0) await forgetVerifications(database, [...hashes], trackingIds);
  await callbacks.deleteMany(ids);
  await operatorActs.deleteMany(ids);
  await lateReceipts.deleteMany(ids);
  await verifications.deleteMany(ids);
  return found.length;
}
