// Infobip by configuration alone: what it is asked, every answer its documentation knows, its reports, its logs, its conversions.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CarrierError, type OutgoingMessage, toldReason } from '../../../carriers/carrier.ts';
import { outgoing } from '../../support/smpp-carrier.ts';
import { exampleCarrier, RECEIPT_PATH, receiptsIn } from './example.ts';
import type { Behaviour, Gateway } from './gateway.ts';
import { errors, type Group, infobipReport, log, logged, startInfobip, statusAnswer } from './gateway-infobip.ts';

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1';
const REPORTS = `${RECEIPT_PATH}?reference=${encodeURIComponent(KEY)}`;
let infobip: Gateway;

beforeAll(async () => {
  infobip = await startInfobip();
});
beforeEach(() => {
  infobip.reset();
  logged.clear();
});
afterAll(() => infobip.stop());

const send = async (changes: Partial<OutgoingMessage> = {}) =>
  await exampleCarrier('infobip', infobip.url).send(outgoing(changes), KEY);
const body = () => JSON.parse(infobip.asked[0]?.body ?? '');
const call = (language = 'el') =>
  ({ method: 'voice', originator: '302100000000', speech: { text: 'Ο κωδικός σας: 4, 8, 2', language } }) as const;

test('an SMS has its life, its ids and where to report to', async () => {
  const text = 'Γεια "σου" {{text}} \\ 😀: 482915';
  expect(await send({ text, validForSeconds: 123 })).toEqual({ messageIds: [KEY], parts: 1 });
  expect(body().messages).toEqual([
    {
      sender: 'Twostep',
      destinations: [{ to: '306948530920', messageId: KEY }],
      content: { text },
      options: { validityPeriod: { amount: 123, timeUnit: 'SECONDS' } },
      webhooks: { delivery: { url: REPORTS }, contentType: 'application/json', callbackData: KEY },
    },
  ]);
});

test('India’s ids go along where there are some', async () => {
  await send({ restrictions: { contentTemplateId: '1107160000000000001', principalEntityId: '1101160000000000001' } });
  expect(body().messages[0].options.regional).toEqual({
    indiaDlt: { contentTemplateId: '1107160000000000001', principalEntityId: '1101160000000000001' },
  });
});

test('without an address of ours it is told no URL, and accepted all the same', async () => {
  await exampleCarrier('infobip', infobip.url, { urls: undefined }).send(outgoing(), KEY);
  expect(body().messages[0].webhooks).toEqual({ contentType: 'application/json', callbackData: KEY });
});

test('a call says the code twice in its language, and nothing to a machine', async () => {
  expect(await send({ ...call(), validForSeconds: 150 })).toEqual({ messageIds: [KEY], parts: 1 });
  expect(infobip.asked[0]?.path).toBe('/tts/3/advanced');
  expect(body().messages).toEqual([
    {
      from: '302100000000',
      destinations: [{ to: '306948530920', messageId: KEY }],
      text: 'Ο κωδικός σας: 4, 8, 2 Ο κωδικός σας: 4, 8, 2',
      language: 'el',
      machineDetection: 'hangup',
      validityPeriod: 2,
      notifyUrl: REPORTS,
      notifyContentType: 'application/json',
      callbackData: KEY,
    },
  ]);
});

describe('an answer', () => {
  const rejected = 'CarrierRejected';
  const fault = 'CarrierFault';
  const unknown = 'CarrierOutcomeUnknown';
  const unavailable = 'CarrierUnavailable';
  const status = (group: Group, name: string, means: string) => [name, means, statusAnswer(group, name)] as const;

  test.each<readonly [string, string, Behaviour]>([
    status('REJECTED', 'REJECTED_NETWORK', rejected),
    status('REJECTED', 'REJECTED_PREFIX_MISSING', rejected),
    status('REJECTED', 'REJECTED_DND', rejected),
    status('REJECTED', 'REJECTED_SOURCE', rejected),
    status('REJECTED', 'REJECTED_NOT_ENOUGH_CREDITS', fault),
    status('REJECTED', 'REJECTED_SENDER', rejected),
    status('REJECTED', 'REJECTED_DESTINATION_BLOCKLISTED', rejected),
    status('REJECTED', 'REJECTED_PREPAID_PACKAGE_EXPIRED', fault),
    status('REJECTED', 'REJECTED_DESTINATION_NOT_REGISTERED', fault),
    status('REJECTED', 'REJECTED_ROUTE_NOT_AVAILABLE', rejected),
    status('REJECTED', 'REJECTED_FLOODING_FILTER', rejected),
    status('REJECTED', 'REJECTED_SYSTEM_ERROR', unavailable),
    status('REJECTED', 'REJECTED_MESSAGE_TOO_LONG', rejected),
    status('REJECTED', 'REJECTED_DESTINATION', rejected),
    status('REJECTED', 'MISSING_TO', rejected),
    status('REJECTED', 'SIGNALS_BLOCKED', rejected),
    status('UNDELIVERABLE', 'UNDELIVERABLE_NOT_SENT', rejected),
    status('EXPIRED', 'EXPIRED_EXPIRED', rejected),
    ['400', rejected, errors.badRequest],
    ['400 of a call', rejected, errors.voiceRefused],
    ['401', fault, errors.unauthorized],
    ['403', fault, errors.forbidden],
    ['429', unavailable, errors.tooMany],
    ['500', unknown, errors.internal],
    ['200 of something between', unknown, { status: 200, body: '<html>busy</html>' }],
    ['no messages', unknown, { status: 200, body: '{"messages":[]}' }],
  ])('%s is %s', async (name, expected, behaviour) => {
    infobip.next(behaviour);
    const error = await send().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: expected });
    if (name.includes('_')) expect(toldReason(error as CarrierError)).toContain(`HTTP 200, ${name}`);
  });

  test('429 says for how long', async () => {
    infobip.next(errors.tooManyFor);
    await expect(send()).rejects.toMatchObject({ name: unavailable, retryAfterMs: 7_000 });
  });

  test('REJECTED_DUPLICATE_MESSAGE_ID is an acceptance: an earlier attempt had left', async () => {
    infobip.next(statusAnswer('REJECTED', 'REJECTED_DUPLICATE_MESSAGE_ID', KEY));
    expect(await send()).toEqual({ messageIds: [KEY], parts: 1 });
  });

  test('to a request that is not as documented is 400', async () => {
    await expect(send({ originator: 'x'.repeat(17) })).rejects.toMatchObject({
      name: rejected,
      message: expect.stringContaining('HTTP 400'),
      said: { code: 'E400' },
    });
  });
});

