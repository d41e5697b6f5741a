// What Vonage reports, by API: which message it is about, what became of it, in a short code, and what is refused.
import { describe, expect, test } from 'vitest';
import type { CarrierRequest } from '../../carriers/carrier-request.ts';
import { parseReceipts } from '../../carriers/receipt-parsers.ts';
import { smsSignature } from '../../carriers/vonage-signature.ts';
import { tidyReceipt } from '../../domain/receipt.ts';
import { carrierRequest } from '../support/carrier-request.ts';
import { account } from './vonage-account.ts';
import { webhookToken } from './vonage-mock-reports.ts';
import { KEY } from './vonage-setup.ts';

const UUID = 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab';
const { signatureSecret } = account;

interface Told {
  readonly settings?: object;
  readonly secrets?: object;
  readonly request?: Partial<CarrierRequest>;
}

const told = (body: unknown, { settings = {}, secrets = {}, request = {} }: Told = {}) =>
  parseReceipts('vonage', carrierRequest({ body, rawBody: JSON.stringify(body), ...request }), { settings, secrets });

async function receipt(...given: Parameters<typeof told>) {
  const found = await told(...given);
  if (found === undefined || found === 'notGenuine') return expect.unreachable(`it is ${found}`);
  // Nothing of it is lost on its way in.
  expect(found.map(tidyReceipt)).toEqual(found);
  return found;
}

describe('a delivery receipt of the SMS API', () => {
  /** As in https://developer.vonage.com/en/messaging/sms/guides/delivery-receipts */
  const typical = {
    'err-code': '0',
    'message-timestamp': '2018-10-25 12:10:29',
    messageId: '0B00000127FDBC63',
    msisdn: '447547232824',
    'network-code': '23410',
    price: '0.03330000',
    scts: '1810251310',
    status: 'delivered',
    to: 'Vonage',
  };

  test('names the message and, where it came back, the send', async () => {
    expect(await receipt(typical)).toEqual([{ messageId: '0B00000127FDBC63', state: 'delivered' }]);
    expect(await receipt({ ...typical, 'client-ref': KEY })).toMatchObject([{ reference: KEY }]);
  });

  test.each([
    ['expired', '2', 'undelivered', 'EXPIRED:2'],
    ['failed', '11', 'undelivered', 'FAILED:11'],
    ['rejected', '52', 'undelivered', 'REJECTED:52'],
    ['rejected', '0', 'undelivered', 'REJECTED'],
    ['deleted', undefined, 'undelivered', 'DELETED'],
    ['accepted', '0', 'underway', 'ACCEPTED'],
    ['buffered', '0', 'underway', 'BUFFERED'],
    ['unknown', '1', 'underway', 'UNKNOWN:1'],
    ['something new', '0', 'underway', 'SOMETHING NEW'],
  ])('that says %s with %s is %s', async (status, error, state, reason) => {
    const found = await told({ ...typical, status, 'err-code': error });
    expect(found).toEqual([{ messageId: typical.messageId, state, reason }]);
  });

  test('comes as a form and as a query, too', async () => {
    const delivered = [{ messageId: typical.messageId, state: 'delivered' }];
    expect(await receipt(undefined, { request: { method: 'GET', query: typical } })).toEqual(delivered);
    expect(await receipt(typical, { request: { rawBody: String(new URLSearchParams(typical)) } })).toEqual(delivered);
  });

  const signed = (fields: Readonly<Record<string, string>>) => {
    const fresh = { ...fields, timestamp: String(Math.floor(Date.now() / 1000)), nonce: 'n' };
    return { ...fresh, sig: smsSignature(fresh, 'sha512', signatureSecret) };
  };
  const signing = { settings: { smsSignature: 'sha512' }, secrets: { signatureSecret } };

  test('that is signed as the settings say is taken, from a query, too', async () => {
    expect(await receipt(signed(typical), signing)).toHaveLength(1);
    const request = { method: 'GET', query: signed(typical) };
    expect(await receipt(undefined, { ...signing, request })).toHaveLength(1);
  });

  test.each([
    ['not signed', typical],
    ['changed on its way', { ...signed(typical), messageId: 'another' }],
    ['signed with something else', { ...signed(typical), sig: smsSignature(typical, 'sha512', 'another') }],
  ])('that is %s is not genuine then', async (_, body) => expect(await told(body, signing)).toBe('notGenuine'));

  test('is not genuine for a carrier that uses the other API and signs nothing of this one', async () => {
    expect(await told(typical, { settings: { smsApi: 'messages' } })).toBe('notGenuine');
  });
});

