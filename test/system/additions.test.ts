// Our additions to the contract, through HTTP: idempotency keys, resend, timeline, ledger, transactions, prices, reports.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type ApiAnswer, type ApiClient, wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

const fields = { method: 'sms', recipient: '+306948530920' };
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
    await stack.temporal.workflow
      .getHandle(trackingId)
      .signal('cancellation', { attemptId: 'x', receivedAt: Date.now() });
    await stack.temporal.workflow.getHandle(trackingId).result();
    expect(await own.api.balance()).toBe(9.955);
    expect(await stack.database.verifications.countDocuments({ accountId: own.accountId })).toBe(1);
  });

  test('with another body is 409000000, and another application may use the same key', async () => {
    const first = await startWith(app.api, 'k');
    const other = await startWith(app.api, 'k', { ...fields, maxRetries: 5 });
    expect([first.status, other.status, other.body.code]).toEqual([200, 409, '409000000']);
    const stranger = await stack.addApplication();
    expect((await startWith(stranger.api, 'k')).body.trackingId).not.toBe(first.body.trackingId);
  });

  test('used again after its 24 hours is a new start', async () => {
    const first = await startWith(app.api, 'old');
    const { trackingId } = first.body;
    await stack.database.idempotency.updateOne(
      { trackingId },
      { $set: { createdAt: new Date(Date.now() - 86_400_001) } },
    );
    const again = await startWith(app.api, 'old');
    expect(again.status).toBe(200);
    expect(again.body.trackingId).not.toBe(trackingId);
    expect((await startWith(app.api, 'old')).body.trackingId).toBe(again.body.trackingId);
  });

  test('whose start was refused with 400001009 is free for another try', async () => {
    const poor = await stack.addApplication({ balance: 0 });
    expect((await startWith(poor.api, 'again')).body.code).toBe('400001009');
    await stack.database.accounts.updateOne({ _id: poor.accountId }, { $set: { creditLimit: 1_000_000 } });
    expect((await startWith(poor.api, 'again')).status).toBe(200);
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

describe('a resend', () => {
  const resend = (trackingId: string, body: unknown = {}) => app.api.json('POST', `/2step/${trackingId}/resend`, body);

  test('is 429000000 within the cool-down, then sends the same code once more for the price of a send', async () => {
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    const early = await resend(trackingId);
    expect([early.status, early.body.code]).toEqual([429, '429000000']);
    expect(Number(early.headers.get('Retry-After'))).toBeGreaterThan(20);
    const before = await app.api.balance();
    const answers = await eventually(
      'the cool-down is over',
      async () => {
        const both = await Promise.all([
          resend(trackingId, { method: 'voice' }),
          resend(trackingId, { method: 'voice' }),
        ]);
        return both.some(({ status }) => status === 200) && both;
      },
      40_000,
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    const messages = await eventually('the second message', async () => {
      const found = await app.api.delivered(trackingId);
      return found.length === 2 && found;
    });
    expect(messages.map(({ method }) => method)).toEqual(['sms', 'voice']);
    expect(messages[1]?.text).toContain(code);
    expect(await app.api.balance()).toBe(Math.round((before - 0.055) * 1e6) / 1e6);
    expect((await app.api.confirm(trackingId, code)).body.status).toBe('Verified');
    expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({ charged: 100_000 });
    expect((await resend(trackingId)).body.code).toBe('400011002');
  }, 90_000);

  test('by a method that cannot reach the number, or none at all, is 400005000 with properties.method', async () => {
    const trackingId = await app.api.open();
    await stack.database.verifications.updateOne({ _id: trackingId }, { $set: { methods: ['sms'] } });
    for (const method of ['voice', 'pigeon']) {
      const { body } = await resend(trackingId, { method });
      expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['method']]);
    }
  });
});

describe('the timeline', () => {
  test('tells the story with a sentence for each event and why it ended', async () => {
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    await app.api.confirm(trackingId, wrongCode(code));
    await app.api.confirm(trackingId, code);
    await stack.temporal.workflow.getHandle(trackingId).result();
    const { body } = await app.api.request('GET', `/2step/${trackingId}/timeline`);

    expect(body).toMatchObject({
      status: 'Verified',
      why: 'right answer at try 2',
      recipient: '+30***920',
      price: 0.045,
    });
    expect(body.events.map(({ event }: { event: string }) => event)).toEqual([
      'opened',
      'accepted',
      'charged',
      'wrongAnswer',
      'verified',
    ]);
    expect(JSON.stringify(body)).not.toContain(code);
  });
});

describe('money on the wire', () => {
  test('the ledger shows every movement, newest first, without gaps, page by page', async () => {
    const own = await stack.addApplication({ balance: 1 });
    const trackingId = await own.api.open();
    await own.api.confirm(trackingId, await own.api.code(trackingId));
    await stack.temporal.workflow.getHandle(trackingId).result();
    const { body } = await own.api.request('GET', '/accounts/me/ledger');
    expect(
      body.content.map(({ kind, number, balanceAfter }: Record<string, unknown>) => [number, kind, balanceAfter]),
    ).toEqual([
      [3, 'charge', 0.955],
      [2, 'reserve', 0.955],
      [1, 'topUp', 1],
    ]);
    const second = await own.api.request('GET', '/accounts/me/ledger?page=1&size=2');
    expect(second.body).toMatchObject({
      totalElements: 3,
      totalPages: 2,
      last: true,
      first: false,
      numberOfElements: 1,
    });
    expect(second.body.content[0].kind).toBe('topUp');
    expect((await own.api.request('GET', '/accounts/me/ledger?size=101')).body.properties).toHaveProperty('size');
  });

  test('transactions are top-ups only, in the shape of the contract, within from and to', async () => {
    const own = await stack.addApplication({ balance: 7 });
    const { body } = await own.api.request('GET', '/accounts/me/transactions?page=0&size=20');
    expect(body).toMatchObject({ totalElements: 1, totalPages: 1, first: true, last: true, number: 0, size: 20 });
    expect(body.content[0]).toMatchObject({
      transactionType: 'TopUp',
      amount: 7,
      balanceBefore: 0,
      balanceAfter: 7,
      actions: [],
    });
    const none = await own.api.request(
      'GET',
      `/accounts/me/transactions?from=${new Date(Date.now() + 1000).toISOString()}`,
    );
    expect(none.body.totalElements).toBe(0);
    expect((await own.api.request('GET', '/accounts/me/transactions?from=yesterday')).body.properties).toHaveProperty(
      'from',
    );
  });

  test('prices are listed by mobile country code and for a verification; another currency is 400005000', async () => {
    const all = (await app.api.request('GET', '/system/prices')).body;
    expect(all.sms.length).toBeGreaterThan(200);
    expect(all).toMatchObject({ lookup: { PerRequest: 0 }, currency: { code: 'EUR' } });
    expect(all.twoStep).toEqual({ SmsVerification: 0.06, VoiceVerification: 0.09 });
    const greek = (await app.api.request('GET', '/system/prices?mcc=202&service=TwoStep&currency=eur')).body;
    expect(greek).toEqual({ twoStep: { SmsVerification: 0.045, VoiceVerification: 0.055 }, currency: all.currency });
    const other = await app.api.request('GET', '/system/prices?currency=USD');
    expect([other.body.code, Object.keys(other.body.properties)]).toEqual(['400005000', ['currency']]);
  });
});

describe('reports', () => {
  test('count by status and country, for the account and one application; a foreign one is 404010002', async () => {
    const own = await stack.addApplication();
    const verified = await own.api.open();
    await own.api.confirm(verified, await own.api.code(verified));
    await own.api.cancel(await own.api.open({ recipient: '+12025550177' }));
    await own.api.open();
    const zero = { Pending: 0, Verified: 0, Cancelled: 0, Expired: 0, Failed: 0 };
    const { body } = await own.api.request('GET', '/2step/reports');
    expect(body).toMatchObject({
      total: 3,
      totals: { ...zero, Pending: 1, Verified: 1, Cancelled: 1 },
      perCountry: { GR: { ...zero, Pending: 1, Verified: 1 }, US: { ...zero, Cancelled: 1 } },
      conversionRate: 0.5,
    });
    expect(body.secondsToVerify).toBeGreaterThan(0);
    const path = `/2step/reports/applications/${own.applicationId}`;
    expect((await own.api.request('GET', path)).body).toEqual({ applicationId: own.applicationId, ...body });
    expect((await app.api.request('GET', path)).body.code).toBe('404010002');
    const later = new Date(Date.now() + 60_000).toISOString();
    expect((await own.api.request('GET', `/2step/reports?from=${later}`)).body).toMatchObject({
      total: 0,
      perCountry: {},
    });
  });
});
