// Another send of the same code, asked for by the application: judged at once, paid for, then sent like the first.
import { CancellationScope } from '@temporalio/workflow';
import { reserveOperation, settleOperation } from '../domain/ledger.ts';
import type { RenderedMessage } from '../domain/message.ts';
import { MAX_RESENDS, resendRefusal } from '../domain/resend.ts';
import { stepsFor } from '../domain/route.ts';
import { records } from './activity-stubs.ts';
import type { Deliveries } from './delivery.ts';
import type { Resend, VerificationInput } from './messages.ts';
import { FIRST_SEND } from './opening.ts';
import { takeResendVerdict, tell, type VerificationRecord } from './record.ts';

/** Resends that are refused for their price are bounded, too, or an empty account could fill the history. */
const MOST_NUMBERS = 20;

/** Judges the wish before anything is awaited, so that two at once cannot both pass the cool-down. */
export function handleResend(
  input: VerificationInput,
  record: VerificationRecord,
  deliveries: Deliveries,
  { attemptId, method, receivedAt }: Resend,
): void {
  const now = Date.now();
  const spent = record.resendNumbers >= MOST_NUMBERS;
  const situation = { ...record.state, lastSendAt: record.lastSendAt, resends: spent ? MAX_RESENDS : record.resends };
  const refusal = resendRefusal(situation, receivedAt, now);
  if (refusal) {
    // A decided status answers by itself.
    if (refusal.verdict === 'tooSoon' || refusal.verdict === 'tooMany') takeResendVerdict(record, attemptId, refusal);
    return;
  }
  const before = record.lastSendAt;
  record.lastSendAt = receivedAt;
  record.resends += 1;
  record.resendNumbers += 1;
  const n = FIRST_SEND + record.resendNumbers;
  const pay = async () => {
    const paid = await payFor(input, record, n, method);
    if (paid === 'over') return;
    // A task that is lost with its worker is run again, and then a right answer may come before the send.
    record.onceCommitted = true;
    if (typeof paid === 'string') {
      record.lastSendAt = before;
      record.resends -= 1;
      tell(record, { event: 'notResent', at: Date.now(), send: n, reason: refusals[paid] });
      takeResendVerdict(record, attemptId, { verdict: paid });
      return;
    }
    tell(record, { event: 'resent', at: Date.now(), send: n, method, price: paid.price });
    record.sends.push({ n, carrier: stepsFor(input.route, method)[0]?.carrier ?? '', method });
    takeResendVerdict(record, attemptId, { verdict: 'resent' });
    deliveries.begin({ n, method, ...paid });
  };
  deliveries.wait(CancellationScope.nonCancellable(pay));
}

const refusals = {
  insufficientBalance: 'the balance did not suffice',
  invalidTemplate: 'its message does not fit this method',
} as const;

async function payFor(
  input: VerificationInput,
  record: VerificationRecord,
  n: number,
  method: Resend['method'],
): Promise<{ message: RenderedMessage; price: number } | 'insufficientBalance' | 'invalidTemplate' | 'over'> {
  const unitPrice = input.unitPrices[method];
  const message = await records.renderMessage({ ...input, ...input.templates?.[method], method });
  if (message === 'invalidTemplate' || unitPrice === undefined) return 'invalidTemplate';
  const price = unitPrice * message.parts;
  const reservation = await records.reserve(input.accountId, reserveOperation(input.trackingId, n, price));
  if (reservation !== 'reserved') {
    // Should this task run again, the caller was told by then: barred, it cannot be paid for any more.
    await records.giveBack(input.accountId, input.trackingId, n);
    return 'insufficientBalance';
  }
  if (record.state.status === 'Pending') return { message, price };
  // It ended while it was being paid for, and the ending answers the caller.
  await records.settle(input.accountId, settleOperation(input.trackingId, n, 'release', price));
  return 'over';
}
