// Idempotency-Key through HTTP: the same start, the same verdict, however often and however late it is repeated.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiAnswer, type ApiClient, wrongCode } from '../support/api-client.ts';
import { signalCancellation } from '../support/engine.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

const fields = { method: 'sms', recipient: '+306948530920', digits: 10 };
const startWith = (api: ApiClient, key: string, body: unknown = fields): Promise<ApiAnswer> =>
  api.request('POST', '/2step', {
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify(body),
  });
const confirmWith = (trackingId: string, key: string, answer: string): Promise<ApiAnswer> =>
  app.api.request('POST', `/2step/${trackingId}`, {
    headers: { 'Idempotency-Key': key },
    body: new URLSearchParams({ answer }),
  });

describe('an Idempotency-Key', () => {
  test('makes 50 parallel starts one: one trackingId, one message, one charge, 50 equal answers', async () => {
    const own = await stack.addApplication({ balance: 10 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => startWith(own.api, 'the-same')));
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    const { trackingId } = answers[0]?.body ?? {};
    expect(await own.api.delivered(trackingId)).toHaveLength(1);
    await signalCancellation(stack, trackingId);
    await stack.temporal.workflow.getHandle(trackingId).result();
    expect(await own.api.balance()).toBe(9.955);
    expect(await stack.database.verifications.countDocuments({ accountId: own.accountId })).toBe(1);
  });

  test('knows the same body by whatever order its members have, at every depth, and however it is written', async () => {
    const body = (args: string, restrictions: string, rest = '') =>
      `{"method": "sms", "recipient": "+306948530920"${rest}, "arguments": ${args}, "restrictions": ${restrictions}}`;
    const raw = (sent: string) =>
      app.api.request('POST', '/2step', {
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'order' },
        body: sent,
      });
    const ids = '{"contentTemplateId": "1", "principalEntityId": "2"}';
    const first = await raw(body('{"a": "1", "b": 2.50, "__proto__": "x"}', ids));
    expect(first.status).toBe(200);
    for (const sent of [
      body('{"b": 2.50, "__proto__": "x", "a": "1"}', ids),
      body('{"b": "2.50", "a": 1, "__proto__": "x"}', '{"principalEntityId": "2", "contentTemplateId": "1"}'),
      body(JSON.stringify('{"__proto__": "x", "b": 2.50, "a": "1"}'), ids, ', "unknown": [1], "country": null'),
      `{"restrictions": ${ids}, "arguments": {"b": 2.50, "a": "1", "__proto__": "x"}, "recipient": "+30 694 8530920", "method": "SMS"}`,
    ]) {
      expect((await raw(sent)).body).toEqual(first.body);
    }
    for (const sent of [body('{"a": "1", "b": 2.5, "__proto__": "x"}', ids), body('{"a": "1", "b": 2.50}', ids)]) {
      expect((await raw(sent)).body.code).toBe('409000000');
    }
  });

  test('with another body is 409000000, and another application may use the same key', async () => {
    const first = await startWith(app.api, 'k');
    const other = await startWith(app.api, 'k', { ...fields, maxRetries: 5 });
    expect([first.status, other.status, other.body.code]).toEqual([200, 409, '409000000']);
    const stranger = await stack.addApplication();
    expect((await startWith(stranger.api, 'k')).body.trackingId).not.toBe(first.body.trackingId);
  });

  test('used again after its 24 hours is a new start: another trackingId, code and charge', async () => {
    const own = await stack.addApplication({ balance: 1 });
    const start = () => startWith(own.api, 'old');
    const first = await start();
    const { trackingId } = first.body;
    await stack.database.idempotency.updateOne(
      { trackingId },
      { $set: { createdAt: new Date(Date.now() - 86_400_001) } },
    );
    const again = await start();
    expect(again.status).toBe(200);
    expect(again.body.trackingId).not.toBe(trackingId);
    expect((await start()).body.trackingId).toBe(again.body.trackingId);
    // Ten digits drawn anew: alike once in ten thousand million times.
    const codes = [await own.api.code(trackingId), await own.api.code(again.body.trackingId)];
    expect(new Set(codes).size).toBe(2);
    expect(await own.api.balance()).toBe(0.91);
  });

  test('whose start was refused with 400001009 is free for another try', async () => {
    const poor = await stack.addApplication({ balance: 0 });
    expect((await startWith(poor.api, 'again')).body.code).toBe('400001009');
    await stack.database.accounts.updateOne({ _id: poor.accountId }, { $set: { creditLimit: 1_000_000 } });
    expect((await startWith(poor.api, 'again')).status).toBe(200);
  });

  test('repeated gives the same verification, though its country is not served any more and its template became too long', async () => {
    const recipient = '+35799123456';
    const own = await stack.addApplication();
    const first = await startWith(own.api, 'served', { ...fields, recipient });
    const price = await stack.database.prices.findOneAndDelete({ _id: 'CY:sms' });
    await stack.database.applications.updateOne({ _id: own.applicationId }, { $set: { 'settings.maxParts': 0 } });
    try {
      const again = await startWith(own.api, 'served', { ...fields, recipient });
      expect([again.status, again.body]).toEqual([200, first.body]);
      expect((await startWith(own.api, 'another', { ...fields, recipient })).body.code).toBe('400005000');
    } finally {
      if (price) await stack.database.prices.insertOne(price);
    }
  });

  test('that cannot be kept is 400005000', async () => {
    const { status, body } = await startWith(app.api, 'x'.repeat(256));
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', ['Idempotency-Key']]);
  });

  test('on confirm returns the first verdict and counts one try, wrong or right', async () => {
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    const wrong = await Promise.all([1, 2, 3].map(() => confirmWith(trackingId, 'w', wrongCode(code))));
    expect(wrong.map(({ body }) => body.code)).toEqual(['400011005', '400011005', '400011005']);
    expect((await app.api.status(trackingId)).body.timesTried).toBe(1);
    const right = [await confirmWith(trackingId, 'r', code), await confirmWith(trackingId, 'r', code)];
    expect(right.map(({ body }) => body.status)).toEqual(['Verified', 'Verified']);
    expect((await confirmWith(trackingId, 'other', code)).body.code).toBe('400011002');
    expect((await confirmWith(trackingId, 'w', code)).body.code).toBe('400011005');
    expect((await app.api.status(trackingId)).body.timesTried).toBe(2);
  });
});