describe('a report', () => {
  test.each<readonly [Group, string, string, string]>([
    ['DELIVERED', 'DELIVERED_TO_HANDSET', 'NO_ERROR', 'delivered'],
    ['DELIVERED', 'DELIVERED_TO_OPERATOR', 'NO_ERROR', 'underway'],
    ['PENDING', 'PENDING_ENROUTE', 'NO_ERROR', 'underway'],
    ['UNDELIVERABLE', 'UNDELIVERABLE_NOT_DELIVERED', 'EC_ABSENT_SUBSCRIBER', 'undelivered'],
    ['EXPIRED', 'EXPIRED_EXPIRED', 'EC_ABSENT_SUBSCRIBER', 'undelivered'],
    ['EXPIRED', 'EXPIRED_DLR_UNKNOWN', 'NO_ERROR', 'underway'],
    ['REJECTED', 'REJECTED_DND', 'EC_SENDER_ID_BLOCKLISTED', 'undelivered'],
  ])('%s %s (%s) is %s', async (group, name, errorName, state) => {
    await send();
    const [accepted] = infobip.accepted;
    if (!accepted) return expect.unreachable();
    expect(await receiptsIn('infobip', infobipReport(accepted, group, name, errorName))).toEqual([
      { messageId: KEY, reference: KEY, state, ...(state !== 'delivered' && { reason: errorName }) },
    ]);
  });

  test('of a call that a machine answered is undelivered, of one a person answered delivered', async () => {
    await send(call());
    const [accepted] = infobip.accepted;
    if (!accepted) return expect.unreachable();
    const read = (errorName: string) =>
      receiptsIn('infobip', infobipReport(accepted, 'DELIVERED', 'DELIVERED_TO_HANDSET', errorName));
    expect(await read('VOICE_ANSWERED')).toMatchObject([{ state: 'delivered' }]);
    expect(await read('VOICE_ANSWERED_MACHINE')).toMatchObject([
      { state: 'undelivered', reason: 'VOICE_ANSWERED_MACHINE' },
    ]);
  });
});

describe('a look-up', () => {
  const question = { idempotencyKey: KEY, recipient: '+306948530920', parts: 1 };
  const ask = () => exampleCarrier('infobip', infobip.url).lookup?.(question);

  test('finds by our id what was accepted, and what was refused; of anything else it knows nothing', async () => {
    expect(await ask()).toBe('unknown');
    expect(infobip.asked[0]?.query.get('messageId')).toBe(KEY);
    log(KEY, 'PENDING', 'PENDING_ENROUTE');
    expect(await ask()).toEqual({ messageIds: [KEY], parts: 2 });
    log(KEY, 'REJECTED', 'REJECTED_DND');
    expect(await ask()).toBe('notSent');
  });

  test('takes no word of a refusal while the request may still be worked on', async () => {
    log(KEY, 'REJECTED', 'REJECTED_DND');
    const askAfter = (ms: number) => {
      const at = Date.now() - ms;
      return exampleCarrier('infobip', infobip.url).lookup?.({ ...question, attempts: { first: 0, last: at } });
    };
    expect(await askAfter(13_000)).toBe('unknown');
    expect(await askAfter(15_000)).toBe('notSent');
    log(KEY, 'PENDING', 'PENDING_ENROUTE');
    expect(await askAfter(0)).toMatchObject({ messageIds: [KEY] });
  });

  test('that is refused knows nothing', async () => {
    log(KEY, 'PENDING', 'PENDING_ENROUTE');
    const other = exampleCarrier('infobip', infobip.url, { secrets: { apiKey: 'other' } });
    expect(await other.lookup?.(question)).toBe('unknown');
  });
});

test('a right answer is told once for each id, and a refusal of it is no secret', async () => {
  const carrier = exampleCarrier('infobip', infobip.url);
  await carrier.reportVerified?.([KEY, 'a/../b']);
  expect(infobip.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST /ct/1/log/end/${encodeURIComponent(KEY)}`,
    'POST /ct/1/log/end/a%2F..%2Fb',
  ]);
  const other = exampleCarrier('infobip', infobip.url, { secrets: { apiKey: 'other' } });
  await expect(other.reportVerified?.([KEY])).rejects.toThrow('HTTP 401');
});
