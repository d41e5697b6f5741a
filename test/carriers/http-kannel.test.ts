// Kannel by configuration alone: what sendsms is asked, every reply of its user guide, and its delivery reports.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { outgoing } from '../support/smpp-carrier.ts';
import { exampleCarrier, RECEIPT_PATH, receiptsIn, SECRET } from './http-example.ts';
import type { Behaviour, Gateway } from './http-gateway.ts';
import { kannelReport, replies, startKannel } from './http-gateway-kannel.ts';

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1';
let kannel: Gateway;

beforeAll(async () => {
  kannel = await startKannel();
});
beforeEach(() => kannel.reset());
afterAll(() => kannel.stop());

const send = (changes: Parameters<typeof outgoing>[0] = {}) =>
  exampleCarrier('kannel', kannel.url).send(outgoing(changes), KEY);
const asked = () => Object.fromEntries(kannel.asked[0]?.query ?? []);

test('a message in GSM-7 is one query, its life in minutes', async () => {
  const text = 'Your code: 482915 & more = 100% + äö?';
  expect(await send({ text, validForSeconds: 179 })).toEqual({ messageIds: [KEY], parts: 1 });
  expect(asked()).toEqual({
    username: 'twostep',
    password: SECRET,
    from: 'Twostep',
    to: '+306948530920',
    text,
    coding: '0',
    charset: 'UTF-8',
    validity: '2',
    'dlr-mask': '19',
    'dlr-url': `${RECEIPT_PATH}?reference=${encodeURIComponent(KEY)}&type=%d`,
  });
});

test('any other text goes as UCS-2, the last minute as one, and the option of a route in its place', async () => {
  await send({ text: 'Ваш код 😀 482915', validForSeconds: 20, options: { smsc: 'smsc-2' } });
  expect(asked()).toMatchObject({ text: 'Ваш код 😀 482915', coding: '2', validity: '1', smsc: 'smsc-2' });
});

test('an option that no request has a place for sends nothing', async () => {
  await expect(send({ options: { smcs: 'smsc-2' } })).rejects.toMatchObject({ name: 'CarrierRejected' });
  expect(kannel.asked).toEqual([]);
});

test('it carries no calls, cannot be asked, and takes no word of success', async () => {
  await expect(send({ method: 'voice' })).rejects.toMatchObject({ name: 'CarrierRejected' });
  const carrier = exampleCarrier('kannel', kannel.url);
  expect([carrier.lookup, carrier.reportVerified, carrier.receipts]).toEqual([undefined, undefined, true]);
});

describe('a reply', () => {
  test.each<[string, Behaviour]>([
    ['0: Accepted for delivery', replies.accepted],
    ['3: Queued for later delivery', replies.queued],
    ['Sent.', replies.sentAtOnce],
  ])('%s is an acceptance', async (_, reply) => {
    kannel.next(reply);
    expect(await send()).toEqual({ messageIds: [KEY], parts: 1 });
  });

  test.each<[string, string, Behaviour]>([
    ['Not routable', 'CarrierRejected', replies.notRoutable],
    ['Missing receiver number', 'CarrierRejected', replies.noReceiver],
    ['white- and black-lists', 'CarrierRejected', replies.blacklisted],
    ['a misformed field', 'CarrierRejected', replies.misformed('Validity')],
    ['Authorization failed', 'CarrierFault', replies.unauthorised],
    ['Temporal failure', 'CarrierUnavailable', replies.temporal],
    ['503 of something between', 'CarrierOutcomeUnknown', { status: 503, body: 'Service Unavailable' }],
    ['Sending failed', 'CarrierOutcomeUnknown', replies.failed],
    ['202 with other words', 'CarrierOutcomeUnknown', { status: 202, body: 'Login' }],
  ])('%s is %s', async (_, name, reply) => {
    kannel.next(reply);
    const error = await send().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name });
    expect(String(error)).not.toContain('306948530920');
  });
});

describe('a report', () => {
  test.each([
    [1, 'delivered'],
    [2, 'undelivered'],
    [16, 'undelivered'],
  ] as const)('of type %i is %s, of the send its URL names', async (type, state) => {
    await send();
    const [accepted] = kannel.accepted;
    const report = accepted && kannelReport(accepted, type);
    if (!report) return expect.unreachable('not asked for');
    expect(await receiptsIn('kannel', report)).toEqual([
      { messageId: KEY, reference: KEY, state, ...(state !== 'delivered' && { reason: String(type) }) },
    ]);
  });

  test.each([4, 8] as const)('of type %i, which says nothing of the end, is not asked for', async (type) => {
    await send();
    const [accepted] = kannel.accepted;
    expect(accepted && kannelReport(accepted, type)).toBeUndefined();
  });
});
