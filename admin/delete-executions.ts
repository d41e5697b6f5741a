// Deletes what Temporal keeps of workflows that have ended: every run under an id, history and visibility.
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { newestRun } from './verification-runs.ts';

const NOT_FOUND = 5;
/** Between looks, in milliseconds. */
const PAUSE_MS = 100;
/** Of one call, in milliseconds. */
const DEADLINE_MS = 4_000;

/** Waits until nothing runs under an id; asks what runs to cancel itself first where that is wanted. */
export async function untilEnded(
  client: Client,
  workflowId: string,
  until: number,
  { cancel = false } = {},
): Promise<{ readonly ended: boolean; readonly cancelled: boolean }> {
  let cancelled = false;
  for (;;) {
    const newest = await newestRun(client, workflowId);
    if (!newest?.runs) return { ended: true, cancelled };
    if (cancel && !cancelled) cancelled = await requestCancel(client, workflowId);
    if (Date.now() > until) return { ended: false, cancelled };
    await delay(PAUSE_MS);
  }
}

async function requestCancel(client: Client, workflowId: string): Promise<boolean> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    await client.withDeadline(Date.now() + DEADLINE_MS, () => handle.cancel());
    return true;
  } catch (error) {
    // It ended meanwhile.
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/**
 * Has every run under an id deleted, and waits until none is found. One that runs is left alone, and then not all is gone.
 * Returns how many were there.
 */
export async function deleteExecutions(
  client: Client,
  workflowId: string,
  until: number,
): Promise<{ readonly deleted: number; readonly gone: boolean }> {
  const asked = new Set<string>();
  for (;;) {
    const newest = await newestRun(client, workflowId);
    const listed = await listedRuns(client, workflowId);
    if (!newest && listed.length === 0) return { deleted: asked.size, gone: true };
    // Lists lag: once the newest run is in them the older ones are, too, and none is forgotten when it goes.
    const complete = !newest || listed.includes(newest.runId);
    const closed = complete && !newest?.runs ? listed.filter((runId) => !asked.has(runId)) : [];
    for (const runId of closed) {
      await deleteRun(client, workflowId, runId);
      asked.add(runId);
    }
    if (newest?.runs || Date.now() > until) return { deleted: asked.size, gone: false };
    await delay(PAUSE_MS);
  }
}

async function listedRuns(client: Client, workflowId: string): Promise<string[]> {
  return await client.withDeadline(Date.now() + DEADLINE_MS, async () => {
    const runs: string[] = [];
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(runId);
    return runs;
  });
}

async function deleteRun(client: Client, workflowId: string, runId: string): Promise<void> {
  const { namespace } = client.options;
  try {
    await client.withDeadline(Date.now() + DEADLINE_MS, () =>
      client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } }),
    );
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
  }
}
