// What is left of a receipt once it holds nothing but codes and names.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_MESSAGE_ID, type Receipt, receiptKey, tidyReceipt } from '../../domain/receipt.ts';

const reference = '0b5dd18e-9a52-4c0e-8a9f-3a1f52b3a6c1:send:1';

describe('a receipt', () => {
  test('that is as it must be stays as it is', () => {
    const receipt: Receipt = { messageId: 'a:b/c', reference, state: 'undelivered', reason: 'EXPIRED-2.001' };
    expect(tidyReceipt(receipt)).toEqual(receipt);
  });

  test.each<[string, Partial<Receipt>]>([
    ['a reason in words', { reason: 'Absent subscriber' }],
    ['a reason that may be a number', { reason: '306948530920' }],
    ['a reason with a number in pieces', { reason: '+30-694.853_09:20'.slice(1) }],
    ['a reason without end', { reason: 'E'.repeat(49) }],
    ['a reference that is none of ours', { reference: 'order-7' }],
    ['a name out of all bounds', { messageId: 'm'.repeat(MAX_MESSAGE_ID + 1) }],
    ['names that are empty', { messageId: '', reference: '', reason: '' }],
  ])('loses %s', (_, wrong) => expect(tidyReceipt({ state: 'delivered', ...wrong })).toEqual({ state: 'delivered' }));

  test('says the same as another only with the same state, reason and message', () => {
    const field = fc.option(fc.constantFrom('1', '2'), { nil: undefined });
    const state = fc.constantFrom('delivered' as const, 'undelivered' as const);
    const receipts = fc.record({ state, reason: field, messageId: field });
    fc.assert(
      fc.property(receipts, receipts, (a, b) => {
        const said = (each: typeof a) => JSON.stringify([each.state, each.reason, each.messageId]);
        expect(receiptKey(a as Receipt) === receiptKey(b as Receipt)).toBe(said(a) === said(b));
      }),
    );
  });
});
