// What the api asks of Temporal: starts and signals, each with a deadline; outcomes come back through the projection.

import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { createRecentCounts } from '../domain/recent-counts.ts';
import { firstCarrier } from '../domain/route.ts';
import { isFull } from '../domain/signal-limit.ts';
import {
  type Cancellation,
  type ConfirmationAttempt,
  cancellationSignal,
  confirmationAttemptSignal,
  type Resend,
  resendSignal,
  saying,
  searchAttributes,
  startAbandonedSignal,
  VERIFICATION_WORKFLOW,
  VERIFICATIONS_QUEUE,
  type VerificationInput,
  verificationWorkflowId,
} from '../workflows/messages.ts';

/** `closed`: the workflow has ended, or never was. `full`: it was told so often that Temporal lets nobody tell it more. */
export type SignalResult = 'delivered' | 'closed' | 'full';

/** The engine did not answer in time; whether it did what was asked is not known. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

export interface Engine {
  /** Starts the workflow of a verification, or finds it started. Once this resolved, the start is durable. */
  start(input: VerificationInput): Promise<void>;
  confirm(trackingId: string, attempt: ConfirmationAttempt): Promise<SignalResult>;
  cancel(trackingId: string, cancellation: Cancellation): Promise<SignalResult>;
  resend(trackingId: string, resend: Resend): Promise<SignalResult>;
  /** Says that a start was given up. */
  abandon(trackingId: string): Promise<SignalResult>;
  /** Answers when the engine does. */
  ping(): Promise<void>;
}

/** Short enough for a caller who waits 5 s, long enough for a busy server; in milliseconds. */
const CALL_DEADLINE_MS = 3_500;

/** One might be lost on its way. */
const MOST_ABANDONED = 3;
const ABANDONED_WITHIN_MS = 600_000;

export function createEngine(client: Client): Engine {
  const bounded = <T>(call: () => Promise<T>) => endBy(Date.now() + CALL_DEADLINE_MS, client, call);
  const signal = async (send: () => Promise<void>): Promise<SignalResult> => {
    try {
      await bounded(send);
      return 'delivered';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'closed';
      if (isFull(error)) return 'full';
      throw error;
    }
  };
  const abandoned = createRecentCounts(MOST_ABANDONED, ABANDONED_WITHIN_MS);
  const handle = (trackingId: string) => client.workflow.getHandle(verificationWorkflowId(trackingId));
  return {
    async start(input) {
      await bounded(() =>
        client.workflow.start(VERIFICATION_WORKFLOW, {
          taskQueue: VERIFICATIONS_QUEUE,
          workflowId: verificationWorkflowId(input.trackingId),
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          // A frozen or killed worker is given up after this, and another takes over.
          workflowTaskTimeout: '5s',
          args: [input],
          staticSummary: summaryOf(input),
          typedSearchAttributes: [
            { key: searchAttributes.status, value: 'Pending' },
            { key: searchAttributes.method, value: input.method },
            { key: searchAttributes.country, value: input.country },
            { key: searchAttributes.applicationId, value: input.applicationId },
            { key: searchAttributes.carrier, value: firstCarrier(input.routes, input.method) },
          ],
        }),
      ).catch(ignoreStarted);
    },
    confirm: (trackingId, attempt) =>
      signal(() => handle(trackingId).signal(confirmationAttemptSignal, saying(confirmationAttemptSignal, attempt))),
    cancel: (trackingId, cancellation) =>
      signal(() => handle(trackingId).signal(cancellationSignal, saying(cancellationSignal, cancellation))),
    resend: (trackingId, resend) => signal(() => handle(trackingId).signal(resendSignal, saying(resendSignal, resend))),
    async abandon(trackingId) {
      // Said again and again, under one key, it would only fill the history.
      if (!abandoned.admit(trackingId, Date.now())) return 'delivered';
      return await signal(() => handle(trackingId).signal(startAbandonedSignal, saying(startAbandonedSignal, {})));
    },
    async ping() {
      await bounded(() => client.workflowService.getSystemInfo({}));
    },
  };
}

/** A repeat under the same id joins the one that runs or ran. */
function ignoreStarted(error: unknown): void {
  if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
}

/** gRPC's own deadline is overrun by its pauses between retries, so the clock has the last word. */
async function endBy<T>(deadline: number, client: Client, call: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = delay(deadline - Date.now(), undefined, { signal: over.signal }).then(() => {
    throw new EngineUnavailable();
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([client.withDeadline(deadline, call), late]);
  } finally {
    over.abort();
  }
}

function summaryOf({ method, country, recipientMasked }: VerificationInput): string {
  return `${method === 'sms' ? 'SMS' : 'Voice call'} to ${country} ${recipientMasked}`;
}
