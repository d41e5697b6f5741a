// Which trackingId a start's Idempotency-Key stands for, for 24 hours.
import { IDEMPOTENCY_MS } from '../domain/idempotency.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { IdempotencyDocument } from './documents.ts';

type Keys = Pick<Database, 'idempotency'>;

/** Who has a key, if it was claimed within the last 24 hours. */
export async function findKey(
  { idempotency }: Keys,
  ids: readonly string[],
  now: number,
): Promise<IdempotencyDocument | undefined> {
  const found = await idempotency.findOne({ _id: { $in: [...ids] } });
  return found && found.createdAt.getTime() > now - IDEMPOTENCY_MS ? found : undefined;
}

/**
 * Claims a key, or finds who has it. A claim older than 24 hours is replaced, by exactly one of those who find it.
 * @param ids every id the key may stand under, the one to write first
 */
export async function claimKey(
  { idempotency }: Keys,
  ids: readonly string[],
  claim: Omit<IdempotencyDocument, '_id'>,
): Promise<IdempotencyDocument> {
  const oldest = claim.createdAt.getTime() - IDEMPOTENCY_MS;
  for (;;) {
    const found = await idempotency.findOne({ _id: { $in: [...ids] } });
    if (found && found.createdAt.getTime() > oldest) return found;
    const mine = { _id: found?._id ?? ids[0] ?? '', ...claim };
    if (await write({ idempotency }, found, mine)) return mine;
  }
}

/** True when the claim is ours: inserted, or put in the place of the old one nobody else replaced meanwhile. */
async function write(
  { idempotency }: Keys,
  old: IdempotencyDocument | null,
  mine: IdempotencyDocument,
): Promise<boolean> {
  if (old) {
    const { _id, ...rest } = mine;
    return (await idempotency.updateOne({ _id, trackingId: old.trackingId }, { $set: rest })).matchedCount === 1;
  }
  try {
    await idempotency.insertOne(mine);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Frees a key whose start was refused, so that the same key may try again. */
export async function releaseKey({ idempotency }: Keys, { _id, trackingId }: IdempotencyDocument): Promise<void> {
  await idempotency.deleteOne({ _id, trackingId });
}

/** Forgets keys past their time. */
export async function purgeKeys({ idempotency }: Keys): Promise<void> {
  await idempotency.deleteMany({ createdAt: { $lt: new Date(Date.now() - IDEMPOTENCY_MS) } });
}
