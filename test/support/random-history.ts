// Histories of one account as the product makes them: every row by `rowFor`, every operation by its own constructor.
import fc from 'fast-check';
import { adjustmentOperation, topUpOperation } from '../../domain/funds.ts';
import {
  type AccountFunds,
  type LedgerOperation,
  type LedgerRow,
  noReservation,
  reserveOperation,
  settleOperation,
} from '../../domain/ledger.ts';
import type { AuditedAccount } from '../../domain/ledger-audit.ts';
import { rowFor } from './row-for.ts';

export interface History {
  readonly account: AuditedAccount;
  /** All rows, the newest included. */
  readonly rows: readonly LedgerRow[];
  /** Amounts of the reservations left open, by `trackingId:n`. */
  readonly open: ReadonlyMap<string, number>;
}

interface Wish {
  readonly act: 'topUp' | 'adjust' | 'refund' | 'reserve' | 'bar' | 'charge' | 'release';
  readonly which: number;
  readonly amount: number;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  act: fc.constantFrom('topUp', 'adjust', 'refund', 'reserve', 'reserve', 'bar', 'charge', 'release'),
  which: fc.nat(5),
  amount: fc.integer({ min: 1, max: 1_000_000 }),
});

/** Histories with at least one row and amounts of at least one micro. */
export const history: fc.Arbitrary<History> = fc
  .tuple(
    fc.array(wish, { minLength: 1, maxLength: 60 }),
    fc.option(fc.integer({ min: -500_000, max: 500_000 })),
    fc.integer({ min: 1, max: 64 }),
  )
  .map(([wishes, lowBalance, kept]) => play(wishes, lowBalance, kept));

function play(wishes: readonly Wish[], lowBalance: number | null, kept: number): History {
  const rows: LedgerRow[] = [];
  const open = new Map<string, number>();
  const firstTopUp = topUpOperation('a', 100, 'first');
  let account: AccountFunds = {
    _id: 'a',
    available: 0,
    seq: 0,
    creditLimit: null,
    closed: false,
    ...(lowBalance !== null && { lowBalance }),
  };
  const move = (operation: LedgerOperation) => {
    if (rows.some((row) => row._id === operation._id)) return;
    const row = rowFor(account, operation, new Date(1_700_000_000_000 + rows.length * 1000));
    if (typeof row === 'string') return;
    rows.push(row);
    account = { ...account, available: row.after, seq: row.seq };
    if (row.kind === 'reserve') open.set(keyOf(row), row.amount);
    if (row.kind === 'charge' || row.kind === 'release') open.delete(keyOf(row));
  };
  move(firstTopUp);
  for (const [index, { act, which, amount }] of wishes.entries()) {
    const reference = `by hand ${index}`;
    if (act === 'topUp') move(topUpOperation('a', amount, reference));
    else if (act === 'adjust') move(adjustmentOperation('a', which % 2 ? amount : -amount, reference));
    else if (act === 'refund') move(adjustmentOperation('a', amount, reference, `t${which}`));
    else if (act === 'reserve') move(reserveOperation(`t${index}`, 1 + (which % 3), amount));
    else if (act === 'bar') move(noReservation(`t${index}`, 1));
    else {
      const [key = '', reserved = 0] = [...open][which % Math.max(open.size, 1)] ?? [];
      const [trackingId, n] = key.split(':');
      if (trackingId) move(settleOperation(trackingId, Number(n), act, reserved));
    }
  }
  return { account: { ...account, tail: rows.slice(-kept) }, rows, open };
}

const keyOf = ({ _id, trackingId }: LedgerRow) => `${trackingId}:${_id.split(':').at(-1)}`;
