// What an operator does about callbacks: hold back and let go, send again, try out.
import { randomUUID } from 'node:crypto';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { postEvent } from '../activities/callbacks.ts';
import type { CallbackOutcome } from '../domain/callback-schedule.ts';
import type { CallbackAllowList } from '../domain/callback-url.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { openText } from '../secrets/recipient.ts';
import { findApplication } from '../store/accounts.ts';
import { callbacksInState, endedVerifications, findCallback, setCallbackPaused } from '../store/callbacks.ts';
import { findVerification } from '../store/verifications.ts';
import {
  CALLBACK_WORKFLOW,
  type CallbackInput,
  callbackResumedSignal,
  callbackWorkflowId,
  VERIFICATIONS_QUEUE,
} from '../workflows/messages.ts';
import { leaveTrace, type Operator } from './operator.ts';

export interface CallbackTools extends Operator {
  readonly ring: KeyRing;
  readonly temporal: Client;
  readonly allowedHosts: CallbackAllowList;
}

export type Replay = 'started' | 'stillRunning' | 'notEnded' | 'erased' | 'noEndpoint';

/** Holds every callback of an application back from now on. @throws Error where it has no callback URL. */
export async function pauseCallbacks(operator: Operator, applicationId: string): Promise<void> {
  if (!(await setCallbackPaused(operator.database, applicationId, true))) throw noEndpoint(applicationId);
  await leaveTrace(operator, 'callbacks.pause', { applicationId });
}

/** Lets callbacks go out again, those held back at once. Returns how many were. */
export async function resumeCallbacks(tools: CallbackTools, applicationId: string): Promise<number> {
  const { database, temporal } = tools;
  if (!(await setCallbackPaused(database, applicationId, false))) throw noEndpoint(applicationId);
  await leaveTrace(tools, 'callbacks.resume', { applicationId });
  const held = await callbacksInState(database, applicationId, 'paused');
  for (const { _id } of held) {
    await temporal.workflow
      .getHandle(callbackWorkflowId(_id))
      .signal(callbackResumedSignal)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
  }
  return held.length;
}

/** Sends the ending of one verification again, by the whole schedule; receivers know it by its unchanged `webhook-id`. */
export async function replayCallback(tools: CallbackTools, trackingId: string): Promise<Replay> {
  const { database, ring, temporal } = tools;
  const verification = await findVerification(database, trackingId);
  if (verification?.outcome !== 'open' || verification.status === 'Pending') return 'notEnded';
  if (!verification.recipient) return 'erased';
  const { accountId = '', applicationId = '', status, updatedAt } = verification;
  const url = (await findApplication(database, applicationId))?.callback?.url;
  if (url === undefined) return 'noEndpoint';
  const recipient = openText(ring, verification.recipient, trackingId);
  const earlier = (await findCallback(database, trackingId))?.attempts ?? [];
  const event = { applicationId, trackingId, recipient, status, updatedAt: updatedAt.toISOString() };
  const input: CallbackInput = { accountId, url, event, earlier };
  await leaveTrace(tools, 'callbacks.replay', { applicationId, trackingId });
  try {
    await temporal.workflow.start(CALLBACK_WORKFLOW, {
      workflowId: callbackWorkflowId(trackingId),
      taskQueue: VERIFICATIONS_QUEUE,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      args: [input],
      staticSummary: `Callback again: ${status}`,
    });
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'stillRunning';
    throw error;
  }
}

/** Sends the endings of a period again. Returns what became of each. */
export async function replayRange(
  tools: CallbackTools,
  applicationId: string,
  from: Date,
  to: Date,
): Promise<Replay[]> {
  const results: Replay[] = [];
  for (const id of await endedVerifications(tools.database, applicationId, from, to)) {
    results.push(await replayCallback(tools, id));
  }
  return results;
}

/** Posts one signed event about nobody to an application's endpoint and says what came of it. */
export async function sendTestEvent(tools: CallbackTools, applicationId: string): Promise<CallbackOutcome> {
  const endpoint = (await findApplication(tools.database, applicationId))?.callback;
  if (endpoint?.url === undefined) throw noEndpoint(applicationId);
  const event = {
    applicationId,
    trackingId: randomUUID(),
    recipient: '+12025550199',
    status: 'Verified' as const,
    updatedAt: new Date().toISOString(),
  };
  await leaveTrace(tools, 'callbacks.test', { applicationId, trackingId: event.trackingId });
  return await postEvent(tools, endpoint.url, endpoint.secrets, event);
}

function noEndpoint(applicationId: string): Error {
  return new Error(`Application ${applicationId} has no callback URL`);
}
