// Esendex by configuration alone: the XML it is sent, every HTTP error it documents, and its push notifications.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OutgoingMessage } from '../../carriers/carrier.ts';
import { outgoing } from '../support/smpp-carrier.ts';
import { exampleCarrier, receiptsIn, reportTo } from './http-example.ts';
import type { Behaviour, Gateway } from './http-gateway.ts';
import { errors, esendexReport, messageIn, startEsendex } from './http-gateway-esendex.ts';

const ID = '1183C73D-2E62-4F60-B610-30F160BDFBD5';
let esendex: Gateway;

beforeAll(async () => {
  esendex = await startEsendex();
});
beforeEach(() => esendex.reset());
afterAll(() => esendex.stop());

const send = (changes: Partial<OutgoingMessage> = {}) =>
  exampleCarrier('esendex', esendex.url).send(outgoing(changes), 'key');
const message = () => Object.fromEntries(messageIn(esendex.asked[0]?.body ?? '') ?? []);

test('an SMS is a document as its schema wants it, whatever the text is', async () => {
  const text = `<b>"Zoë" & 'co'</b> ]]> 😀\n{{text}} 482915`;
  expect(await send({ text, validForSeconds: 7_300 })).toEqual({ messageIds: [ID], parts: 1 });
  expect(message()).toEqual({
    from: 'Twostep',
    to: '306948530920',
    type: 'SMS',
    body: text,
    validity: '2',
    characterset: 'Auto',
  });
});

test('the last hour of a life is one, the least there is', async () => {
  await send({ validForSeconds: 60 });
  expect(message()).toMatchObject({ validity: '1' });
});

test.each([
  ['en', 'en-GB'],
  ['en-AU', 'en-AU'],
  ['de-AT', 'de-DE'],
])('a call in %s is said in %s, twice', async (language, lang) => {
  await send({ method: 'voice', originator: '442070000000', speech: { text: 'Code: 4, 8', language } });
  expect(message()).toMatchObject({ type: 'Voice', body: 'Code: 4, 8 Code: 4, 8', lang });
});

test('a call in a language it does not speak is refused', async () => {
  const speech = { text: 'Κωδικός: 4, 8', language: 'el' };
  await expect(send({ method: 'voice', speech })).rejects.toMatchObject({ name: 'CarrierRejected' });
});

describe('an answer', () => {
  test.each<[string, string, Behaviour]>([
    ['400', 'CarrierRejected', errors.malformed],
    ['401', 'CarrierFault', errors.unauthorised],
    ['402', 'CarrierFault', errors.noCredits],
    ['403', 'CarrierFault', errors.forbidden],
    ['408', 'CarrierOutcomeUnknown', errors.timedOut],
    ['500', 'CarrierOutcomeUnknown', errors.internal],
    ['503', 'CarrierOutcomeUnknown', errors.unavailable],
    ['200 without an id', 'CarrierOutcomeUnknown', { status: 200, body: '<messageheaders/>' }],
    ['200 that is no XML', 'CarrierOutcomeUnknown', { status: 200, body: 'OK' }],
    ['a redirect', 'CarrierFault', { status: 302, headers: { Location: '/login' } }],
  ])('%s is %s', async (_, name, behaviour) => {
    esendex.next(behaviour);
    await expect(send()).rejects.toMatchObject({ name });
  });
});

describe('a notification', () => {
  test.each([
    ['MessageDelivered', [{ messageId: ID, state: 'delivered' }]],
    ['MessageFailed', [{ messageId: ID, state: 'undelivered' }]],
    ['InboundMessage', []],
  ] as const)('%s', async (event, receipts) => {
    expect(await receiptsIn('esendex', esendexReport(event))).toEqual(receipts);
  });

  test('that is none is no receipt', async () => {
    const other = reportTo('https://verify.example.com/', { body: '<Other><Id>1</Id></Other>', type: 'text/xml' });
    expect(await receiptsIn('esendex', other)).toBeUndefined();
  });
});
