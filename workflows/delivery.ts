// The send of a verification and its money: what became of it, and whether the reservation is kept or given back.
import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { SendRequest } from '../activities/deliveries.ts';
import { type SendOutcome, sendFailure, settlementOf } from '../domain/delivery.ts';
import { settleOperation } from '../domain/ledger.ts';
import type { RenderedMessage } from '../domain/message.ts';
import type { TimelineEvent } from '../domain/timeline.ts';
import { deliveries, records } from './activity-stubs.ts';
import type { VerificationInput } from './messages.ts';
import { FIRST_SEND } from './opening.ts';
import { endUnasked, tell, type VerificationRecord } from './record.ts';

export interface Delivery {
  /** Keeps a send not begun from starting, and waits until every outcome is known and every reservation closed. */
  closed(): Promise<void>;
}

export function startDelivery(
  input: VerificationInput,
  record: VerificationRecord,
  message: RenderedMessage,
  price: number,
): Delivery {
  const sending = new CancellationScope();
  const request = sendRequest(input, message);
  // An operator's cancellation of the workflow ends the wait, never the settling.
  const done = CancellationScope.nonCancellable(async () => {
    const outcome = await sendOutcome(sending, input, record, request);
    noteOutcome(record, input.carrier, outcome);
    if (outcome.kind === 'unknown') await condition(() => record.state.status !== 'Pending');
    await settle(input, record, price, await lastWord(input, record, request, outcome));
  });
  return {
    async closed() {
      sending.cancel();
      await done;
    },
  };
}

function sendRequest(input: VerificationInput, message: RenderedMessage): SendRequest {
  const { trackingId, accountId, recipient, originator, method, seed, digits, keyId, expiresAt, restrictions } = input;
  return {
    idempotencyKey: `${trackingId}:send:${FIRST_SEND}`,
    accountId,
    recipient,
    originator,
    method,
    segments: message.segments,
    parts: message.parts,
    code: { seed, trackingId, generation: 1, digits },
    keyId,
    validUntil: expiresAt,
    ...(restrictions && { restrictions }),
  };
}

async function sendOutcome(
  sending: CancellationScope,
  input: VerificationInput,
  record: VerificationRecord,
  request: SendRequest,
): Promise<SendOutcome> {
  if (record.state.status !== 'Pending') return { kind: 'notSent', reason: 'it was over before the send began' };
  try {
    const { sendCode } = deliveries(input.carrier);
    return { kind: 'accepted', ...(await sending.run(() => sendCode(request))) };
  } catch (error) {
    if (error instanceof ActivityFailure && error.cause instanceof CancelledFailure) {
      return await lookedUp(input, request, { kind: 'unknown', reason: 'the send was cut short' });
    }
    return outcomeOfFailure(error);
  }
}

/** What a failed send means for the money; a doubt is always `unknown`. */
function outcomeOfFailure(error: unknown): SendOutcome {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const reason = cause.message;
    if (cause.type === sendFailure.rejected) return { kind: 'notAccepted', reason };
    if (cause.type === sendFailure.unavailable) return { kind: 'notAccepted', reason };
    if (cause.type === sendFailure.tooLate) return { kind: 'notSent', reason };
    return { kind: 'unknown', reason };
  }
  if (cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START') {
    return { kind: 'notSent', reason: 'no worker took the send' };
  }
  return { kind: 'unknown', reason: 'the send did not report back' };
}

/** A send still in doubt when all is over is asked after once more, unless the right answer has proven it. */
async function lastWord(
  input: VerificationInput,
  record: VerificationRecord,
  request: SendRequest,
  outcome: SendOutcome,
): Promise<SendOutcome> {
  if (outcome.kind !== 'unknown' || record.state.status === 'Verified') return outcome;
  const known = await lookedUp(input, request, outcome);
  if (known.kind !== 'unknown') noteOutcome(record, input.carrier, known);
  return known;
}

async function lookedUp(input: VerificationInput, request: SendRequest, doubt: SendOutcome): Promise<SendOutcome> {
  const { idempotencyKey, recipient, parts } = request;
  try {
    const answer = await deliveries(input.carrier).lookUpSend({ idempotencyKey, recipient, parts });
    if (answer === 'unknown') return doubt;
    return answer === 'notSent' ? { kind: 'notSent', reason: 'it was over first' } : { kind: 'accepted', ...answer };
  } catch {
    return doubt;
  }
}

/** Records a fate. When no carrier took the message, the verification has failed. */
function noteOutcome(record: VerificationRecord, carrier: string, outcome: SendOutcome): void {
  const at = Date.now();
  const before = record.sends.findIndex((send) => send.n === FIRST_SEND);
  record.sends.splice(before < 0 ? record.sends.length : before, 1, { n: FIRST_SEND, carrier, outcome });
  const base = { at, send: FIRST_SEND, carrier };
  const events: TimelineEvent[] = [
    outcome.kind === 'accepted'
      ? { ...base, event: 'accepted', parts: outcome.parts }
      : { ...base, event: outcome.kind, reason: outcome.reason },
  ];
  if (outcome.kind === 'notAccepted' && endUnasked(record, 'Failed')) {
    events.push({ event: 'failed', at, why: 'no carrier accepted the message' });
  }
  // An acceptance is projected together with its charge, which follows at once.
  if (outcome.kind === 'accepted') record.timeline.push(...events);
  else tell(record, ...events);
}

async function settle(
  input: VerificationInput,
  record: VerificationRecord,
  amount: number,
  outcome: SendOutcome,
): Promise<void> {
  const kind = settlementOf(outcome, record.state.status === 'Verified');
  await records.settle(input.accountId, settleOperation(input.trackingId, FIRST_SEND, kind, amount));
  if (kind === 'charge') record.charged += amount;
  tell(record, { event: kind === 'charge' ? 'charged' : 'released', at: Date.now(), amount, send: FIRST_SEND });
}
