// What the receipts of one message say together, in whatever order they come.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryOf, withReceipt } from '../../domain/delivery-state.ts';
import type { DeliveryState, Receipt } from '../../domain/receipt.ts';

const receipt = (messageId: string | undefined, state: DeliveryState): Receipt =>
  messageId === undefined ? { state } : { messageId, state };

describe('a message', () => {
  test.each<[string, string[], Receipt[], DeliveryState | undefined]>([
    ['without a receipt says nothing', ['1'], [], undefined],
    ['is delivered when its one part is', ['1'], [receipt('1', 'delivered')], 'delivered'],
    ['is on its way while one of two parts is', ['1', '2'], [receipt('1', 'delivered')], 'underway'],
    [
      'is delivered when both parts are',
      ['1', '2'],
      [receipt('2', 'delivered'), receipt('1', 'delivered')],
      'delivered',
    ],
    [
      'is not delivered when one part is not',
      ['1', '2'],
      [receipt('1', 'delivered'), receipt('2', 'undelivered')],
      'undelivered',
    ],
    ['whose answer was lost is delivered when a receipt says so', [], [receipt('1', 'delivered')], 'delivered'],
    ['is delivered when a receipt without a name says so', ['1', '2'], [receipt(undefined, 'delivered')], 'delivered'],
    ['is on its way when its receipt says so', ['1'], [receipt('1', 'underway')], 'underway'],
  ])('%s', (_, ids, receipts, state) => {
    expect(deliveryOf(ids, receipts)).toBe(state);
  });
});

describe('receipts', () => {
  const some = fc.array(
    fc.record({
      messageId: fc.constantFrom('1', '2', '3'),
      state: fc.constantFrom<DeliveryState>('delivered', 'undelivered', 'underway'),
    }),
    { maxLength: 12 },
  );
  const taken = (receipts: readonly Receipt[]) =>
    receipts.reduce<readonly Receipt[]>((known, each) => withReceipt(known, each), []);

  test('say the same in any order and however often they are repeated', () => {
    fc.assert(
      fc.property(some, fc.array(fc.nat(1_000), { maxLength: 24 }), (receipts, order) => {
        const shuffled = [...receipts, ...receipts].map((each, i) => ({ each, key: order[i] ?? i }));
        shuffled.sort((a, b) => a.key - b.key);
        const ids = ['1', '2', '3'];
        expect(deliveryOf(ids, taken(shuffled.map(({ each }) => each)))).toBe(deliveryOf(ids, taken(receipts)));
      }),
    );
  });

  test('are one for each part, and a repeat leaves them as they were', () => {
    fc.assert(
      fc.property(some, (receipts) => {
        const known = taken(receipts);
        expect(new Set(known.map(({ messageId }) => messageId)).size).toBe(known.length);
        for (const each of receipts) expect(withReceipt(known, each)).toBe(known);
      }),
    );
  });

  test('of a message are bounded', () => {
    const many = Array.from({ length: 100 }, (_, n) => receipt(`${n}`, 'delivered'));
    expect(taken(many)).toHaveLength(20);
  });
});
