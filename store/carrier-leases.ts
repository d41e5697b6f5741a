// Who may hold which connection to a carrier that counts them: one worker process at a time, as long as it renews its lease.
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';

type Leases = Pick<Database, 'carrierLeases'>;

/** Takes a lease nobody holds, or whose holder is gone; true for one taker only. */
export async function takeLease(
  { carrierLeases }: Leases,
  _id: string,
  holder: string,
  expiresAt: Date,
): Promise<boolean> {
  const over = { _id, expiresAt: { $lt: new Date() } };
  if ((await carrierLeases.updateOne(over, { $set: { holder, expiresAt } })).matchedCount === 1) return true;
  try {
    await carrierLeases.insertOne({ _id, holder, expiresAt });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Makes a lease last longer; false where somebody else took it meanwhile. */
export async function renewLease(
  { carrierLeases }: Leases,
  _id: string,
  holder: string,
  expiresAt: Date,
): Promise<boolean> {
  return (await carrierLeases.updateOne({ _id, holder }, { $set: { expiresAt } })).matchedCount === 1;
}

/** Gives a lease back, for another process to take at once. */
export async function releaseLease({ carrierLeases }: Leases, _id: string, holder: string): Promise<void> {
  await carrierLeases.deleteOne({ _id, holder });
}
