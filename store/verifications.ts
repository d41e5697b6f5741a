// The projection of each verification: written by one run of its workflow alone, read by everybody.
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { VerificationDocument, VerificationFacts, VerificationProgress } from './documents.ts';

type Verifications = Pick<Database, 'verifications'>;

/** A run of a workflow, which has a number of them where it was reset or started again. */
export interface Run {
  readonly id: string;
  /** Whether it goes on from a point of an earlier run's history. */
  readonly reset: boolean;
}

/** `taken`: another run's, which this one goes on from at this version. `another`: another run's, and not to be changed. */
export type Written = 'mine' | { readonly taken: number } | 'another';

/**
 * Writes the first version, or finds one written, and tells what stands: whoever repeats this after a crash learns what the
 * first writer decided, and when, since the api may have answered by it.
 */
export async function openProjection(
  { verifications }: Verifications,
  trackingId: string,
  run: Run,
  facts: VerificationFacts,
  progress: VerificationProgress,
): Promise<Pick<VerificationDocument, 'outcome' | 'openedAt'> & { readonly written: Written }> {
  const openedAt = new Date();
  try {
    await verifications.insertOne({ _id: trackingId, ...facts, ...progress, version: 1, openedAt, run: run.id });
    return { outcome: progress.outcome, openedAt, written: 'mine' };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const standing = await verifications.findOne({ _id: trackingId });
  if (!standing) throw new Error('The projection vanished while it was opened');
  const { outcome, version } = standing;
  const written = await takeOver({ verifications }, standing, run, progress, {}, version);
  return { outcome, openedAt: standing.openedAt, written };
}

/** Writes a later version; a newer one already there is success. */
export async function project(
  database: Verifications,
  trackingId: string,
  run: Run,
  version: number,
  progress: VerificationProgress & Partial<Pick<VerificationDocument, 'recipientHash'>>,
): Promise<Written> {
  return await write(database, trackingId, run, version, progress, { $setOnInsert: { openedAt: new Date() } });
}

/** Writes a whole projection anew; it opened in time, or its workflow would not ask. */
export async function restoreProjection(
  database: Verifications,
  trackingId: string,
  run: Run,
  version: number,
  facts: VerificationFacts,
  progress: VerificationProgress,
): Promise<Written> {
  return await write(database, trackingId, run, version, { ...facts, ...progress, openedAt: facts.receivedAt });
}

async function write(
  { verifications }: Verifications,
  _id: string,
  run: Run,
  version: number,
  fields: VerificationProgress & Partial<VerificationDocument>,
  onInsert: { readonly $setOnInsert?: { readonly openedAt: Date } } = {},
): Promise<Written> {
  try {
    await verifications.updateOne(
      // One that stands without a run was restored by hand.
      { _id, version: { $lt: version }, run: { $in: [run.id, null as never] } },
      { $set: { ...fields, version, run: run.id }, ...onInsert },
      { upsert: true },
    );
    return 'mine';
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const standing = await verifications.findOne({ _id });
  return standing ? await takeOver({ verifications }, standing, run, fields, fields, version) : 'mine';
}

/**
 * What another run may do about a projection that stands: one that was reset goes on with a pending verification where it knows
 * of every try, or tries would be forgotten. What is decided, refused, or has a run that began anew is left as it is.
 */
async function takeOver(
  { verifications }: Verifications,
  standing: VerificationDocument,
  run: Run,
  { timesTried }: VerificationProgress,
  fields: Partial<VerificationDocument>,
  version: number,
): Promise<Written> {
  if ((standing.run ?? run.id) === run.id) return 'mine';
  const open = standing.outcome === 'open' && standing.status === 'Pending';
  if (!run.reset || !open || timesTried < standing.timesTried) return 'another';
  const taken = Math.max(version, standing.version + 1);
  const { matchedCount } = await verifications.updateOne(
    { _id: standing._id, run: standing.run as string, version: standing.version, status: 'Pending' },
    { $set: { ...fields, version: taken, run: run.id } },
  );
  // Whoever wrote meanwhile is asked about again.
  if (matchedCount !== 1) throw new Error('The verification changed meanwhile');
  return { taken };
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

/** Whether another run of its workflow than this one writes its projection, or it is decided. */
export async function isAnothers({ verifications }: Verifications, id: string, run: string): Promise<boolean> {
  const standing = await verifications.findOne({ _id: id }, { projection: { run: 1, status: 1, outcome: 1 } });
  if (!standing) return false;
  return (standing.run ?? run) !== run && (standing.status !== 'Pending' || standing.outcome !== 'open');
}
