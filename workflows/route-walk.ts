// The way of one send along its route: the next carrier is asked when one refuses, loses, or keeps silent about the message.
import { type CancellationScope, condition, sleep } from '@temporalio/workflow';
import type { SendOutcome, SendRecord } from '../domain/delivery.ts';
import { deliveryOf, partlyDelivered } from '../domain/delivery-state.ts';
import type { Method } from '../domain/method.ts';
import { LEAST_LIFE_FOR_REPEAT_MS, ownSender, type RouteStep } from '../domain/route.ts';
import type { TimelineEvent } from '../domain/timeline.ts';
import type { VerificationInput } from './messages.ts';
import { numberSend, payFor, unpaidReasons } from './payment.ts';
import { mayNumberSend, noteOutcome, tell, type VerificationRecord } from './record.ts';
import { lookedUp, ownWord, type PaidSend, sendOutcome, sendQuestion, sendRequest } from './send.ts';
import { conditionWithin } from './timers.ts';

/** A doubtful send is waited for this long where its step does not say how long; in seconds. */
const WAIT_FOR_DOUBT_SECONDS = 30;

interface Walk {
  readonly sending: CancellationScope;
  readonly input: VerificationInput;
  readonly record: VerificationRecord;
}

/**
 * Walks until a step needs no other after it. Steps of one method are one send, paid for once.
 * @param paid told of each send as soon as it is paid for
 */
export async function walkRoute(walk: Walk, first: PaidSend, paid: (send: PaidSend) => void): Promise<void> {
  const { input } = walk;
  const steps = input.routes[first.method] ?? [];
  const sends = new Map<Method, PaidSend | undefined>([[first.method, first]]);
  paid(first);
  let reason: string | undefined;
  for (const [index, step] of steps.entries()) {
    if (reason !== undefined && !mayGoOn(walk, step, first.n, reason)) return;
    if (!sends.has(step.method)) {
      const changed = await changedMethod(walk, step, first.n);
      sends.set(step.method, changed);
      if (changed) paid(changed);
    }
    const send = sends.get(step.method);
    // Not paid for: so are all other steps of its method.
    if (!send) continue;
    const number = reason === undefined ? 1 : begin(walk, send, step, reason);
    reason = await takeStep(walk, send, {
      step,
      number,
      failover: reason !== undefined,
      next: steps[index + 1],
    });
    if (reason === undefined) return;
  }
}

/** A failover with too little life left would reach the phone too late to be typed. */
function mayGoOn({ input, record }: Walk, { carrier, method }: RouteStep, n: number, reason: string): boolean {
  if (record.state.status !== 'Pending') return false;
  const at = Date.now();
  if (input.expiresAt - at >= LEAST_LIFE_FOR_REPEAT_MS) return true;
  tellOfStep(record, {
    event: 'noNextStep',
    at,
    send: n,
    carrier,
    method,
    reason: `${reason}, but too little life is left`,
  });
  return false;
}

/** Another method is another send, at its own price; undefined where it cannot be paid for. */
async function changedMethod({ input, record }: Walk, step: RouteStep, from: number): Promise<PaidSend | undefined> {
  const { carrier, method } = step;
  // The decision stands in history before it is paid for: a task that is lost and run again then pays, or gives back, once more.
  await sleep(1, { summary: `Before send ${from} goes on by ${method}` });
  const paid = mayNumberSend(record) ? await payFor(input, record, numberSend(record), method) : 'tooMany';
  if (paid === 'over') return undefined;
  const at = Date.now();
  if (typeof paid === 'string') {
    const reason = paid === 'tooMany' ? 'too many sends were asked for' : unpaidReasons[paid];
    tellOfStep(record, { event: 'noNextStep', at, send: from, carrier, method, reason });
    return undefined;
  }
  tellOfStep(record, { event: 'methodChanged', at, send: paid.n, method, price: paid.price });
  return paid;
}

/** Takes note of a further step before it is begun. Returns its number within its send. */
function begin({ input, record }: Walk, { n }: PaidSend, step: RouteStep, reason: string): number {
  const { carrier, method } = step;
  const from = ownSender(input.routes, step, input.originator);
  const number = record.sends.filter((send) => send.n === n).length + 1;
  record.sends.push({ n, ...(number > 1 && { step: number }), carrier, method });
  tellOfStep(record, { event: 'nextStep', at: Date.now(), send: n, carrier, method, reason, ...from });
  return number;
}

/** Shown once the task stands in history: run again, an answer may come first, and then there is no further step. */
function tellOfStep(record: VerificationRecord, event: TimelineEvent): void {
  record.onceCommitted = true;
  tell(record, event);
}

interface Turn {
  readonly step: RouteStep;
  /** Of the step within its send. */
  readonly number: number;
  readonly failover: boolean;
  /** None where it is the last. */
  readonly next: RouteStep | undefined;
}

