// CONTRACT "Start", recipient: which numbers are served, by method and price list; and the order of all checks.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  api = app.client(await stack.addApplication());
  await stack.database.prices.deleteMany({ _id: { $in: ['NO:sms', 'NO:voice', 'SE:voice'] } });
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const [mobile, fixedLine, tollFree, premium] = ['+306948530920', '+302101234567', '+308001234567', '+309011234567'];
const [fixedOrMobile, voip] = ['+12015550123', '+445600123456'];
const [norway, sweden] = ['+4740612345', '+46701234567'];

describe('a recipient', () => {
  test.each([
    ['a mobile', 'sms', mobile],
    ['fixed line or mobile, nobody knows', 'sms', fixedOrMobile],
    ['a VoIP number', 'sms', voip],
    ['a mobile in hyphens that never break', 'sms', '+30\u2011694\u2011853\u20110920'],
    ['a mobile between marks of direction', 'voice', '\u202a+306948530920\u202c'],
    ['a mobile behind a full-width plus', 'sms', '＋30 694 853 0920'],
    ['a mobile', 'voice', mobile],
    ['a fixed line', 'voice', fixedLine],
    ['toll free', 'voice', tollFree],
  ])('may be %s by %s', async (_, method, recipient) => {
    expect((await api.start({ method, recipient })).body).toMatchObject({ status: 'Pending' });
  });

  test.each([
    ['a fixed line', 'sms', fixedLine],
    ['toll free', 'sms', tollFree],
    ['premium rate', 'sms', premium],
    ['premium rate', 'voice', premium],
    ['of a country without a price', 'sms', norway],
    ['of a country without a price', 'voice', norway],
    ['of a country without a price for the method', 'voice', sweden],
    ['not valid', 'sms', '+301234567'],
    ['of no country', 'sms', '+999123456789'],
    ['without a plus', 'sms', '306948530920'],
    ['too short', 'sms', '+123456'],
    ['too long', 'sms', '+1234567890123456'],
    ['with letters', 'voice', '+30694853092O'],
    ['in Arabic digits', 'sms', '+٣٠٦٩٤٨٥٣٠٩٢٠'],
    ['with an extension', 'voice', '+302101234567;ext=5'],
    ['nothing but a plus', 'sms', '+'],
    ['an array', 'sms', ['+306948530920']],
    ['a number', 'sms', 306948530920],
    ['missing', 'sms', undefined],
  ])('may not be %s by %s: 400005000, and named', async (_, method, recipient) => {
    const { status, body } = await api.start({ method, recipient });
    expect(body).toStrictEqual({
      code: '400005000',
      developerMessage: 'Sms contains invalid data.',
      properties: { recipient: expect.any(String) },
    });
    expect(status).toBe(400);
    if (typeof recipient === 'string' && recipient.length > 3)
      expect(JSON.stringify(body)).not.toContain(recipient.slice(-4));
  });

  test('that is bad is named beside every other bad field', async () => {
    const { body } = await api.start({ method: 'fax', recipient: 'x', digits: 3, country: 'XX', arguments: { a: {} } });
    expect(Object.keys(body.properties).sort()).toEqual(['arguments.a', 'country', 'digits', 'method', 'recipient']);
  });

  test('is charged by the list for its country and method, reserved before the answer', async () => {
    const client = app.client(await stack.addApplication({ balance: 1 }));
    await client.open({ recipient: mobile });
    expect(await client.balance()).toBe(0.955);
    await client.open({ method: 'voice', recipient: mobile });
    expect(await client.balance()).toBe(0.9);
  });
});

describe('checks come in the order authorisation, JSON, fields, template, balance:', () => {
  const headers = { 'Content-Type': 'application/json' };
  const post = (client: ApiClient, body: string, more: Record<string, string> = {}) =>
    client.request('POST', '/2step', { headers: { ...headers, ...more }, body });
  const badTemplate = { template: 'no place for the code' };
  let poor: ApiClient;

  beforeAll(async () => {
    poor = app.client(await stack.addApplication({ balance: 0.044 }));
  });

  test('401000000 before malformed JSON and a wrong media type', async () => {
    expect((await post(poor, '{', { Authorization: 'Bearer x' })).body.code).toBe('401000000');
    const other = { Authorization: 'Bearer x', 'Content-Type': 'text/plain' };
    expect((await post(poor, '{', other)).body.code).toBe('401000000');
  });

  test('400005000 for the body before its fields', async () => {
    const { body } = await post(poor, '{"digits": 99');
    expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['body']]);
  });

  test('400005000 for a field, or a country that is not served, before 400011001 for the template', async () => {
    for (const bad of [{ digits: 99 }, { recipient: norway }]) {
      const { body } = await poor.start({ ...badTemplate, ...bad });
      expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', Object.keys(bad)]);
    }
  });

  test('400011001 for the template before 400001009 for the balance', async () => {
    expect((await poor.start(badTemplate)).body).toStrictEqual({
      code: '400011001',
      developerMessage: 'Invalid message template.',
      properties: { template: 'must contain @@pin, the place of the code' },
    });
  });

  test('400001009 last, with no trackingId, and 200 once the balance is exactly the price', async () => {
    const { status, body } = await poor.start();
    expect(body).toStrictEqual({ code: '400001009', developerMessage: 'Insufficient Balance.' });
    expect(status).toBe(400);
    const exact = app.client(await stack.addApplication({ balance: 0.045 }));
    expect((await exact.start()).status).toBe(200);
    expect(await exact.balance()).toBe(0);
    expect((await exact.start()).body.code).toBe('400001009');
  });
});

test('a refused start leaves nothing that its account can find', async () => {
  const application = await stack.addApplication({ balance: 0 });
  const client = app.client(application);
  expect((await client.start()).body.code).toBe('400001009');
  expect(await client.balance()).toBe(0);
  expect(await client.messages(mobile)).toEqual([]);
});
