// The arithmetic of an account: what operations do to the balance and which ledger rows they leave
// (docs/decisions/004-money-in-one-document.md).
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
  /** A closed account takes no new reservation. */
  readonly closed: boolean;
}

/** Why a movement is not made: a reserve by the balance or the closed account, any one by a balance too large to be kept. */
export type Refusal = 'insufficient' | 'closed' | RangeError;

export interface Batch {
  /** By operation id, in the order of their numbers. */
  readonly rows: ReadonlyMap<string, LedgerRow>;
  /** By operation id. */
  readonly refused: ReadonlyMap<string, Refusal>;
}

/**
 * The rows that these operations leave on an account, one for each id: who asks second is told the first one's row.
 *
 * A reserve must be covered by what is available now, without what others of the batch give back. So whether it may be made does
 * not depend on the batch it is in: a frozen executor never makes what another has refused on the same account. One that only
 * they would cover is refused here and judged again once they are written.
 */
export function rowsFor(account: AccountFunds, operations: readonly LedgerOperation[], at: Date): Batch {
  const rows = new Map<string, LedgerRow>();
  const refused = new Map<string, Refusal>();
  let [{ available, seq }, covered] = [account, account.available];
  for (const operation of operations) {
    if (rows.has(operation._id)) continue;
    const refusal = refusalOf(account, operation, available, covered);
    if (refusal !== undefined) {
      refused.set(operation._id, refusal);
      continue;
    }
    const row = rowAfter(account, operation, available, seq + 1, at);
    rows.set(operation._id, row);
    refused.delete(operation._id);
    available = row.after;
    seq = row.seq;
    covered += Math.min(operation.delta, 0);
  }
  return { rows, refused };
}

function refusalOf(
  { creditLimit, closed }: AccountFunds,
  { kind, delta }: LedgerOperation,
  available: number,
  covered: number,
): Refusal | undefined {
  try {
    assertMicros(available + delta);
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
  if (kind !== 'reserve') return undefined;
  if (closed) return 'closed';
  const floor = creditLimit === null ? Number.NEGATIVE_INFINITY : -creditLimit;
  return covered + delta < floor ? 'insufficient' : undefined;
}

function rowAfter(
  { _id: accountId, lowBalance }: AccountFunds,
  operation: LedgerOperation,
  before: number,
  seq: number,
  at: Date,
): LedgerRow {
  const after = before + operation.delta;
  const crossed = lowBalance !== undefined && before >= lowBalance && after < lowBalance;
  return { ...operation, accountId, seq, before, after, at, ...(crossed && { lowBalance }) };
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
