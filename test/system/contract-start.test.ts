// CONTRACT "Start": what each field of POST /2step does, defaults, and the exact answer.
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
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** A start that must succeed: its body, its message, and its life in milliseconds. */
async function started(fields: Record<string, unknown> = {}, client = api) {
  const before = Date.now();
  const { status, body } = await client.start(fields);
  expect(body).toStrictEqual({
    trackingId: uuid,
    status: 'Pending',
    updatedAt: isoTime,
    maxRetries: expect.any(Number),
    expiresAt: isoTime,
    timesTried: 0,
  });
  expect(status).toBe(200);
  const recipient = String(fields.recipient ?? '+306948530920').replaceAll(' ', '');
  const [message] = await client.delivered(body.trackingId, recipient);
  if (!message) throw new Error('There must be a message');
  return { body, message, code: /\d+/.exec(message.text)?.[0] ?? '', lifeMs: Date.parse(body.expiresAt) - before };
}

/** Within the seconds asked for, give or take the time of the request. */
const about = (seconds: number) =>
  expect.toSatisfy((ms: number) => ms >= seconds * 1000 && ms < seconds * 1000 + 5_000);

describe('a start', () => {
  test('without options takes 300 s, 3 retries, 6 digits, type code, and the default template and originator', async () => {
    const { body, message, code, lifeMs } = await started();
    expect(body.maxRetries).toBe(3);
    expect(lifeMs).toEqual(about(300));
    expect(code).toHaveLength(6);
    expect(message).toStrictEqual({
      trackingId: body.trackingId,
      recipient: '+306948530920',
      originator: 'Twostep',
      method: 'sms',
      text: `Your verification code is ${code}`,
      sentAt: isoTime,
    });
  });

  test("takes the application's settings where it asks for nothing, and its own wishes first", async () => {
    const settings = { lifetimeInSeconds: 60, maxRetries: 7, digits: 8, originator: 'Shop', defaultTemplate: '@@pin!' };
    const client = app.client(await stack.addApplication({ settings }));
    const usual = await started({ lifetimeInSeconds: null, maxRetries: '', digits: null, template: '' }, client);
    expect([usual.body.maxRetries, usual.lifeMs]).toEqual([7, about(60)]);
    expect(usual.message).toMatchObject({ originator: 'Shop', text: expect.stringMatching(/^\d{8}!$/) });
    const asked = await started(
      { lifetimeInSeconds: 90, maxRetries: 0, digits: 5, originator: 'Mine', template: 'is @@pin' },
      client,
    );
    expect([asked.body.maxRetries, asked.lifeMs]).toEqual([0, about(90)]);
    expect(asked.message).toMatchObject({ originator: 'Mine', text: expect.stringMatching(/^is \d{5}$/) });
  });

  test.each([
    { digits: 4, maxRetries: 0, lifetimeInSeconds: 60 },
    { digits: 10, maxRetries: 20, lifetimeInSeconds: 86_400 },
  ])('takes %j', async (fields) => {
    const { body, code, lifeMs } = await started(fields);
    expect([code.length, body.maxRetries, lifeMs]).toEqual([
      fields.digits,
      fields.maxRetries,
      about(fields.lifetimeInSeconds),
    ]);
  });

  test('takes a lifetime of one second', async () => {
    const before = Date.now();
    const { status, body } = await api.start({ lifetimeInSeconds: 1 });
    expect([status, Date.parse(body.expiresAt) - before]).toEqual([200, about(1)]);
  });

  test('takes numbers as 4.0 and as text', async () => {
    const sent =
      '{"method": "sms", "recipient": "+306948530920", "digits": 4.0, "maxRetries": "5", "lifetimeInSeconds": "70"}';
    const headers = { 'Content-Type': 'application/json' };
    const { status, body } = await api.request('POST', '/2step', { headers, body: sent });
    expect([status, body.maxRetries]).toEqual([200, 5]);
    expect(await api.code(body.trackingId)).toHaveLength(4);
  });

  test.each(['SMS', 'Voice', 'vOiCe'])('takes the method %s and the type in any case', async (method) => {
    const { message } = await started({ method, type: 'CODE' });
    expect(message.method).toBe(method.toLowerCase());
  });

  test('takes a number with its separators and shows it in E.164', async () => {
    const { status, body } = await api.start({ recipient: ' +30 (694) 853-09.20 ' });
    expect(status).toBe(200);
    expect(await api.delivered(body.trackingId)).toMatchObject([{ recipient: '+306948530920' }]);
  });

  test('is answered 400005000 with the fields named when a number is out of its range or no integer', async () => {
    for (const wrong of [4.5, true, -1, '4.5', 'x', 1e300, '99999999999999999999', [4], { value: 4 }]) {
      const { status, body } = await api.start({ digits: wrong, maxRetries: wrong, lifetimeInSeconds: wrong });
      expect(body).toStrictEqual({
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: {
          lifetimeInSeconds: 'must be an integer from 1 to 86400',
          maxRetries: 'must be an integer from 0 to 20',
          digits: 'must be an integer from 4 to 10',
        },
      });
      expect(status).toBe(400);
    }
  });
});

describe('an originator', () => {
  test.each(['A', 'Shop 24', '12345678901', '1234567890123456', 'x1 '])('may be "%s"', async (originator) => {
    expect((await started({ originator })).message.originator).toBe(originator);
  });

  test.each(['Twelve chars', '12345678901234567', 'Shop-24', 'Κατάστημα', '   ', '+30694'])(
    'may not be "%s": 400005000',
    async (originator) => {
      const { body } = await api.start({ originator });
      expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['originator']]);
    },
  );

  test('of the application wins where it is enforced, yet a bad one is still refused', async () => {
    const settings = { originator: 'Ours', originatorEnforced: true };
    const client = app.client(await stack.addApplication({ settings }));
    expect((await started({ originator: 'Theirs' }, client)).message.originator).toBe('Ours');
    expect((await started({}, client)).message.originator).toBe('Ours');
    expect((await client.start({ originator: '!' })).body.code).toBe('400005000');
  });
});

test('restrictions are taken as strings of digits; a number is refused, since 19 digits do not survive it', async () => {
  const nineteen = '1107160000000000001';
  await started({ restrictions: { contentTemplateId: nineteen, principalEntityId: '12' } });
  const headers = { 'Content-Type': 'application/json' };
  const { body } = await api.request('POST', '/2step', {
    headers,
    body: `{"method": "sms", "recipient": "+306948530920", "restrictions": {"contentTemplateId": ${nineteen}}}`,
  });
  expect(body.code).toBe('400005000');
  expect(body.properties).toEqual({ 'restrictions.contentTemplateId': 'must be a string of digits' });
});