describe('a status of the Messages API', () => {
  const typical = {
    message_uuid: UUID,
    to: '447700900000',
    from: '447700900001',
    timestamp: '2026-01-01T14:00:00.000Z',
    status: 'delivered',
    channel: 'sms',
  };

  test('names the message and the send, by its own reference before that of the URL', async () => {
    const query = { reference: KEY.replace(/1$/, '2') };
    expect(await receipt(typical, { request: { query } })).toEqual([
      { messageId: UUID, reference: query.reference, state: 'delivered' },
    ]);
    expect(await receipt({ ...typical, client_ref: KEY }, { request: { query } })).toMatchObject([{ reference: KEY }]);
    expect(await receipt(typical)).toEqual([{ messageId: UUID, state: 'delivered' }]);
  });

  const error = (type: string, title: string) => ({
    error: { type, title, detail: 'Text of a carrier: +306948530920' },
  });

  test.each<[string, object, string, string | undefined]>([
    ['submitted', {}, 'underway', 'SUBMITTED'],
    ['read', {}, 'delivered', undefined],
    ['rejected', error('https://developer.vonage.com/api-errors/messages#1210', 'x'), 'undelivered', 'REJECTED:1210'],
    ['rejected', error('https://developer.vonage.com/api-errors/messages', '1360'), 'undelivered', 'REJECTED:1360'],
    ['rejected', error('unreadable', 'to +306948530920'), 'undelivered', 'REJECTED'],
    ['undeliverable', {}, 'undelivered', 'UNDELIVERABLE'],
  ])('that says %s with %j is %s', async (status, more, state, reason) => {
    const expected = { messageId: UUID, state, ...(reason !== undefined && { reason }) };
    expect(await receipt({ ...typical, status, ...more })).toEqual([expected]);
  });
});

describe('an event of a call', () => {
  const event = (status: string, more: object = {}) => ({ uuid: UUID, status, direction: 'outbound', ...more });

  test.each([
    ['started', 'underway'],
    ['ringing', 'underway'],
    ['answered', 'underway'],
    ['human', 'underway'],
    ['disconnected', 'underway'],
    ['completed', 'undelivered'],
    ['machine', 'undelivered'],
    ['busy', 'undelivered'],
    ['unanswered', 'undelivered'],
  ])('that is %s is %s while a key is asked for', async (status, state) => {
    expect(await receipt(event(status))).toMatchObject([{ messageId: UUID, state }]);
  });

  test('names its call otherwise when Vonage tells a person from a machine', async () => {
    expect(await receipt({ call_uuid: UUID, status: 'machine' })).toEqual([
      { messageId: UUID, state: 'undelivered', reason: 'MACHINE' },
    ]);
  });

  test.each([
    ['a transfer', { conversation_uuid: 'CON-1', conversation_uuid_to: 'CON-2', uuid: UUID }],
    ['an error in an NCCO', { conversation_uuid: 'CON-1', reason: 'Syntax error in NCCO.' }],
  ])('that is %s says nothing of the message', async (_, body) => expect(await receipt(body)).toEqual([]));
});

describe('a webhook of Messages and Voice', () => {
  const body = { uuid: UUID, status: 'busy' };
  const rawBody = JSON.stringify(body);
  const secrets = { signatureSecret };
  const withToken = async (text: string, secret: string = signatureSecret) => ({
    request: { rawBody, headers: { authorization: `Bearer ${await webhookToken(text, secret)}` } },
    secrets,
  });

  test('is taken with the token of the account over it', async () => {
    expect(await receipt(body, await withToken(rawBody))).toHaveLength(1);
  });

  test('is not genuine without a token, with one over something else, or of somebody else', async () => {
    expect(await told(body, { secrets })).toBe('notGenuine');
    expect(await told(body, await withToken(`${rawBody} `))).toBe('notGenuine');
    expect(await told(body, await withToken(rawBody, 'of somebody else'))).toBe('notGenuine');
    expect(await told({ ...body, status: undefined, conversation_uuid: 'CON-1' }, { secrets })).toBe('notGenuine');
  });
});

test.each<[unknown]>([[undefined], [null], [[]], ['text'], [7], [{}], [{ status: 'delivered' }], [{ messageId: 'm' }]])(
  '%j is no report of Vonage',
  async (body) => expect(await told(body)).toBeUndefined(),
);
