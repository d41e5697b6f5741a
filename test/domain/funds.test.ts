// Operators' movements: one id per reference, and the one row that takes a balance below its mark.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustmentOperation, isRowOf, readReference, topUpOperation } from '../../domain/funds.ts';
import type { AccountFunds, LedgerOperation, LedgerRow } from '../../domain/ledger.ts';
import { rowFor } from '../support/row-for.ts';

const account: AccountFunds = { _id: 'a', available: 100, seq: 1, creditLimit: 0, closed: false };
const rowOf = (operation: LedgerOperation, on = account) => rowFor(on, operation, new Date(0)) as LedgerRow;

describe('a reference', () => {
  test.each([
    ['Invoice 2026-117', 'Invoice 2026-117'],
    ['  padded ', 'padded'],
    ['Überweisung №5 €', 'Überweisung №5 €'],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['😀'.repeat(100), '😀'.repeat(100)],
  ])('%j is kept as %j', (given, kept) => {
    expect(readReference(given)).toBe(kept);
  });

  test.each(['', '   ', 'x'.repeat(101), 'two\nlines', 'tab\tin it', 'hid\u200Bden', 'para\u2029graph', '\uD800'])(
    '%j is none',
    (given) => {
      expect(readReference(given)).toBeUndefined();
    },
  );
});

describe('an operation of an operator', () => {
  test('has one id per account, kind and reference, whatever the amount', () => {
    const ids = [
      topUpOperation('a', 1, 'r'),
      topUpOperation('b', 1, 'r'),
      topUpOperation('a', 1, 's'),
      adjustmentOperation('a', 1, 'r'),
    ].map(({ _id }) => _id);
    expect(new Set(ids).size).toBe(4);
    expect(topUpOperation('a', 2, 'r')._id).toBe(ids[0]);
    expect(adjustmentOperation('a', -2, 'r', 't')._id).toBe(ids[3]);
    expect(ids[0]).toMatch(/^a:topUp:[0-9a-f]{32}$/);
  });

  test('is told from another one under the same reference by its amount and its verification', () => {
    const row = rowOf(adjustmentOperation('a', 5, 'r', 't'));
    expect(isRowOf(adjustmentOperation('a', 5, 'r', 't'), row)).toBe(true);
    expect(isRowOf(adjustmentOperation('a', 6, 'r', 't'), row)).toBe(false);
    expect(isRowOf(adjustmentOperation('a', 5, 'r', 'u'), row)).toBe(false);
    expect(isRowOf(adjustmentOperation('a', 5, 'r'), row)).toBe(false);
  });

  test('may take a balance below zero, for the operator knows why', () => {
    expect(rowOf(adjustmentOperation('a', -150, 'r'))).toMatchObject({ before: 100, after: -50, delta: -150 });
  });
});

describe('the low-balance mark', () => {
  const moved = (available: number, delta: number, lowBalance?: number) =>
    rowOf(adjustmentOperation('a', delta, 'r'), {
      ...account,
      available,
      ...(lowBalance !== undefined && { lowBalance }),
    });

  test.each([
    [50, -1, 50, 'from the mark to below it', true],
    [60, -20, 50, 'from above to below', true],
    [60, -10, 50, 'to the mark itself', false],
    [49, -10, 50, 'from below to further below', false],
    [40, 20, 50, 'upwards', false],
  ])('%i with %i on a mark of %i, %s, is kept in the row: %s', (available, delta, mark, _where, crossed) => {
    expect(moved(available, delta, mark).lowBalance).toBe(crossed ? mark : undefined);
  });

  test('that is not set is never crossed', () => {
    expect(moved(10, -20)).not.toHaveProperty('lowBalance');
  });

  test('is crossed downwards exactly once more often than upwards while the balance ends below it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 100 })),
        fc.integer({ min: -200, max: 200 }),
        (deltas, mark) => {
          let balance = 1_000;
          let [down, up] = [0, 0];
          for (const delta of [...deltas, -2_000 - balance]) {
            const row = moved(balance, delta, mark);
            if (row.lowBalance !== undefined) down += 1;
            if (row.before < mark && row.after >= mark) up += 1;
            balance = row.after;
          }
          expect(down - up).toBe(balance < mark ? 1 : 0);
        },
      ),
    );
  });
});
