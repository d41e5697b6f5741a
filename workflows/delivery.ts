// The sends of a verification and their money: what became of each, and whether its reservation is kept or given back.
import { CancellationScope, condition } from '@temporalio/workflow';
import type { SendRequest } from '../activities/deliveries.ts';
import {
  nothingLeft,
  provenByAnswer,
  type SendOutcome,
  type SendRecord,
  sendKey,
  settlementOf,
} from '../domain/delivery.ts';
import { settleOperation } from '../domain/ledger.ts';
import type { RenderedMessage } from '../domain/message.ts';
import type { Method } from '../domain/phone.ts';
import { stepsFor } from '../domain/route.ts';
import type { TimelineEvent } from '../domain/timeline.ts';
import { records } from './activity-stubs.ts';
import type { VerificationInput } from './messages.ts';
import { endUnasked, tell, type VerificationRecord } from './record.ts';
import { lookedUp, sendOutcome } from './send.ts';

/** A send whose price is reserved; its reservation has the same number. */
export interface PaidSend {
  readonly n: number;
  readonly method: Method;
  readonly message: RenderedMessage;
  /** In micros. */
  readonly price: number;
}

export interface Deliveries {
  /** Begins a send that the record has taken note of. */
  begin(send: PaidSend): void;
  /** Work that must be over before the verification may close, such as a resend being paid for. */
  wait(work: Promise<void>): void;
  /** Keeps sends not begun from starting. */
  stop(): void;
  /** Waits until every outcome is known and every reservation closed. */
  closed(): Promise<void>;
}

export function createDeliveries(input: VerificationInput, record: VerificationRecord): Deliveries {
  const sending = new CancellationScope();
  const work: Promise<void>[] = [];
  return {
    begin(send) {
      // An operator's cancellation of the workflow ends the wait, never the settling.
      work.push(CancellationScope.nonCancellable(() => deliver(sending, input, record, send)));
    },
    wait(promise) {
      work.push(promise);
    },
    stop() {
      sending.cancel();
    },
    async closed() {
      for (const each of work) await each;
    },
  };
}

async function deliver(
  sending: CancellationScope,
  input: VerificationInput,
  record: VerificationRecord,
  send: PaidSend,
): Promise<void> {
  const request = sendRequest(input, send);
  const pending = () => record.state.status === 'Pending';
  const outcome = await sendOutcome(sending, carrierOf(input, send.method), request, pending());
  noteOutcome(record, carrierOf(input, send.method), send, outcome);
  if (outcome.kind === 'unknown') await condition(() => !pending());
  await settle(input, record, send, await lastWord(input, record, send, request, outcome));
}

function sendRequest(input: VerificationInput, { n, method, message }: PaidSend): SendRequest {
  const { trackingId, accountId, recipient, originator, seed, digits, keyId, expiresAt, restrictions } = input;
  return {
    idempotencyKey: sendKey(trackingId, n),
    accountId,
    recipient,
    originator,
    method,
    segments: message.segments,
    parts: message.parts,
    ...(message.language && { language: message.language }),
    code: { seed, trackingId, generation: 1, digits },
    keyId,
    validUntil: expiresAt,
    ...(restrictions && { restrictions }),
  };
}

/** A send still in doubt when all is over is asked after once more, unless the right answer has proven it. */
async function lastWord(
  input: VerificationInput,
  record: VerificationRecord,
  send: PaidSend,
  request: SendRequest,
  outcome: SendOutcome,
): Promise<SendOutcome> {
  if (outcome.kind !== 'unknown' || provenByAnswer(record.state.status, record.sends, send.n)) return outcome;
  const known = await lookedUp(carrierOf(input, send.method), request, outcome);
  if (known.kind !== 'unknown') noteOutcome(record, carrierOf(input, send.method), send, known);
  return known;
}

/** Records a fate. When no message can have left, the verification has failed. */
function noteOutcome(record: VerificationRecord, carrier: string, { n, method }: PaidSend, outcome: SendOutcome): void {
  const at = Date.now();
  const noted: SendRecord = { n, carrier, method, outcome };
  record.sends.splice(
    record.sends.findIndex((send) => send.n === n),
    1,
    noted,
  );
  const base = { at, send: n, carrier };
  const events: TimelineEvent[] = [
    outcome.kind === 'accepted'
      ? { ...base, event: 'accepted', parts: outcome.parts }
      : { ...base, event: outcome.kind, reason: outcome.reason },
  ];
  // At the end of its life it expires; until then nobody is left waiting for a message that never comes.
  if (nothingLeft(record.sends) && at < record.state.expiresAt && endUnasked(record, 'Failed')) {
    events.push({ event: 'failed', at, why: 'no carrier accepted the message' });
  }
  // An acceptance is projected together with its charge, which follows at once.
  if (outcome.kind === 'accepted') record.timeline.push(...events);
  else tell(record, ...events);
}

async function settle(
  input: VerificationInput,
  record: VerificationRecord,
  { n, method, price }: PaidSend,
  outcome: SendOutcome,
): Promise<void> {
  const { trackingId, accountId } = input;
  const carrier = carrierOf(input, method);
  const kind = settlementOf(outcome, provenByAnswer(record.state.status, record.sends, n));
  const operation = settleOperation(trackingId, n, kind, price);
  if (outcome.kind === 'unknown' && kind === 'release') {
    await records.settle(accountId, operation, { trackingId, send: n, carrier, reason: outcome.reason, amount: price });
  } else await records.settle(accountId, operation);
  if (kind === 'charge') record.charged += price;
  tell(record, { event: kind === 'charge' ? 'charged' : 'released', at: Date.now(), amount: price, send: n });
}

const carrierOf = (input: VerificationInput, method: Method) => stepsFor(input.route, method)[0]?.carrier ?? '';
