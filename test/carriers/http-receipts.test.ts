// Receipts as gateways send them, in every form, and those that are not theirs.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CarrierRequest } from '../../carriers/carrier-request.ts';
import { parseReceipts } from '../../carriers/receipt-parsers.ts';
import { carrierRequest } from '../support/carrier-request.ts';

const requests = { sms: { url: 'https://gateway.example/send' } };
const states = [
  { path: 'status', equals: ['0', 'DELIVRD'], means: 'delivered' },
  { path: 'status', matches: '^(1|UNDELIV|EXPIRED)$', means: 'undelivered' },
  { path: 'status', equals: 'READ', means: 'ignored' },
];
const parse = (receipts: object | undefined, request: Partial<CarrierRequest>, secrets: object = {}) =>
  parseReceipts('http', carrierRequest(request), { settings: { requests, ...(receipts && { receipts }) }, secrets });

const fields = { messageId: 'id', reference: 'ref', reason: 'why', states };
const whole = { messageId: 'm1', reference: 'r1', state: 'undelivered', reason: 'E17' };

describe('a receipt is read from', () => {
  test.each<[string, object, Partial<CarrierRequest>]>([
    ['JSON', {}, { rawBody: '{"id":"m1","ref":"r1","status":1,"why":"E17"}' }],
    ['a list in JSON', { list: '$.all' }, { rawBody: '{"all":[{"id":"m1","ref":"r1","status":"1","why":"E17"}]}' }],
    ['a list that is all there is', { list: '$' }, { rawBody: '[{"id":"m1","ref":"r1","status":"1","why":"E17"}]' }],
    ['a form', { format: 'form' }, { rawBody: 'id=m1&ref=r1&status=EXPIRED&why=E17' }],
    ['a query', { format: 'query' }, { method: 'GET', query: { id: 'm1', ref: 'r1', status: 'UNDELIV', why: 'E17' } }],
    [
      'XML',
      { format: 'xml', list: 'dlr' },
      { rawBody: '<dlr id="x"><id>m1</id><ref>r1</ref><status>1</status><why>E17</why></dlr>' },
    ],
    [
      'a text',
      { format: 'text', pattern: '^id:(?<id>\\S+) ref:(?<ref>\\S+) stat:(?<status>\\S+) err:(?<why>\\S+)' },
      { rawBody: 'id:m1 ref:r1 stat:UNDELIV err:E17 text:Your' },
    ],
  ])('%s', async (_, settings, request) => {
    expect(await parse({ ...fields, ...settings }, request)).toEqual([whole]);
  });
});

test('several are read each, those about something else left out', async () => {
  const all = [{ id: 'a', status: 0 }, { id: 'b', status: 'READ' }, { id: 'c', status: 'WHATEVER' }, { status: 0 }];
  expect(await parse({ ...fields, list: 'all' }, { rawBody: JSON.stringify({ all }) })).toEqual([
    { messageId: 'a', state: 'delivered' },
    { messageId: 'c', state: 'underway' },
  ]);
});

test('the reference of our URL counts where the receipt holds none, and is the id where there is no other', async () => {
  const query = { reference: 'r1' };
  expect(await parse(fields, { query, rawBody: '{"id":"m1","status":0}' })).toEqual([
    { messageId: 'm1', reference: 'r1', state: 'delivered' },
  ]);
  expect(await parse({ states }, { query, rawBody: '{"status":0}' })).toEqual([
    { messageId: 'r1', reference: 'r1', state: 'delivered' },
  ]);
});

describe('no receipt of this gateway is', () => {
  test.each<[string, Partial<CarrierRequest>]>([
    ['what names no message', { rawBody: '{"status":0}' }],
    ['what cannot be read', { rawBody: '<html>' }],
    ['what cannot be read, at our URL', { rawBody: '<html>', query: { reference: 'r1' } }],
    ['nothing', {}],
  ])('%s', async (_, request) => expect(await parse(fields, request)).toBeUndefined());

  test('anything, where none were agreed on', async () => {
    expect(await parse(undefined, { rawBody: '{"id":"m1","status":0}' })).toBeUndefined();
  });
});

describe('a signed receipt', () => {
  const rawBody = '{"id":"m1","status":0}';
  const delivered = [{ messageId: 'm1', state: 'delivered' }];
  const made = (algorithm: string, encoding: 'hex' | 'base64', body = rawBody) =>
    createHmac(algorithm, 'k3y').update(body).digest(encoding);

  test.each([
    ['sha256', 'hex', ''],
    ['sha1', 'base64', 'sha1='],
    ['sha512', 'base64', ''],
  ] as const)(
    'with the right digest (%s in %s) is taken, with any other is not',
    async (algorithm, encoding, prefix) => {
      const signature = { hmac: { header: 'X-Signature', secret: 'key', algorithm, encoding, prefix } };
      const ask = (given: string | undefined, body = rawBody) =>
        parse({ ...fields, signature }, { rawBody: body, headers: { 'x-signature': given } }, { key: 'k3y' });
      const right = prefix + made(algorithm, encoding);
      expect(await ask(right)).toEqual(delivered);
      for (const wrong of [undefined, '', right.slice(1), `${right}a`, prefix + made(algorithm, encoding, 'other')]) {
        expect(await ask(wrong)).toBe('notGenuine');
      }
      expect(await ask(right, rawBody.replace('m1', 'm2'))).toBe('notGenuine');
    },
  );

  test('hexadecimal digits count in either case', async () => {
    const signature = { hmac: { header: 'X-Signature', secret: 'key' } };
    const headers = { 'x-signature': made('sha256', 'hex').toUpperCase() };
    expect(await parse({ ...fields, signature }, { rawBody, headers }, { key: 'k3y' })).toEqual(delivered);
  });

  test('with the right token is taken, with any other is not', async () => {
    const signature = { token: { header: 'X-Token', secret: 'key' } };
    const ask = (given: string | string[] | undefined) =>
      parse({ ...fields, signature }, { rawBody, headers: { 'x-token': given } }, { key: 'k3y' });
    expect(await ask('k3y')).toEqual(delivered);
    for (const wrong of [undefined, '', 'k3', 'k3yy', ['k3y', 'k3y']]) expect(await ask(wrong)).toBe('notGenuine');
  });

  test('is never taken where its secret is missing', async () => {
    const signature = { token: { header: 'X-Token', secret: 'key' } };
    await expect(parse({ ...fields, signature }, { rawBody })).rejects.toThrow('put the carrier');
  });
});
