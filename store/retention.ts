// Deletes what is past its time, in small steps, so that no sweep holds up the service.
import { REFUSED_KEPT_MS, retainedFrom } from '../domain/retention.ts';
import { defaultSettings } from '../domain/settings.ts';
import type { Database } from './database.ts';
import { forgetVerifications } from './recipients.ts';
import { totalledUntil } from './report-totals.ts';

/** Documents deleted in one step. */
const STEP = 200;

/** Deletes one step of verifications past their application's retention, if reports hold them. Returns how many. */
export async function deletePastRetention(database: Database, now: number): Promise<number> {
  const totalled = await totalledUntil(database);
  let deleted = 0;
  for await (const { _id: applicationId, settings } of database.applications.find()) {
    const days = settings.retentionInDays ?? defaultSettings.retentionInDays;
    const end = new Date(Math.min(retainedFrom(now, days).getTime(), totalled.getTime()));
    const filter = {
      applicationId,
      outcome: 'open' as const,
      status: { $ne: 'Pending' as const },
      receivedAt: { $lt: end },
    };
    deleted += await deleteStep(database, filter);
  }
  return deleted;
}

/** Deletes one step of starts that were refused a day ago or earlier. Returns how many. */
export async function deleteRefused(database: Database, now: number): Promise<number> {
  return await deleteStep(database, { outcome: 'refused', openedAt: { $lt: new Date(now - REFUSED_KEPT_MS) } });
}

async function deleteStep(database: Database, filter: object): Promise<number> {
  const { verifications, callbacks, operatorActs } = database;
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
  await verifications.deleteMany(ids);
  return found.length;
}
