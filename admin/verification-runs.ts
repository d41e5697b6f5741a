// Asks Temporal whether a workflow is under way, that of a verification above all.
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

export interface NewestRun {
  readonly runId: string;
  readonly runs: boolean;
}

/** The newest run under an id, if there is any. @throws when the engine does not answer, or does not know the namespace. */
export async function newestRun(client: Client, workflowId: string): Promise<NewestRun | undefined> {
  try {
    const handle = client.workflow.getHandle(workflowId);
    const { runId, status } = await client.withDeadline(Date.now() + DEADLINE_MS, () => handle.describe());
    return { runId, runs: !ended.has(status.name) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** The question about verifications, bound to a client. */
export function verificationRuns(client: Client): (trackingId: string) => Promise<boolean> {
  return async (trackingId) => (await newestRun(client, verificationWorkflowId(trackingId)))?.runs ?? false;
}
