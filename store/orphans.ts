// Verifications whose workflow is gone: found by their overdue projections, and ended in them.
import { endedWithoutWorkflow, type FoundOutcome, type Orphan } from '../domain/orphan.ts';
import type { Database } from './database.ts';
import type { VerificationDocument } from './documents.ts';

type Verifications = Pick<Database, 'verifications'>;

/** Ids of verifications still pending though their life ended before an instant; the longest overdue first. */
export async function overdueVerifications({ verifications }: Verifications, before: Date, limit: number) {
  const overdue = { outcome: 'open' as const, status: 'Pending' as const, expiresAt: { $lt: before } };
  const found = verifications.find(overdue, { projection: { _id: 1 } });
  return (await found.sort({ expiresAt: 1 }).limit(limit).toArray()).map(({ _id }) => _id);
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
