// The path of a call over HTTP: who is let in, what a call hears and when it hears nothing, by a carrier that asks as Twilio does.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealCarrierSecrets } from '../../admin/carrier-secrets.ts';
import { sendKey } from '../../domain/delivery.ts';
import { callUrl } from '../../secrets/carrier-urls.ts';
import { signed } from '../carriers/twilio/callbacks.ts';
import { PUBLIC_URL, startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack } from '../support/stack.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const AUTH_TOKEN = 'token-of-tests';
const SID = `CA${'1'.repeat(32)}`;

let stack: Stack;
let app: TestApp;

beforeAll(async () => {
  stack = await createStack();
  app = await startApp(stack);
  for (const [_id, type, settings] of [
    ['twilio', 'twilio', { accountSid: ACCOUNT }],
    ['other', 'sandbox', {}],
  ] as const) {
    const secrets = sealCarrierSecrets(stack.ring, _id, type === 'twilio' ? { authToken: AUTH_TOKEN } : {});
    await stack.database.carriers.insertOne({
      _id,
      type,
      settings,
      secrets,
      paused: false,
      from: 'management API',
      createdAt: new Date(),
    });
  }
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const reference = sendKey('6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d', 1);
const speech = { text: 'Your code: 4, 8, 2.', language: 'en' };
const urlOf = (carrier = 'twilio', round = 1, validUntil = Date.now() + 60_000) =>
  callUrl(stack.ring, PUBLIC_URL, carrier, { reference, speech, validUntil }, round);

/** As Twilio asks, by the app's own address. */
async function press(url: string, token = AUTH_TOKEN) {
  const form = new URLSearchParams({ AccountSid: ACCOUNT, CallSid: SID, Digits: '5' });
  const answer = await fetch(url.replace(PUBLIC_URL, app.url), {
    method: 'POST',
    headers: { 'X-Twilio-Signature': signed(token, url, form) },
    body: form,
  });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}

describe('a call', () => {
  test('whose key was pressed is told the code in the form of its carrier, and where to ask again', async () => {
    const { status, type, text } = await press(urlOf());
    expect([status, type]).toEqual([200, expect.stringMatching(/xml/)]);
    expect(text).toContain('4, 8, 2');
    expect(text).toContain('round=2');
  });

  test.each<[string, () => string]>([
    ['after its time', () => urlOf('twilio', 1, Date.now() - 1)],
    ['more often than five times', () => urlOf('twilio', 6)],
  ])('%s hears nothing of the code', async (_, url) => {
    const { status, text } = await press(url());
    expect(status).toBe(200);
    expect(text).not.toMatch(/\d, \d/);
    expect(text).toContain('Hangup');
  });

  test('under another token than the carrier has is 401000000, and hears nothing', async () => {
    const { status, text } = await press(urlOf(), 'another');
    expect(status).toBe(401);
    expect(JSON.parse(text).code).toBe('401000000');
  });

  test.each<[string, () => string]>([
    ['that somebody made up', () => `${PUBLIC_URL}/carriers/twilio/calls/k1.abc?round=1`],
    ['that was sealed for another carrier', () => urlOf('other').replace('/other/', '/twilio/')],
    ['of a carrier nobody knows', () => urlOf('nobody')],
  ])('%s is 404000000', async (_, url) => {
    const { status, text } = await press(url());
    expect(status).toBe(404);
    expect(JSON.parse(text).code).toBe('404000000');
  });

  test('of a carrier whose type makes none is 400005000', async () => {
    const { status, text } = await press(urlOf('other'));
    expect(status).toBe(400);
    expect(JSON.parse(text).code).toBe('400005000');
  });

  test('leaves nothing of its URL in the log', async () => {
    const url = urlOf();
    await press(url);
    expect(app.log.join('')).toContain('/carriers/:name/calls/:call');
    expect(app.log.join('')).not.toContain(url.split('/calls/')[1]?.slice(0, 40) ?? '');
  });
});
