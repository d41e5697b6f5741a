// Speaks to a verification's workflow as the api does once its own checks are done, and looks into its history.
import { randomUUID } from 'node:crypto';
import proto from '@temporalio/proto';
import { createEngine } from '../../api/engine.ts';
import { answerNumber } from '../../domain/answer.ts';
import { answerDigests } from '../../secrets/answer-digest.ts';
import { eventually } from './eventually.ts';
import type { Stack } from './stack.ts';

const { EventType } = proto.temporal.api.enums.v1;

/** Hands an answer over; nobody waits for its verdict. Returns the attempt's id. */
export async function signalAnswer(
  stack: Stack,
  trackingId: string,
  code: string,
  receivedAt = Date.now(),
): Promise<string> {
  const attemptId = randomUUID();
  const digests = answerDigests(stack.ring, trackingId, answerNumber(code, code.length));
  await createEngine(stack.temporal).confirm(trackingId, { attemptId, digests, receivedAt });
  return attemptId;
}

/** Hands a cancellation over; nobody waits for its verdict. */
export async function signalCancellation(stack: Stack, trackingId: string): Promise<void> {
  await createEngine(stack.temporal).cancel(trackingId, { attemptId: randomUUID(), receivedAt: Date.now() });
}

/** Resolves once the history holds this many signals, so that they survive whatever comes. */
export async function signalled(stack: Stack, trackingId: string, count: number): Promise<void> {
  await eventually(`${count} signals in the history`, async () => {
    const { events } = await stack.temporal.workflow.getHandle(trackingId).fetchHistory();
    const signals = events?.filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED);
    return signals?.length === count;
  });
}

/** Waits until nothing of it is under way: only then does a signal stand in history at once, and not behind a task. */
export async function atRest(stack: Stack, trackingId: string, withinMs?: number): Promise<void> {
  const resting = async () => {
    const { raw } = await stack.temporal.workflow.getHandle(trackingId).describe();
    return !raw.pendingWorkflowTask && (raw.pendingActivities ?? []).length === 0;
  };
  await eventually('the workflow is at rest', resting, withinMs);
}

/** The result of the workflow, once it has ended. */
export function resultOf(stack: Stack, trackingId: string) {
  return stack.temporal.workflow.getHandle(trackingId).result();
}

/** The ids of all workflows of this stack, as soon as there are `count`; visibility lags a little. */
export async function workflowIds(stack: Stack, count: number): Promise<string[]> {
  return await eventually(`${count} workflows`, async () => {
    const ids: string[] = [];
    for await (const { workflowId } of stack.temporal.workflow.list()) ids.push(workflowId);
    return ids.length === count && ids;
  });
}
