// Ends one verification whose workflow is gone: its carriers are asked what became of its sends, its application is told.
import { ASKED_IN_VAIN, type FoundOutcome } from '../domain/orphan.ts';
import { orphans } from './activity-stubs.ts';
import { orphanWorkflowId } from './messages.ts';
import { sealedInput } from './sealed.ts';
import { lookedUp } from './send.ts';
import { startCallback } from './start-callback.ts';

/** Does nothing to one that has a workflow after all. Its history holds a number, so it is one per verification. */
export async function orphanWorkflow(trackingId: string): Promise<void> {
  sealedInput(trackingId, () => orphanWorkflowId(trackingId));
  const found: FoundOutcome[] = [];
  const sends = await orphans.sendsInDoubt(trackingId);
  if (!sends) return;
  for (const { n, step, carrier, question } of sends) {
    const doubt = { kind: 'unknown', reason: ASKED_IN_VAIN } as const;
    found.push({ n, step, outcome: question ? await lookedUp(carrier, question, doubt) : doubt });
  }
  const callback = await orphans.endOrphan(trackingId, found);
  if (callback) await startCallback(callback);
}
