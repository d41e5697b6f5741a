// Finds verifications whose workflow is gone, and has each ended by a workflow of its own.
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { executeChild, log, workflowInfo } from '@temporalio/workflow';
import { orphans } from './activity-stubs.ts';
import { orphanWorkflowId } from './messages.ts';
import { orphanWorkflow } from './orphan.ts';

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

/** One that cannot be ended is told of, and holds up no other. One that another audit is ending is left to it. */
export async function endOrphan(trackingId: string): Promise<void> {
  try {
    // Apart, so that this history, which is of everybody, holds no number and need not be deleted with a person.
    await executeChild(orphanWorkflow, { workflowId: orphanWorkflowId(trackingId), args: [trackingId] });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return;
    log.error('A verification without a workflow could not be ended', { trackingId });
  }
}
