// What an operator does about callbacks: hold back and let go, send again, try out.
import { randomUUID } from 'node:crypto';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { postEvent } from '../activities/callbacks.ts';
import type { CallbackOutcome } from '../domain/callback-schedule.ts';
import type { CallbackAllowList } from '../domain/callback-url.ts';
import { liveSecrets } from '../domain/live-secret.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { openText } from '../secrets/recipient.ts';
import { findApplication } from '../store/accounts.ts';
import { changeAudited } from '../store/audited.ts';
import { callbacksInState, endedVerifications, findCallback } from '../store/callbacks.ts';
import { findVerification } from '../store/verifications.ts';
import {
  CALLBACK_WORKFLOW,
  type CallbackInput,
  callbackResumedSignal,
  callbackWorkflowId,
  saying,
  VERIFICATIONS_QUEUE,
} from '../workflows/messages.ts';
import { actOf, invalid, leaveTrace, type Operator, type OperatorRefusal } from './operator.ts';

/** For one question to the engine. */
const DEADLINE_MS = 4_000;
const AT_ONCE = 10;

export interface CallbackTools extends Operator {
  readonly ring: KeyRing;
  readonly temporal: Client;
  readonly allowedHosts: CallbackAllowList;
}

export type Replay = 'started' | 'stillRunning' | 'notEnded' | 'erased' | 'noEndpoint';

/** Holds every callback of an application back from now on. @throws OperatorRefusal where it has no callback URL. */
export async function pauseCallbacks(operator: Operator, applicationId: string): Promise<void> {
  await setPaused(operator, applicationId, true);
}

/** Lets callbacks go out again, those held back at once. Returns how many were. */
export async function resumeCallbacks(tools: CallbackTools, applicationId: string): Promise<number> {
  const { database, temporal } = tools;
  await setPaused(tools, applicationId, false);
  const held = await callbacksInState(database, applicationId, 'paused');
  await several(held, async ({ _id }) => {
    const handle = temporal.workflow.getHandle(callbackWorkflowId(_id));
    try {
      await bounded(temporal, () => handle.signal(callbackResumedSignal, saying(callbackResumedSignal, {})));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  });
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
    await bounded(temporal, () =>
      temporal.workflow.start(CALLBACK_WORKFLOW, {
        workflowId: callbackWorkflowId(trackingId),
        taskQueue: VERIFICATIONS_QUEUE,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        args: [input],
        staticSummary: `Callback again: ${status}`,
      }),
    );
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'stillRunning';
    throw error;
  }
}

/** Sends the endings of a period again. Returns what became of each. @throws OperatorRefusal for more than `most`, none of which is sent. */
export async function replayRange(
  tools: CallbackTools,
  applicationId: string,
  from: Date,
  to: Date,
  most = Number.POSITIVE_INFINITY,
): Promise<Replay[]> {
  const ids = await endedVerifications(tools.database, applicationId, from, to, most + 1);
  if (ids.length > most) throw invalid('to', `leaves more than ${most} endings in the period: ask for a shorter one`);
  return await several(ids, (id) => replayCallback(tools, id));
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
  return await postEvent(tools, endpoint.url, liveSecrets(endpoint.secrets, Date.now()), event);
}

/** In one write with its audit row; of a deleted application, too, whose last callbacks may still be held. */
async function setPaused(operator: Operator, applicationId: string, paused: boolean): Promise<void> {
  const { database } = operator;
  const found = await changeAudited(database, database.applications, applicationId, ({ callback }) => {
    if (callback?.url === undefined) throw noEndpoint(applicationId);
    if (callback.paused === paused) return undefined;
    const act = actOf(operator, paused ? 'callbacks.pause' : 'callbacks.resume', { applicationId });
    return { set: { 'callback.paused': paused }, act };
  });
  if (!found) throw noEndpoint(applicationId);
}

function noEndpoint(applicationId: string): OperatorRefusal {
  return invalid('callbackUrl', 'is not set', `Application ${applicationId} has no callback URL`);
}

/** The same for each, a few at a time; the results in order. */
async function several<T, R>(all: readonly T[], act: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let first = 0; first < all.length; first += AT_ONCE) {
    results.push(...(await Promise.all(all.slice(first, first + AT_ONCE).map(act))));
  }
  return results;
}

/** One question to the engine, which may be away. */
function bounded<T>(temporal: Client, call: () => Promise<T>): Promise<T> {
  return temporal.withDeadline(Date.now() + DEADLINE_MS, call);
}