/** Returns why the next step is to be taken; undefined where none is needed. */
async function takeStep(walk: Walk, send: PaidSend, turn: Turn): Promise<string | undefined> {
  const { sending, input, record } = walk;
  const { step, number, failover, next } = turn;
  const pending = () => record.state.status === 'Pending';
  const current = () => sendRecord(record, send.n, number);
  const outcome: SendOutcome = pending()
    ? await sendOutcome(sending, step.carrier, sendRequest(input, send, step, number, failover), !next)
    : { kind: 'notSent', reason: 'it was over before the send began' };
  noteOutcome(record, current(), outcome);
  if (!next) return lost(current());
  const decided = () =>
    !pending() || lost(current()) !== undefined || delivered(current()) || reachedOtherwise(record, current());
  const until = Date.now() + (step.waitForReceiptSeconds ?? WAIT_FOR_DOUBT_SECONDS) * 1000;
  const doubtful = await waitOutDoubt(walk, send, turn, until, decided);
  if (!decided() && !doubtful) {
    if (step.waitForReceiptSeconds === undefined || isSilent(current())) await condition(decided);
    else await conditionWithin(until - Date.now(), summaryOf(step, send), decided);
  }
  if (!pending() || delivered(current()) || reachedOtherwise(record, current())) return undefined;
  const seconds = step.waitForReceiptSeconds ?? WAIT_FOR_DOUBT_SECONDS;
  if (lost(current()) === undefined && reachedInPart(current())) {
    const { carrier, method } = next;
    const reason = `a part of it was delivered, and nothing was reported of the others within ${seconds} s`;
    tellOfStep(record, { event: 'noNextStep', at: Date.now(), send: send.n, carrier, method, reason });
    return undefined;
  }
  return lost(current()) ?? `${doubtful ? 'its outcome was not known' : 'no receipt came'} within ${seconds} s`;
}

/** Our own journal may know at once; else a receipt may tell, and at the end the carrier is asked. True where all that was in vain. */
async function waitOutDoubt(
  { input, record }: Walk,
  send: PaidSend,
  { step, number }: Turn,
  until: number,
  decided: () => boolean,
): Promise<boolean> {
  const current = () => sendRecord(record, send.n, number);
  const doubt = () => (current()?.outcome?.kind === 'unknown' ? current()?.outcome : undefined);
  const question = sendQuestion(input, send, number);
  const first = doubt();
  if (!first) return false;
  noteOutcome(record, current(), await ownWord(step.carrier, question, first));
  await conditionWithin(until - Date.now(), summaryOf(step, send), () => decided() || !doubt());
  const left = doubt();
  if (left && !decided()) noteOutcome(record, current(), await lookedUp(step.carrier, question, left, false));
  return doubt() !== undefined;
}

const summaryOf = ({ carrier }: RouteStep, { n }: PaidSend) => `Until ${carrier} reports on send ${n}`;

/**
 * Whether another step of this send was delivered, as may be reported after it was given up, or a later send of the same
 * verification: then the person has the code.
 */
function reachedOtherwise({ sends }: VerificationRecord, send: SendRecord | undefined): boolean {
  const at = send ? sends.indexOf(send) : -1;
  return at >= 0 && sends.some((each, index) => index !== at && (index > at || each.n === send?.n) && delivered(each));
}

const sendRecord = (record: VerificationRecord, n: number, number: number): SendRecord | undefined =>
  record.sends.find((send) => send.n === n && (send.step ?? 1) === number);

/** Why a message surely did not reach the phone, for the line after the one that has the details; undefined where it may have. */
function lost(send: SendRecord | undefined): string | undefined {
  const { outcome, carrier } = send ?? {};
  if (outcome?.kind === 'notAccepted') return `${carrier} did not accept it`;
  if (outcome?.kind === 'notSent') return `it never left through ${carrier}`;
  return reported(send) === 'undelivered' ? `${carrier} could not deliver it` : undefined;
}

/** Silence of one that was told nowhere to report says nothing: going on would send each message twice. */
const isSilent = (send: SendRecord | undefined) => send?.outcome?.kind === 'accepted' && send.outcome.silent === true;

const delivered = (send: SendRecord | undefined) => reported(send) === 'delivered';

function reported(send: SendRecord | undefined) {
  return send && deliveryOf(...saidOf(send));
}

const reachedInPart = (send: SendRecord | undefined) => send !== undefined && partlyDelivered(...saidOf(send));

function saidOf({ outcome, receipts = [] }: SendRecord) {
  const { messageIds = [], receiptsFor } = outcome?.kind === 'accepted' ? outcome : {};
  return [messageIds, receipts, receiptsFor] as const;
}
