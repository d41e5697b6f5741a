// Hands the ending of a verification over to a workflow of its own, which outlives it.
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { callbackWorkflow } from './callback.ts';
import { type CallbackInput, callbackWorkflowId } from './messages.ts';

/**
 * Resolves once the callback's workflow exists, so that the ending cannot be lost: an operator's cancellation does not stop it,
 * and one that an operator's replay has started already is the same callback.
 */
export async function startCallback(callback: CallbackInput): Promise<void> {
  const { trackingId, status } = callback.event;
  try {
    await CancellationScope.nonCancellable(() =>
      startChild(callbackWorkflow, {
        workflowId: callbackWorkflowId(trackingId),
        parentClosePolicy: ParentClosePolicy.ABANDON,
        args: [callback],
        staticSummary: `Callback: ${status}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
