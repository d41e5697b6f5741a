// Asks Temporal whether the workflow of a verification is under way.
import { type Client, type WorkflowExecutionStatusName, WorkflowNotFoundError } from '@temporalio/client';
import { verificationWorkflowId } from '../workflows/messages.ts';

const DEADLINE_MS = 4_000;

/** Only these have ended for good; whatever else there is, or will be, counts as under way. */
const ended: ReadonlySet<WorkflowExecutionStatusName> = new Set([
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'TERMINATED',
  'TIMED_OUT',
]);

/** The question, bound to a client. It throws when the engine does not answer, or does not know the namespace. */
export function verificationRuns(client: Client): (trackingId: string) => Promise<boolean> {
  return async (trackingId) => {
    const handle = client.workflow.getHandle(verificationWorkflowId(trackingId));
    try {
      const { status } = await client.withDeadline(Date.now() + DEADLINE_MS, () => handle.describe());
      return !ended.has(status.name);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  };
}
