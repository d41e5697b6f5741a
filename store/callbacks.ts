// What became of callbacks: one document per verification, written by its callback workflow.
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { CallbackDocument } from './documents.ts';

type Callbacks = Pick<Database, 'callbacks'>;

/** Writes a version; a newer one already there is success. */
export async function recordCallback({ callbacks }: Callbacks, callback: CallbackDocument): Promise<void> {
  const { _id, version, ...rest } = callback;
  try {
    await callbacks.updateOne({ _id, version: { $lt: version } }, { $set: { ...rest, version } }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** The callback of one verification, or null. */
export async function findCallback({ callbacks }: Callbacks, trackingId: string): Promise<CallbackDocument | null> {
  return await callbacks.findOne({ _id: trackingId });
}

/** Callbacks of an application in a state. */
export async function callbacksInState(
  { callbacks }: Callbacks,
  applicationId: string,
  state: CallbackDocument['state'],
): Promise<CallbackDocument[]> {
  return await callbacks.find({ applicationId, state }).toArray();
}

/** Ended verifications of an application that ended from one instant to another, the later one not included; `most` at most. */
export async function endedVerifications(
  { verifications }: Pick<Database, 'verifications'>,
  applicationId: string,
  from: Date,
  to: Date,
  most: number,
): Promise<string[]> {
  const ended = {
    applicationId,
    outcome: 'open' as const,
    status: { $ne: 'Pending' as const },
    updatedAt: { $gte: from, $lt: to },
  };
  // No bound of MongoDB's is infinite: 0 is none.
  const options = { projection: { _id: 1 }, limit: Number.isFinite(most) ? most : 0 };
  return (await verifications.find(ended, options).toArray()).map(({ _id }) => _id);
}
