// Verifications whose workflow is gone: found by their overdue projections, and ended in them.
import { endedWithoutWorkflow, type FoundOutcome, type Orphan } from '../domain/orphan.ts';
import type { Database } from './database.ts';
import type { VerificationDocument } from './documents.ts';

type Verifications = Pick<Database, 'verifications'>;

/** A place in the list of overdue verifications. */
export interface OverdueCursor {
  /** In ms since the epoch. */
  readonly expiresAt: number;
  readonly id: string;
}

/** Verifications still pending though their life ended before an instant, the longest overdue first, from behind a place. */
export async function overdueVerifications(
  { verifications }: Verifications,
  before: Date,
  after: OverdueCursor | undefined,
  limit: number,
): Promise<OverdueCursor[]> {
  const from = after && new Date(after.expiresAt);
  const behind = after && { $or: [{ expiresAt: { $gt: from } }, { expiresAt: from, _id: { $gt: after.id } }] };
  const overdue = { outcome: 'open' as const, status: 'Pending' as const, expiresAt: { $lt: before } };
  const found = await verifications
    .find({ ...overdue, ...behind }, { projection: { expiresAt: 1 } })
    .sort({ expiresAt: 1, _id: 1 })
    .limit(limit)
    .toArray();
  return found.map(({ _id, expiresAt }) => ({ expiresAt: expiresAt.getTime(), id: _id }));
}

/**
 * Writes the end of a verification without a workflow. @throws Error when somebody else wrote meanwhile, so that it is
 * looked at again.
 */
export async function endOrphan(
  { verifications }: Verifications,
  verification: VerificationDocument,
  found: readonly FoundOutcome[],
): Promise<Orphan> {
  const { _id, version } = verification;
  const ended = endedWithoutWorkflow(verification, found, new Date());
  const { status, updatedAt, sends, timeline } = ended;
  const { matchedCount } = await verifications.updateOne(
    { _id, version },
    { $set: { status, updatedAt, sends, timeline, version: version + 1 } },
  );
  if (matchedCount !== 1) throw new Error('The verification changed meanwhile');
  return ended;
}
