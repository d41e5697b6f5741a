// What one operation does to an account: its row, the balances around it, and the floor under reserves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AccountFunds,
  type LedgerOperation,
  reserveOperation,
  rowsFor,
  settleOperation,
} from '../../domain/ledger.ts';
import { rowFor } from '../support/row-for.ts';

const at = new Date('2026-01-02T03:04:05.678Z');
const account = (available: number, creditLimit: number | null = 0): AccountFunds => ({
  _id: 'account-1',
  available,
  seq: 7,
  creditLimit,
  closed: false,
});

describe('a reserve', () => {
  test('leaves the next row with the balances before and after', () => {
    expect(rowFor(account(100), reserveOperation('t1', 1, 45), at)).toEqual({
      _id: 't1:reserve:1',
      kind: 'reserve',
      delta: -45,
      amount: 45,
      trackingId: 't1',
      accountId: 'account-1',
      seq: 8,
      before: 100,
      after: 55,
      at,
    });
  });

  test.each([
    [45, 0, 'row'],
    [44, 0, 'insufficient'],
    [0, 45, 'row'],
    [0, 44, 'insufficient'],
    [-20, 64, 'insufficient'],
    [-1_000, null, 'row'],
  ])('of 45 from %i with a credit limit of %s gives: %s', (available, creditLimit, outcome) => {
    const row = rowFor(account(available, creditLimit), reserveOperation('t1', 1, 45), at);
    expect(row === 'insufficient' ? row : 'row').toBe(outcome);
  });

  test('is the only kind the credit limit stops', () => {
    for (const kind of ['topUp', 'adjustment', 'charge', 'release'] as const) {
      expect(rowFor(account(-500), { _id: 'o', kind, delta: -1, amount: 1 }, at)).toMatchObject({ after: -501 });
    }
  });
});

describe('a settlement', () => {
  test('moves nothing when it charges and gives the amount back when it releases', () => {
    expect(settleOperation('t1', 1, 'charge', 45)).toMatchObject({ kind: 'charge', delta: 0, amount: 45 });
    expect(settleOperation('t1', 1, 'release', 45)).toMatchObject({ kind: 'release', delta: 45, amount: 45 });
  });

  test('has one id for both kinds, so that only one of them can happen', () => {
    expect(settleOperation('t1', 1, 'charge', 45)._id).toBe(settleOperation('t1', 1, 'release', 45)._id);
    const ids = [
      settleOperation('t1', 1, 'charge', 1),
      settleOperation('t1', 2, 'charge', 1),
      reserveOperation('t1', 1, 1),
    ];
    expect(new Set(ids.map(({ _id }) => _id)).size).toBe(3);
  });
});

const operation: fc.Arbitrary<LedgerOperation> = fc
  .tuple(fc.integer({ min: 0, max: 1_000 }), fc.constantFrom('topUp', 'reserve', 'charge', 'release'))
  .map(([amount, kind]) => {
    if (kind === 'topUp') return { _id: 'x', kind: 'topUp', delta: amount, amount };
    return kind === 'reserve' ? reserveOperation('x', 1, amount) : settleOperation('x', 1, kind as 'charge', amount);
  });

test('a chain of operations has gap-free numbers, exact balances and never a reserve below the limit', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 30 }), fc.nat(500), (operations, creditLimit) => {
      let funds: AccountFunds = { _id: 'a', available: 0, seq: 0, creditLimit, closed: false };
      for (const each of operations) {
        const row = rowFor(funds, each, at);
        if (typeof row === 'string') {
          expect(funds.available + each.delta).toBeLessThan(-creditLimit);
          continue;
        }
        expect(row).toMatchObject({ seq: funds.seq + 1, before: funds.available });
        expect(row.after - row.before).toBe(each.delta + 0);
        if (each.kind === 'reserve') expect(row.after).toBeGreaterThanOrEqual(-creditLimit);
        funds = { ...funds, available: row.after, seq: row.seq };
      }
    }),
  );
});

test('an amount that is no integer of micros never reaches an account', () => {
  expect(() => rowFor(account(1), reserveOperation('t1', 1, 0.5), at)).toThrow(RangeError);
  expect(() => rowFor(account(Number.MAX_SAFE_INTEGER), settleOperation('t1', 1, 'release', 1), at)).toThrow(
    RangeError,
  );
});

describe('operations of one batch', () => {
  const named = fc.array(
    fc.tuple(operation, fc.nat(6)).map(([each, n]) => ({ ...each, _id: `o${n}` })),
    { maxLength: 20 },
  );

  test('leave one row under each id, in a gap-free chain that keeps the limit at every step', () => {
    fc.assert(
      fc.property(named, fc.nat(2_000), fc.nat(500), (operations, available, creditLimit) => {
        const { rows, refused } = rowsFor(account(available, creditLimit), operations, at);
        let before = available;
        for (const [index, row] of [...rows.values()].entries()) {
          expect(row).toMatchObject({ seq: 8 + index, before, after: before + row.delta });
          if (row.kind === 'reserve') expect(row.after).toBeGreaterThanOrEqual(-creditLimit);
          before = row.after;
        }
        expect(new Set([...rows.keys(), ...refused.keys()])).toEqual(new Set(operations.map(({ _id }) => _id)));
        for (const id of refused.keys()) expect(rows.has(id)).toBe(false);
      }),
    );
  });

  test('make no reserve that the account alone would refuse, whatever else gives back', () => {
    fc.assert(
      fc.property(named, fc.nat(2_000), fc.nat(500), (operations, available, creditLimit) => {
        const funds = account(available, creditLimit);
        for (const row of rowsFor(funds, operations, at).rows.values()) {
          if (row.kind !== 'reserve') continue;
          const { _id, kind, delta, amount } = row;
          expect(rowFor(funds, { _id, kind, delta, amount }, at)).not.toBe('insufficient');
        }
      }),
    );
  });

  test('reserve nothing on a closed account, where everything else goes on', () => {
    const closed = { ...account(100), closed: true };
    const { rows, refused } = rowsFor(
      closed,
      [reserveOperation('t1', 1, 45), settleOperation('t2', 1, 'release', 45)],
      at,
    );
    expect([...rows.keys()]).toEqual(['t2:settle:1']);
    expect([...refused]).toEqual([['t1:reserve:1', 'closed']]);
  });
});
