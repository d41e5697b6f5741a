// One send through a carrier, and what its failures mean; a doubt is always `unknown`.
import { ActivityFailure, ApplicationFailure, type CancellationScope, isCancellation } from '@temporalio/workflow';
import type { SendQuestion, SendRequest } from '../activities/deliveries.ts';
import { type SendOutcome, sendFailure } from '../domain/delivery.ts';
import { deliveries } from './activity-stubs.ts';

/** Sends within the scope, so that ending the verification keeps a send not begun from starting. Never throws. */
export async function sendOutcome(
  sending: CancellationScope,
  carrier: string,
  request: SendRequest,
  pending: boolean,
): Promise<SendOutcome> {
  if (!pending) return { kind: 'notSent', reason: 'it was over before the send began' };
  try {
    const { sendCode } = deliveries(carrier);
    return { kind: 'accepted', ...(await sending.run(() => sendCode(request))) };
  } catch (error) {
    if (isCancellation(error)) {
      return await lookedUp(carrier, request, { kind: 'unknown', reason: 'the send was cut short' });
    }
    return outcomeOfFailure(error);
  }
}

/** Asks the carrier what became of a doubtful send; the doubt stays where it cannot tell. */
export async function lookedUp(carrier: string, request: SendQuestion, doubt: SendOutcome): Promise<SendOutcome> {
  const { idempotencyKey, recipient, parts } = request;
  try {
    const answer = await deliveries(carrier).lookUpSend({ idempotencyKey, recipient, parts });
    if (answer === 'unknown') return doubt;
    return answer === 'notSent' ? { kind: 'notSent', reason: 'it was over first' } : { kind: 'accepted', ...answer };
  } catch {
    return doubt;
  }
}

function outcomeOfFailure(error: unknown): SendOutcome {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const reason = cause.message;
    if (cause.type === sendFailure.rejected) return { kind: 'notAccepted', reason };
    if (cause.type === sendFailure.unavailable) return { kind: 'notAccepted', reason };
    if (cause.type === sendFailure.tooLate) return { kind: 'notSent', reason };
    return { kind: 'unknown', reason };
  }
  return { kind: 'unknown', reason: 'the send did not report back' };
}
