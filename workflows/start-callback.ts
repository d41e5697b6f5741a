// Hands the ending of a verification over to a workflow of its own, which outlives it.
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { VerificationState } from '../domain/verification.ts';
import { callbackWorkflow } from './callback.ts';
import { callbackWorkflowId, type VerificationInput } from './messages.ts';

/**
 * Resolves once the callback's workflow exists, so that the ending cannot be lost: an operator's cancellation does not stop it,
 * and one that an operator's replay has started already is the same callback.
 */
export async function startCallback(input: VerificationInput, url: string, state: VerificationState): Promise<void> {
  const { trackingId, applicationId, accountId, recipient } = input;
  const { status, updatedAt } = state;
  const event = { applicationId, trackingId, recipient, status, updatedAt: new Date(updatedAt).toISOString() };
  try {
    await CancellationScope.nonCancellable(() =>
      startChild(callbackWorkflow, {
        workflowId: callbackWorkflowId(trackingId),
        parentClosePolicy: ParentClosePolicy.ABANDON,
        args: [{ accountId, url, event }],
        staticSummary: `Callback: ${status}`,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
