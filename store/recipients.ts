// Finds the verifications of a number: one document per keyed hash, bounded, so that no index is needed.
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';

type Recipients = Pick<Database, 'recipients'>;

/** The newest verifications of a number that are found by it. */
export const MAX_FOUND = 100;

/** Notes that a verification goes to a number; noting it again changes nothing. */
export async function noteRecipient({ recipients }: Recipients, hash: string, trackingId: string): Promise<void> {
  const missing = { _id: hash, trackingIds: { $ne: trackingId } };
  const add = { $push: { trackingIds: { $each: [trackingId], $slice: -MAX_FOUND } } };
  try {
    await recipients.updateOne(missing, add, { upsert: true });
  } catch (error) {
    // It is noted already; or another verification was the number's first this very moment, and this one is added to it.
    if (!isDuplicateKey(error)) throw error;
    await recipients.updateOne(missing, add);
  }
}

/** The verifications noted under any of the hashes a number may stand under. */
export async function notedVerifications({ recipients }: Recipients, hashes: readonly string[]): Promise<string[]> {
  const found = await recipients.find({ _id: { $in: [...hashes] } }).toArray();
  return found.flatMap(({ trackingIds }) => trackingIds);
}

/** Forgets verifications that are deleted, and numbers of which none is left. */
export async function forgetVerifications(
  { recipients }: Recipients,
  hashes: readonly string[],
  trackingIds: readonly string[],
): Promise<void> {
  const _id = { $in: [...hashes] };
  await recipients.updateMany({ _id }, { $pullAll: { trackingIds: [...trackingIds] } });
  await recipients.deleteMany({ _id, trackingIds: { $size: 0 } });
}
