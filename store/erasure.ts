// Takes a person out of the database: what identifies goes, what is counted stays. Every step is harmless to repeat.
import type { Database } from './database.ts';
import { forgetVerifications, notedVerifications } from './recipients.ts';

/** A page of the verifications of a number, refused starts too, in the order of their ids. */
export async function verificationsUnder(
  { verifications }: Database,
  hashes: readonly string[],
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await verifications
    .find({ recipientHash: { $in: [...hashes] }, _id: { $gt: after } }, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  return found.map(({ _id }) => _id);
}

/** Those noted for a number whose projections do not lead to it, such as lost ones. */
export async function strayVerifications(database: Database, hashes: readonly string[]): Promise<string[]> {
  const noted = [...new Set(await notedVerifications(database, hashes))];
  const leading = { _id: { $in: noted }, recipientHash: { $in: [...hashes] } };
  const found = await database.verifications.find(leading, { projection: { _id: 1 } }).toArray();
  const led = new Set(found.map(({ _id }) => _id));
  return noted.filter((id) => !led.has(id));
}

/** Removes numbers, masks, messages and hashes of bodies; the hash by which a verification is found stays for `forgetHashes`. */
export async function forgetContents(
  { verifications, sandboxMessages, idempotency }: Database,
  hashes: readonly string[],
  trackingIds: readonly string[],
): Promise<{ readonly sandboxMessages: number; readonly idempotencyKeys: number }> {
  const ids = { $in: [...trackingIds] };
  await verifications.updateMany({ _id: ids }, { $unset: { recipient: '', recipientMasked: '' } });
  const messages = await sandboxMessages.deleteMany({ recipientHash: { $in: [...hashes] }, trackingId: ids });
  // The key stays taken for its 24 hours, so that a late repeat of the start sends nothing to the person again.
  const keys = await idempotency.updateMany({ trackingId: ids, bodyHash: { $ne: '' } }, { $set: { bodyHash: '' } });
  return { sandboxMessages: messages.deletedCount, idempotencyKeys: keys.modifiedCount };
}

/** The last step, since by these hashes a repeat after a crash finds what is left. Returns how many verifications had one. */
export async function forgetHashes(
  database: Database,
  hashes: readonly string[],
  trackingIds: readonly string[],
): Promise<number> {
  await forgetVerifications(database, hashes, trackingIds);
  const { verifications } = database;
  const found = { _id: { $in: [...trackingIds] }, recipientHash: { $exists: true } };
  return (await verifications.updateMany(found, { $unset: { recipientHash: '' } })).modifiedCount;
}

/** Takes the masked number out of rows that tell of a search for it or a test message to it, or to another with the same mask. */
export async function forgetSearches({ audit }: Database, masked: string): Promise<number> {
  const rows = { action: { $in: ['verifications.search', 'carrier.testMessage'] }, 'details.recipient': masked };
  return (await audit.updateMany(rows, { $set: { 'details.recipient': 'erased' } })).modifiedCount;
}
