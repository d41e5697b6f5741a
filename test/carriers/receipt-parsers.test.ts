// Receipts over HTTP as each type of carrier sends them, and what is refused.
import { describe, expect, test } from 'vitest';
import { hasReceiptParser, parseReceipts } from '../../carriers/receipt-parsers.ts';
import { carrierRequest } from '../support/carrier-request.ts';

test.each(['smpp', 'toString', '__proto__', ''])('the type %j has no receipts over HTTP', async (type) => {
  expect(hasReceiptParser(type)).toBe(false);
  expect(await parseReceipts(type, carrierRequest({}), { settings: {}, secrets: {} })).toBeUndefined();
});

describe('the sandbox', () => {
  const parse = (parts: Parameters<typeof carrierRequest>[0]) =>
    parseReceipts('sandbox', carrierRequest(parts), { settings: {}, secrets: {} });
  const whole = { messageId: 'm1', reference: 'r1', state: 'undelivered', reason: 'EXPIRED' };

  test('reads a receipt from a body, from a query, and from both', async () => {
    expect(await parse({ body: whole })).toEqual([whole]);
    expect(await parse({ query: whole })).toEqual([whole]);
    const { state, ...rest } = whole;
    expect(await parse({ query: rest, body: { state } })).toEqual([whole]);
    expect(await parse({ body: { messageId: 'm1', state: 'delivered' } })).toEqual([
      { messageId: 'm1', state: 'delivered' },
    ]);
  });

  test.each([
    ['nothing', {}],
    ['no state', { messageId: 'm1' }],
    ['a state that is none', { messageId: 'm1', state: 'Delivered' }],
    ['no name', { state: 'delivered' }],
    ['a name that is no text', { messageId: 7, state: 'delivered' }],
    ['a name that was given twice', { messageId: ['m1', 'm2'], state: 'delivered' }],
    ['a name without end', { messageId: 'm'.repeat(201), state: 'delivered' }],
    ['no object', 'delivered'],
  ])('refuses %s', async (_, body) => expect(await parse({ body })).toBeUndefined());

  test('whose configuration is not usable says so, and reads nothing', async () => {
    const configuration = { settings: { receipts: 'yes' }, secrets: {} };
    await expect(parseReceipts('sandbox', carrierRequest({ body: whole }), configuration)).rejects.toThrow(
      /put it anew/,
    );
  });
});
