// What one operation does to an account: its row, the balances around it, and the floor under reserves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AccountFunds,
  type LedgerOperation,
  reserveOperation,
  rowFor,
  settleOperation,
} from '../../domain/ledger.ts';

const at = new Date('2026-01-02T03:04:05.678Z');
const account = (available: number, creditLimit: number | null = 0): AccountFunds => ({
  _id: 'account-1',
  available,
  seq: 7,
  creditLimit,
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
      let funds: AccountFunds = { _id: 'a', available: 0, seq: 0, creditLimit };
      for (const each of operations) {
        const row = rowFor(funds, each, at);
        if (row === 'insufficient') {
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
