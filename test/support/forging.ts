// Somebody who may write into Temporal but holds no keys: starts and signals with payloads of their own making.
import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { VERIFICATIONS_QUEUE } from '../../workflows/messages.ts';
import type { Stack } from './stack.ts';

/** A value in clear, as any SDK writes it where no codec is set. */
export const inClear = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

export async function forgeSignal(stack: Stack, workflowId: string, name: string, payloads: Payload[]): Promise<void> {
  await stack.temporal.workflowService.signalWorkflowExecution({
    namespace: stack.temporal.options.namespace,
    workflowExecution: { workflowId },
    signalName: name,
    input: { payloads },
    requestId: randomUUID(),
  });
}

export async function forgeStart(stack: Stack, workflowId: string, type: string, payloads: Payload[]): Promise<void> {
  await stack.temporal.workflowService.startWorkflowExecution({
    namespace: stack.temporal.options.namespace,
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: VERIFICATIONS_QUEUE },
    input: { payloads },
    requestId: randomUUID(),
    // Closed ones may run again under their id: ALLOW_DUPLICATE.
    workflowIdReusePolicy: 1,
  });
}

/** The payloads that stand in a history, as anybody sees them: those of the start, and of each signal. */
export async function payloadsOf(
  stack: Stack,
  workflowId: string,
): Promise<{ start: Payload[]; signals: Payload[][] }> {
  const { events } = await stack.temporal.workflow.getHandle(workflowId).fetchHistory();
  const start = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    signal ? [signal.input?.payloads ?? []] : [],
  );
  return { start, signals };
}
