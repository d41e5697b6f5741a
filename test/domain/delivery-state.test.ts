// What the receipts of one message say together, in whatever order they come.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveryOf, partlyDelivered, withReceipt } from '../../domain/delivery-state.ts';
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
    [
      'is delivered when a receipt without a name says so, whatever one of a part says',
      ['1', '2'],
      [receipt('1', 'undelivered'), receipt(undefined, 'delivered')],
      'delivered',
    ],
    ['is delivered under any name, where it has one', ['1'], [receipt('other', 'delivered')], 'delivered'],
    [
      'is delivered where one report says so and another, by our reference, does not',
      ['1'],
      [receipt(undefined, 'undelivered'), receipt('1', 'delivered')],
      'delivered',
    ],
    [
      'is not delivered where one report says so and another proves nothing',
      ['1'],
      [receipt(undefined, 'undelivered'), receipt('1', 'underway')],
      'undelivered',
    ],
    [
      'is on its way while a part is reported by a name that is none of its parts',
      ['1', '2'],
      [receipt('1', 'delivered'), receipt('3', 'delivered')],
      'underway',
    ],
  ])('%s', (_, ids, receipts, state) => {
    expect(deliveryOf(ids, receipts)).toBe(state);
    expect(deliveryOf(ids, [...receipts].reverse())).toBe(state);
  });
});

describe('a message of parts that its carrier reports once', () => {
  const parts = ['1', '2', '3'];
  test.each<[string, Receipt[], DeliveryState | undefined]>([
    ['is delivered when its last part is', [receipt('3', 'delivered')], 'delivered'],
    ['is delivered when its first part is', [receipt('1', 'delivered')], 'delivered'],
    ['is delivered when any says so', [receipt('2', 'delivered'), receipt('1', 'underway')], 'delivered'],
    ['is delivered, whatever else is said', [receipt('1', 'undelivered'), receipt('2', 'delivered')], 'delivered'],
    ['is not delivered when one is not', [receipt('2', 'undelivered')], 'undelivered'],
    ['is on its way when one is', [receipt('2', 'underway')], 'underway'],
    ['says nothing without a receipt', [], undefined],
  ])('%s', (_, receipts, state) => {
    expect(deliveryOf(parts, receipts, 'message')).toBe(state);
    expect(deliveryOf(parts, [...receipts].reverse(), 'message')).toBe(state);
  });
});

describe('a message of parts', () => {
  const parts = ['1', '2'];
  test.each<[string, Receipt[], boolean]>([
    ['one of which was delivered reached the phone as far as anybody tells', [receipt('2', 'delivered')], true],
    ['one of which was, and the other is under way, too', [receipt('2', 'delivered'), receipt('1', 'underway')], true],
    ['one of which was not did not', [receipt('2', 'delivered'), receipt('1', 'undelivered')], false],
    ['all of which are under way did not', [receipt('1', 'underway'), receipt('2', 'underway')], false],
    ['of which nothing was said did not', [], false],
  ])('%s', (_, receipts, reached) => {
    expect(partlyDelivered(parts, receipts)).toBe(reached);
    expect(partlyDelivered(parts, receipts, 'part')).toBe(false);
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
    const noise = many.map((each): Receipt => ({ ...each, state: 'underway' }));
    expect(deliveryOf(['m'], taken([...noise, receipt('m', 'delivered')]))).toBe('delivered');
  });
});
