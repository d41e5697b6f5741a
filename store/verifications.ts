// The projection of each verification: written by its workflow alone, read by everybody.
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { VerificationDocument, VerificationFacts, VerificationProgress } from './documents.ts';

type Verifications = Pick<Database, 'verifications'>;

/**
 * Writes the first version, or finds one written, and tells what stands: whoever repeats this after a crash learns what the
 * first writer decided, and when, since the api may have answered by it.
 */
export async function openProjection(
  { verifications }: Verifications,
  trackingId: string,
  facts: VerificationFacts,
  progress: VerificationProgress,
): Promise<Pick<VerificationDocument, 'outcome' | 'openedAt'>> {
  const openedAt = new Date();
  try {
    await verifications.insertOne({ _id: trackingId, ...facts, ...progress, version: 1, openedAt });
    return { outcome: progress.outcome, openedAt };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const written = await verifications.findOne({ _id: trackingId }, { projection: { outcome: 1, openedAt: 1 } });
  if (!written) throw new Error('The projection vanished while it was opened');
  return written;
}

/** Writes a later version; a newer one already there is success. */
export async function project(
  { verifications }: Verifications,
  trackingId: string,
  version: number,
  progress: VerificationProgress & Partial<Pick<VerificationDocument, 'recipientHash'>>,
): Promise<void> {
  try {
    await verifications.updateOne(
      { _id: trackingId, version: { $lt: version } },
      { $set: { ...progress, version }, $setOnInsert: { openedAt: new Date() } },
      { upsert: true },
    );
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** Writes a whole projection anew; it opened in time, or its workflow would not ask. */
export async function restoreProjection(
  { verifications }: Verifications,
  trackingId: string,
  version: number,
  facts: VerificationFacts,
  progress: VerificationProgress,
): Promise<void> {
  const whole = { ...facts, ...progress, openedAt: facts.receivedAt, version };
  try {
    await verifications.updateOne({ _id: trackingId, version: { $lt: version } }, { $set: whole }, { upsert: true });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** The projection of one verification, or null. */
export async function findVerification(
  { verifications }: Verifications,
  id: string,
): Promise<VerificationDocument | null> {
  return await verifications.findOne({ _id: id });
}

/** The projections of several verifications in one look-up. */
export async function findVerifications(
  { verifications }: Verifications,
  ids: readonly string[],
): Promise<VerificationDocument[]> {
  return await verifications.find({ _id: { $in: [...ids] } }).toArray();
}
