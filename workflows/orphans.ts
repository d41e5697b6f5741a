// Ends verifications whose workflow is gone: carriers are asked what became of their sends, applications are told.
import { log, workflowInfo } from '@temporalio/workflow';
import type { FoundOutcome } from '../domain/orphan.ts';
import { ASKED_IN_VAIN } from '../domain/orphan.ts';
import { orphans } from './activity-stubs.ts';
import { lookedUp } from './send.ts';
import { startCallback } from './start-callback.ts';

/**
 * Pending ones that are overdue for so long, in ms, and have no workflow. Returns whether there may be more, which a fresh
 * history is needed for.
 */
export async function endOrphans(overdueMs: number): Promise<boolean> {
  let page = await orphans.findOrphans(overdueMs);
  for (;;) {
    for (const trackingId of page.orphans) {
      await endOrphan(trackingId);
      if (workflowInfo().continueAsNewSuggested) return true;
    }
    if (!page.next) return false;
    page = await orphans.findOrphans(overdueMs, page.next);
  }
}

/** Does nothing to one that has a workflow after all. One that cannot be ended is told of, and holds up no other. */
export async function endOrphan(trackingId: string): Promise<void> {
  try {
    const found: FoundOutcome[] = [];
    const sends = await orphans.sendsInDoubt(trackingId);
    if (!sends) return;
    for (const { n, carrier, question } of sends) {
      const doubt = { kind: 'unknown', reason: ASKED_IN_VAIN } as const;
      found.push({ n, outcome: question ? await lookedUp(carrier, question, doubt) : doubt });
    }
    const callback = await orphans.endOrphan(trackingId, found);
    if (callback) await startCallback(callback);
  } catch {
    log.error('A verification without a workflow could not be ended', { trackingId });
  }
}
