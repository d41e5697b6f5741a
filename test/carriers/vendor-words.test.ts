// What vendors say of a refusal, as operators see it: their codes and words, and nobody's number, text, code or secret.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { showCarrier } from '../../api/admin/carrier-body.ts';
import {
  type CarrierError,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  toldReason,
} from '../../carriers/carrier.ts';
import { readCarrier } from '../../carriers/registry.ts';
import type { CarrierHealth } from '../../domain/carrier.ts';
import { shownWords } from '../../domain/vendor-words.ts';
import { createRefusals } from '../../worker/carrier-refusals.ts';
import { fixedRing } from '../support/key-rings.ts';

const SECRET = 'hunter-of-secrets';
const TEXT = 'Dear Anna, your code is 482915';
const message = {
  ...{
    trackingId: '6c5e3f57-2b5a-4c5e-9d0a-0a1b2c3d4e5f',
    accountId: 'a',
    recipient: '+306948530920',
    originator: 'Acme',
  },
  ...{ method: 'sms' as const, text: TEXT, parts: 1, validForSeconds: 60, attempt: 1 },
};

let server: Server | undefined;
afterEach(() => server?.close());

/** What a carrier of some type is refused with by a vendor that answers so. */
async function refusal(
  type: 'http' | 'twilio' | 'vonage',
  status: number,
  body: unknown,
  more: object = {},
): Promise<CarrierError> {
  server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [settings, secrets] = {
    http: [
      { requests: { sms: { url: `${url}/` } }, answer: { code: 'error.code', words: ['error.text', 'text'] } },
      { key: SECRET },
    ],
    twilio: [{ accountSid: `AC${'0'.repeat(32)}`, baseUrl: url }, { authToken: SECRET }],
    vonage: [{ apiKey: 'abcd1234', apiUrl: url, restUrl: url, ...more }, { apiSecret: SECRET }],
  }[type] as [object, object];
  const carrier = readCarrier('acme', type, settings, secrets).create({
    allowedHosts: 'anywhere',
    binds: 1,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    takeReceipt: async () => undefined,
  });
  return await carrier.send(message, 'key').then(
    () => expect.unreachable(),
    (error: CarrierError) => error,
  );
}

describe('a refusal has the code and the words of its vendor', () => {
  test.each<['http' | 'twilio' | 'vonage', number, unknown, string, string, object?]>([
    [
      'http',
      422,
      { error: { code: 'E_SENDER', text: 'Sender is not registered' } },
      'E_SENDER',
      'Sender is not registered',
    ],
    ['http', 401, { error: { code: 1007, text: 'Account suspended' } }, '1007', 'Account suspended'],
    ['http', 503, { error: { code: 'BUSY' }, text: 'Try later' }, 'BUSY', 'Try later'],
    [
      'twilio',
      400,
      { code: 21211, message: `The 'To' number ${message.recipient} is not a valid phone number.` },
      '21211',
      "The 'To' number … is not a valid phone number.",
    ],
    ['twilio', 401, { code: 20003, message: 'Authenticate' }, '20003', 'Authenticate'],
    ['twilio', 429, { code: 20429, message: 'Too Many Requests' }, '20429', 'Too Many Requests'],
    [
      'vonage',
      200,
      { messages: [{ status: '6', 'error-text': 'The message was invalid and could not be sent' }] },
      '6',
      'The message was invalid and could not be sent',
    ],
    [
      'vonage',
      401,
      {
        type: 'https://developer.vonage.com/api-errors#unauthorized',
        title: 'Unauthorized',
        detail: 'You did not provide correct credentials.',
      },
      '',
      'Unauthorized: You did not provide correct credentials.',
      { smsApi: 'messages' },
    ],
    [
      'vonage',
      422,
      {
        type: 'https://developer.vonage.com/api-errors/messages#1120',
        title: 'Illegal Sender Address',
        detail: 'rejected',
        invalid_parameters: [{ name: 'from', reason: 'unknown sender' }],
      },
      '1120',
      'Illegal Sender Address: rejected: unknown sender',
      { smsApi: 'messages' },
    ],
  ])('%s %i %j', async (type, status, body, code, words, more) => {
    const error = await refusal(type, status, body, more);
    expect(error.said).toEqual({ ...(code !== '' && { code }), words });
    if (code !== '') expect(toldReason(error)).toContain(code);
    expect(toldReason(error)).not.toContain(words);
  });
});

