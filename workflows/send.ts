// One step of a send through a carrier, and what its failures mean; a doubt is always `unknown`.
import { TimeoutType } from '@temporalio/common';
import {
  ActivityFailure,
  ApplicationFailure,
  type CancellationScope,
  isCancellation,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { SendQuestion, SendRequest, ToldAcceptance } from '../activities/deliveries.ts';
import { keepsJournal } from '../domain/carrier.ts';
import { type SendOutcome, sendFailure, sendKey } from '../domain/delivery.ts';
import type { RenderedMessage } from '../domain/message.ts';
import type { Method } from '../domain/method.ts';
import type { RouteStep } from '../domain/route.ts';
import { deliveries, LONGEST_ATTEMPT_MS, records } from './activity-stubs.ts';
import type { VerificationInput } from './messages.ts';
import { isReset } from './run.ts';

/** A send whose price is reserved; its reservation has the same number. */
export interface PaidSend {
  readonly n: number;
  readonly method: Method;
  readonly message: RenderedMessage;
  /** In micros. */
  readonly price: number;
}

/** What the carrier of a step is asked to send. @param number of the step within its send, from 1 @param failover whether another carrier was asked before */
export function sendRequest(
  input: VerificationInput,
  send: PaidSend,
  step: RouteStep,
  number: number,
  failover: boolean,
): SendRequest {
  const { accountId, expiresAt, restrictions } = input;
  const { message } = send;
  return {
    ...sendQuestion(input, send, number),
    accountId,
    originator: step.originator ?? input.originator,
    ...(message.language && { language: message.language }),
    validUntil: expiresAt,
    failover,
    ...(restrictions && { restrictions }),
    ...(step.options && { options: step.options }),
    ...(isReset() && { reset: true }),
  };
}

/** What the carrier of a step is asked about it. */
export function sendQuestion(
  { trackingId, recipient, seed, digits, keyId }: VerificationInput,
  { n, method, message: { parts, segments } }: PaidSend,
  number: number,
): Required<SendQuestion> {
  const code = { seed, trackingId, generation: 1, digits };
  return { idempotencyKey: sendKey(trackingId, n, number), recipient, parts, method, segments, code, keyId };
}

/**
 * Sends within the scope, so that ending the verification keeps a send not begun from starting. Never throws.
 * @param last whether no step comes after it: then it outlasts its carrier's troubles
 */
export async function sendOutcome(
  sending: CancellationScope,
  carrier: string,
  request: SendRequest,
  last: boolean,
): Promise<SendOutcome> {
  const scheduledAt = Date.now();
  try {
    const { sendCode } = deliveries(carrier, last);
    return { kind: 'accepted', ...(await sending.run(() => sendCode(request))) };
  } catch (error) {
    if (isCancellation(error)) {
      return await lookedUp(carrier, request, { kind: 'unknown', reason: 'the send was cut short' });
    }
    return outcomeOfFailure(error, Date.now() - scheduledAt);
  }
}

/**
 * Asks what became of a doubtful send: our own journal, then the carrier. The doubt stays where neither can tell.
 * @param last whether nothing but money hangs on it, or else the next step
 */
export async function lookedUp(
  carrier: string,
  asked: SendQuestion,
  doubt: SendOutcome,
  last = true,
): Promise<SendOutcome> {
  const own = await ownWord(carrier, asked, doubt);
  if (own !== doubt) return own;
  const { idempotencyKey, recipient, parts, method, segments, code, keyId } = asked;
  const question = { idempotencyKey, recipient, parts, method, segments, code, keyId };
  try {
    return known(await deliveries(carrier, last).lookUpSend(question), doubt);
  } catch {
    return doubt;
  }
}

/** What our own journal knows of a doubtful send, which then begins no more; the doubt itself where that is nothing. */
export async function ownWord(carrier: string, asked: SendQuestion, doubt: SendOutcome): Promise<SendOutcome> {
  if (!keepsJournal(carrier)) return doubt;
  const { idempotencyKey, recipient, parts } = asked;
  const word = await records.lastWord(carrier, { idempotencyKey, recipient, parts });
  // The journal does not know whether the carrier wants feedback.
  return known(typeof word === 'string' ? word : { ...word, feedback: true }, doubt);
}

function known(answer: ToldAcceptance | 'notSent' | 'unknown', doubt: SendOutcome): SendOutcome {
  if (answer === 'unknown') return doubt;
  return answer === 'notSent' ? { kind: 'notSent', reason: 'it never left' } : { kind: 'accepted', ...answer };
}

function outcomeOfFailure(error: unknown, tookMs: number): SendOutcome {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const reason = cause.message;
    if (cause.type === sendFailure.rejected || cause.type === sendFailure.fault) return { kind: 'notAccepted', reason };
    if (cause.type === sendFailure.unavailable) return { kind: 'notAccepted', reason };
    if (cause.type === sendFailure.tooLate) return { kind: 'notSent', reason };
    return { kind: 'unknown', reason };
  }
  if (cause instanceof TimeoutFailure && cause.timeoutType === TimeoutType.SCHEDULE_TO_START) {
    // A failed attempt leaves a mark; one that was lost with its worker leaves none, but took all of its time.
    const begun = cause.lastHeartbeatDetails !== undefined || tookMs >= LONGEST_ATTEMPT_MS;
    if (!begun) return { kind: 'notSent', reason: 'its carrier took nothing up in time' };
  }
  return { kind: 'unknown', reason: 'the send did not report back' };
}
