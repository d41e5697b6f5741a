// The arithmetic of an account: what one operation does to the balance and which ledger row it leaves (DESIGN decision 6).
import { assertMicros } from './money.ts';

export const ledgerKinds = ['topUp', 'adjustment', 'reserve', 'charge', 'release'] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** One movement asked for; `_id` makes it happen once however often it is asked for. */
export interface LedgerOperation {
  readonly _id: string;
  readonly kind: LedgerKind;
  /** What is added to the available balance, in micros: negative for a reserve, 0 for a charge. */
  readonly delta: number;
  /** The amount the row is about, in micros, never negative but for an adjustment. */
  readonly amount: number;
  readonly trackingId?: string;
  readonly reference?: string;
  /** Who made it, where a person did. */
  readonly by?: { readonly actor: string; readonly operatorId?: string };
}

export interface LedgerRow extends LedgerOperation {
  readonly accountId: string;
  /** 1, 2, 3 ... without gaps within an account. */
  readonly seq: number;
  readonly before: number;
  readonly after: number;
  readonly at: Date;
  /** The account's low-balance mark, on the one row that went from it or above to below it. */
  readonly lowBalance?: number;
}

export interface AccountFunds {
  readonly _id: string;
  readonly available: number;
  readonly seq: number;
  /** How far below zero a reserve may go, in micros; null means without bound. */
  readonly creditLimit: number | null;
  /** Going below it is worth telling, in micros; absent means never. */
  readonly lowBalance?: number;
}

/** The row an operation leaves on an account, or `insufficient` when a reserve would go below the credit limit. */
export function rowFor(account: AccountFunds, operation: LedgerOperation, at: Date): LedgerRow | 'insufficient' {
  const after = assertMicros(account.available + operation.delta);
  const floor = account.creditLimit === null ? Number.NEGATIVE_INFINITY : -account.creditLimit;
  if (operation.kind === 'reserve' && after < floor) return 'insufficient';
  const { _id: accountId, available: before, lowBalance } = account;
  const crossed = lowBalance !== undefined && before >= lowBalance && after < lowBalance;
  return { ...operation, accountId, seq: account.seq + 1, before, after, at, ...(crossed && { lowBalance }) };
}

/** Reserves the price of send `n` of a verification. */
export function reserveOperation(trackingId: string, n: number, amount: number): LedgerOperation {
  return { _id: `${trackingId}:reserve:${n}`, kind: 'reserve', delta: -amount, amount, trackingId };
}

/**
 * Takes the place of reservation `n` of a start that does not open: whoever asks for the reservation later finds this row, so
 * it can no longer be made. Where the reservation was made before, its row is found instead.
 */
export function noReservation(trackingId: string, n: number): LedgerOperation {
  return { _id: `${trackingId}:reserve:${n}`, kind: 'release', delta: 0, amount: 0, trackingId };
}

/** Closes reservation `n`: keeps the money (charge) or gives it back (release). One id for both, so never both happen. */
export function settleOperation(
  trackingId: string,
  n: number,
  kind: 'charge' | 'release',
  amount: number,
): LedgerOperation {
  return { _id: `${trackingId}:settle:${n}`, kind, delta: kind === 'release' ? amount : 0, amount, trackingId };
}
