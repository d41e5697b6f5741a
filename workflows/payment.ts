// A further send of a verification is paid for before it begins: rendered, then reserved at the price of the start.
import { reserveOperation, settleOperation } from '../domain/ledger.ts';
import type { Method } from '../domain/method.ts';
import { records } from './activity-stubs.ts';
import type { VerificationInput } from './messages.ts';
import { FIRST_SEND } from './opening.ts';
import type { VerificationRecord } from './record.ts';
import type { PaidSend } from './send.ts';

/** The number of a further send: no two operations on the ledger ever share one, those of refused sends included. */
export function numberSend(record: VerificationRecord): number {
  record.furtherSends += 1;
  return FIRST_SEND + record.furtherSends;
}

/** `over` when the verification ended while it was being paid for: then the price is given back. */
export async function payFor(
  input: VerificationInput,
  record: VerificationRecord,
  n: number,
  method: Method,
): Promise<PaidSend | 'insufficientBalance' | 'invalidTemplate' | 'over'> {
  const unitPrice = input.unitPrices[method];
  const message = await records.renderMessage({ ...input, ...input.templates?.[method], method });
  if (message === 'invalidTemplate' || unitPrice === undefined) return 'invalidTemplate';
  const price = unitPrice * message.parts;
  const reservation = await records.reserve(input.accountId, reserveOperation(input.trackingId, n, price), true);
  // What another run reserved is not this one's to give back.
  if (reservation === 'another') return 'over';
  if (reservation !== 'reserved') {
    // Should this task run again, the caller was told by then: barred, it cannot be paid for any more.
    await records.giveBack(input.accountId, input.trackingId, n);
    return 'insufficientBalance';
  }
  if (record.state.status === 'Pending') return { n, method, message, price };
  await records.settle(input.accountId, settleOperation(input.trackingId, n, 'release', price));
  return 'over';
}

/** Why a further send was not paid for, in words. */
export const unpaidReasons = {
  insufficientBalance: 'the balance did not suffice',
  invalidTemplate: 'its message does not fit this method',
} as const;