describe('nothing of a message, a person or a secret stays in them', () => {
  test.each([
    `The number ${message.recipient} is barred`,
    'The number 306948530920 is barred',
    'The number (694) 853-09.20 is barred',
    'The number 0030 694 853 0920 is barred',
    'The number ٠٦٩٤٨٥٣٠ is barred',
    'The number +30\u2011694\u2011853\u20110920 is barred',
    `Blocked by a filter: ${TEXT}`,
    'Blocked by a filter: code 482915',
    'Blocked by a filter: 4 8 2 9 1 5',
    'Blocked by a filter: 4, 8, 2, 9, 1, 5',
    'Blocked by a filter: 4.8.2.9.1.5',
    'Blocked by a filter: 482-915',
    `Blocked: the key ${SECRET} is not known`,
    'Blocked: the key wJalrXUtnFEMIKMDENGbPxRfiCYEXAMPLEKEY is not known',
    'Blocked: the token eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl is not known',
    'Blocked: AKIAIOSFODNN7EXAMPLE is not known',
    'Blocked: ask anna@example.com',
    'Blocked: see https://vendor.example/account/abc?token=def',
    `Blocked: ${message.trackingId} was sent before`,
  ])('%s', async (words) => {
    const { said } = await refusal('http', 400, { error: { code: 'E1', text: words } });
    expect(said.words).toMatch(/^(The number|Blocked).*…/);
    const left = said.words ?? '';
    for (const secret of [
      '694',
      '853',
      '0920',
      '482',
      '915',
      SECRET,
      'Anna',
      'wJal',
      'eyJ',
      'AKIA',
      'anna',
      'vendor.example',
      message.trackingId,
    ]) {
      expect(left).not.toContain(secret);
    }
    expect(left).not.toMatch(/\p{N}\D{0,3}\p{N}\D{0,3}\p{N}\D{0,3}\p{N}/u);
  });

  test.each([
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'wJalrXUtnFEMIKMDENG-bPxRfiCYEXAMPLEKEY',
    'IQoJb3JpZ2luX2VjEBAaCXVzLWVhc3QtMSJGMEQCIA',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln',
    '306948530920',
    '+306948530920',
    SECRET,
    'a sentence',
    'x'.repeat(49),
  ])('%s is no code, and no test message shows one', async (code) => {
    const error = await refusal('http', 400, { error: { code, text: code } });
    expect(error.said.code).toBeUndefined();
    expect(`${toldReason(error)} ${error.message}`).not.toContain(code);
  });

  test.each([
    'REJECTED_DESTINATION_NOT_REGISTERED',
    'InvalidParameterValue',
    'E17',
    '21211',
    'ESME_RINVDSTADR',
    'invalid-sender',
    'SMS-0042',
  ])('%s is one', async (code) => {
    const error = await refusal('http', 400, { error: { code } });
    expect(toldReason(error)).toBe(`the gateway refused the message (HTTP 400, ${code})`);
    // What a test message shows holds no value of an answer.
    expect(error.message).toBe('the gateway refused the message (HTTP 400)');
  });

  test('they are one line of 200 characters at most, whatever comes', () => {
    const shown = (words: string) => shownWords({ words }, []).words ?? '';
    expect(shown(' No\r\n\tsuch\u0000 \u202esender\u200b ')).toBe('No such sender');
    expect([...shown('word '.repeat(1_000))]).toHaveLength(200);
    expect([...shown('😀a '.repeat(500))]).toHaveLength(200);
    for (const empty of ['', ' \n', '123456', '\u0007', '…']) expect(shownWords({ words: empty }, [])).toEqual({});
    const began = Date.now();
    for (const long of ['1 '.repeat(500_000), '('.repeat(1_000_000), ' '.repeat(1_000_000)]) shown(long);
    expect(Date.now() - began).toBeLessThan(1_000);
  });
});

describe('what a carrier did not take is told to operators', () => {
  test('in the log at most once a minute, as an event once an hour, and beside its health', () => {
    const [warn, tell] = [vi.fn(), vi.fn(async () => true)];
    const logger = { info: vi.fn(), warn, error: vi.fn() };
    const refusals = createRefusals({ carrier: 'acme', worker: 'w', logger, tell });
    const error = new CarrierRejected('the gateway refused the message (HTTP 422)', {
      code: 'E17',
      words: 'No such sender',
    });
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);
    for (const seconds of [0, 1, 61, 3_601]) refusals.note(error, at(seconds));
    refusals.note(new CarrierRejected('another'), at(3_602));
    const reason = 'the gateway refused the message (HTTP 422, E17)';
    expect(warn.mock.calls.map(([, facts]) => [facts.reason, facts.words, facts.times])).toEqual([
      [reason, 'No such sender', 1],
      [reason, 'No such sender', 3],
      [reason, 'No such sender', 4],
      ['another', undefined, 1],
    ]);
    expect(tell.mock.calls).toHaveLength(3);
    expect(refusals.latest()).toEqual([
      { means: 'rejected', reason: 'another', times: 1, at: at(3_602) },
      { means: 'rejected', reason, words: 'No such sender', times: 4, at: at(3_601) },
    ]);
  });

  test.each<[new (reason: string) => CarrierError, string]>([
    [CarrierRejected, 'rejected'],
    [CarrierUnavailable, 'unavailable'],
    [CarrierFault, 'fault'],
    [CarrierOutcomeUnknown, 'unknown'],
  ])('through the management API, whose latest come first: %o is %s', (Kind, means) => {
    const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const refusals = createRefusals({ carrier: 'acme', worker: 'w', logger, tell: async () => true });
    const at = new Date(Date.UTC(2026, 0, 1));
    refusals.note(new CarrierRejected('before', { code: 'E17', words: 'No such sender' }), at);
    refusals.note(new Kind('the latest'), at);
    const carrier = { _id: 'acme', type: 'http', settings: {}, paused: false, from: 'file', createdAt: at } as const;
    const health = (of: string) =>
      ({ carrier: of, worker: 'w', state: 'closed', since: at, refusals: refusals.latest() }) as CarrierHealth;
    const { workers } = showCarrier(fixedRing('k1'), carrier, [health('other'), health('acme')]);
    expect(workers.map((worker) => worker.refusals)).toEqual([
      [
        { means, reason: 'the latest', times: 1, at: at.toISOString() },
        { means: 'rejected', reason: 'before (E17)', words: 'No such sender', times: 1, at: at.toISOString() },
      ],
    ]);
  });

  test('however many reasons there are, few are kept', () => {
    const logger = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const refusals = createRefusals({ carrier: 'acme', worker: 'w', logger, tell: async () => true });
    for (let n = 0; n < 1_000; n += 1) refusals.note(new CarrierRejected(`reason ${n}`));
    expect(refusals.latest().map(({ reason }) => reason)).toEqual([999, 998, 997, 996, 995].map((n) => `reason ${n}`));
  });
});
