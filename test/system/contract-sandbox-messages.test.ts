// GET /sandbox/messages?recipient=: what a number was sent, for its own account only.
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const recipient = '+306948530920';
const ask = (query: string) => api.request('GET', `/sandbox/messages${query}`);

test('messages come newest first, with exactly the six members, and a call with its language', async () => {
  const ids: string[] = [];
  for (const method of ['sms', 'voice', 'sms']) {
    ids.unshift(await api.open({ method, recipient, originator: 'Shop', template: `${ids.length} @@pin` }));
    await api.delivered(ids[0] ?? '');
  }
  const { status, body } = await ask(`?recipient=${encodeURIComponent(recipient)}`);
  expect(status).toBe(200);
  expect(body.map(({ trackingId }: { trackingId: string }) => trackingId)).toEqual(ids);
  expect(body[1]).toStrictEqual({
    trackingId: ids[1],
    recipient,
    originator: 'Shop',
    method: 'voice',
    text: expect.stringMatching(/^1 \d{6}$/),
    language: 'en',
    sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect(Object.keys(body[0]).sort()).toEqual(['method', 'originator', 'recipient', 'sentAt', 'text', 'trackingId']);
});

test('the number is found by %2B, by a bare plus and with separators', async () => {
  const number = '+12015550123';
  const trackingId = await api.open({ recipient: number });
  await api.delivered(trackingId, number);
  for (const query of ['%2B12015550123', '+12015550123', '%2B1%20(201)%20555-0123', '+1+201+555.0123']) {
    expect((await ask(`?recipient=${query}`)).body).toMatchObject([{ trackingId }]);
  }
});

test('a number that was sent nothing has an empty list', async () => {
  expect((await ask('?recipient=%2B12015550124')).body).toEqual([]);
});

test.each([
  '',
  '?recipient=',
  '?recipient=12015550123',
  '?recipient=x',
  '?recipient=%2B1201',
  '?recipient=%2B12015550123&recipient=%2B12015550123',
  '?number=%2B12015550123',
])('without a usable number it is 400005000: "%s"', async (query) => {
  const { status, body } = await ask(query);
  expect(body).toStrictEqual({
    code: '400005000',
    developerMessage: 'Sms contains invalid data.',
    properties: { recipient: expect.any(String) },
  });
  expect(status).toBe(400);
});

test("another account's token sees none of them", async () => {
  await api.delivered(await api.open({ recipient }));
  const other = app.client(await stack.addApplication());
  expect(await other.messages(recipient)).toEqual([]);
  const own = await other.open({ recipient });
  await other.delivered(own);
  expect((await other.messages(recipient)).map(({ trackingId }) => trackingId)).toEqual([own]);
});

test('after an hour a message is shown no more', async () => {
  const number = '+12015550125';
  const trackingId = await api.open({ recipient: number });
  await api.delivered(trackingId, number);
  const sentAt = new Date(Date.now() - 3_600_001);
  await stack.database.sandboxMessages.updateMany({ trackingId }, { $set: { sentAt } });
  expect(await api.messages(number)).toEqual([]);
});
