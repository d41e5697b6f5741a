// Receipts over HTTP as each type of carrier sends them, and what is refused.
import { describe, expect, test } from 'vitest';
import { type ReceiptRequest, receiptParser } from '../../carriers/receipt-parsers.ts';

const request = (parts: Partial<ReceiptRequest>): ReceiptRequest => ({
  query: {},
  body: {},
  headers: {},
  rawBody: '',
  ...parts,
});

test.each(['smpp', 'toString', '__proto__', ''])('the type %j has no receipts over HTTP', (type) => {
  expect(receiptParser(type)).toBeUndefined();
});

describe('the sandbox', () => {
  const parse = (parts: Partial<ReceiptRequest>) => receiptParser('sandbox')?.(request(parts));
  const whole = { messageId: 'm1', reference: 'r1', state: 'undelivered', reason: 'EXPIRED' };

  test('reads a receipt from a body, from a query, and from both', () => {
    expect(parse({ body: whole })).toEqual([whole]);
    expect(parse({ query: whole })).toEqual([whole]);
    const { state, ...rest } = whole;
    expect(parse({ query: rest, body: { state } })).toEqual([whole]);
    expect(parse({ body: { messageId: 'm1', state: 'delivered' } })).toEqual([{ messageId: 'm1', state: 'delivered' }]);
  });

  test.each([
    ['nothing', {}],
    ['no state', { messageId: 'm1' }],
    ['a state that is none', { messageId: 'm1', state: 'Delivered' }],
    ['no name', { state: 'delivered' }],
    ['a name that is no text', { messageId: 7, state: 'delivered' }],
    ['a name that was given twice', { messageId: ['m1', 'm2'], state: 'delivered' }],
    ['a name without end', { messageId: 'm'.repeat(201), state: 'delivered' }],
  ])('refuses %s', (_, body) => expect(parse({ body })).toBeUndefined());
});
