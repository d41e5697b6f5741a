// Which run of its workflow a verification is in: a reset goes on, under an id of its own, from a point of an earlier run's history.
import { workflowInfo } from '@temporalio/workflow';
import type { Writer } from '../activities/records.ts';

/** Whether an earlier run may have done what this one does. A verification never continues as new, so only a reset changes its run. */
export function isReset(): boolean {
  const { runId, firstExecutionRunId } = workflowInfo();
  return runId !== firstExecutionRunId;
}

export function writerOf(trackingId: string): Writer {
  return { trackingId, ...(isReset() && { reset: true as const }) };
}
