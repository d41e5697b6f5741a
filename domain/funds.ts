// What an operator does to an account's money: top-ups and adjustments, each under a reference that makes a repeat harmless.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { LedgerOperation, LedgerRow } from './ledger.ts';

const MAX_REFERENCE = 100;

/** The reference without white space around it, or undefined when it is not 1 to 100 visible characters. */
export function readReference(text: string): string | undefined {
  const reference = text.trim();
  const { length } = [...reference];
  return length >= 1 && length <= MAX_REFERENCE && !/[\p{C}\p{Zl}\p{Zp}]/u.test(reference) ? reference : undefined;
}

/** Adds money that was paid in; `amount` in micros. */
export function topUpOperation(accountId: string, amount: number, reference: string): LedgerOperation {
  return { _id: operationId(accountId, 'topUp', reference), kind: 'topUp', delta: amount, amount, reference };
}

/** Corrects a balance, up or down; with a trackingId it is about that verification, such as a refund. */
export function adjustmentOperation(
  accountId: string,
  amount: number,
  reference: string,
  trackingId?: string,
): LedgerOperation {
  return {
    _id: operationId(accountId, 'adjustment', reference),
    kind: 'adjustment',
    delta: amount,
    amount,
    reference,
    ...(trackingId !== undefined && { trackingId }),
  };
}

/** Whether a row is what this operation asks for, and not what another one asked for under the same reference. */
export function isRowOf(operation: LedgerOperation, row: LedgerRow): boolean {
  return row.kind === operation.kind && row.amount === operation.amount && row.trackingId === operation.trackingId;
}

/** One id per account, kind and reference; hashed, since a reference may hold anything. */
function operationId(accountId: string, kind: 'topUp' | 'adjustment', reference: string): string {
  return `${accountId}:${kind}:${bytesToHex(sha256(utf8ToBytes(reference))).slice(0, 32)}`;
}
