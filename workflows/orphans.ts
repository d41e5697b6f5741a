// Ends verifications whose workflow is gone: carriers are asked what became of their sends, applications are told.
import type { FoundOutcome } from '../domain/orphan.ts';
import { ASKED_IN_VAIN } from '../domain/orphan.ts';
import { orphans } from './activity-stubs.ts';
import { lookedUp } from './send.ts';
import { startCallback } from './start-callback.ts';

/** Pending ones that are overdue for so long, in ms, and have no workflow. */
export async function endOrphans(overdueMs: number): Promise<void> {
  for (const trackingId of await orphans.findOrphans(overdueMs)) await endOrphan(trackingId);
}

/** Does nothing to one that has a workflow after all. */
export async function endOrphan(trackingId: string): Promise<void> {
  const found: FoundOutcome[] = [];
  const sends = await orphans.sendsInDoubt(trackingId);
  if (!sends) return;
  for (const { n, carrier, question } of sends) {
    found.push({ n, outcome: await lookedUp(carrier, question, { kind: 'unknown', reason: ASKED_IN_VAIN }) });
  }
  const callback = await orphans.endOrphan(trackingId, found);
  if (callback) await startCallback(callback);
}
