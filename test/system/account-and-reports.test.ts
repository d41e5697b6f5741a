// Ledger, transactions, prices and reports through HTTP.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

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
    for (const from of [
      '"2026-01-01T00:00:00Z"',
      '%222026-01-01T00:00:00Z%22',
      '2015-11-11T15:00Z',
      '2015-11-11T15:00:00+0200',
      '2015-11-11T15:00:00%2B02:00',
      '2015-11-11T15:00',
      '2015-11-11',
    ]) {
      const { status, body } = await own.api.request('GET', `/accounts/me/transactions?from=${from}`);
      expect([status, body.totalElements], from).toEqual([200, 1]);
      expect((await own.api.request('GET', `/2step/reports?from=${from}`)).status).toBe(200);
    }
    for (const to of [
      '2026-02-30',
      '"2026-02-30T00:00Z"',
      '2026-13-01',
      '2026-04-31T10:00',
      '2026-02-29T00:00:00%2B02:00',
    ]) {
      const { status, body } = await own.api.request('GET', `/accounts/me/transactions?to=${to}`);
      expect([status, body.properties]).toEqual([
        400,
        { to: expect.stringContaining('names a day that does not exist: 2026-') },
      ]);
    }
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

  // Issue 12, A1.
  test.each([
    ['310', 'US', 0.009],
    ['311', 'US', 0.009],
    ['234', 'GB', 0.04],
    ['235', 'GB', 0.04],
    ['340', 'GP', 0.06],
    ['425', 'IL', 0.06],
    ['647', 'RE', 0.06],
    ['999', undefined, 0.06],
  ])('the price of %s is that of its main place, %s', async (mcc, main, price) => {
    const { sms, twoStep } = (await app.api.request('GET', `/system/prices?mcc=${mcc}`)).body;
    expect(twoStep.SmsVerification).toBe(price);
    expect(sms[0]?.iso).toBe(main);
    if (main) expect(sms[0].networks).toEqual([{ network: 'All networks', mnc: '', price }]);
  });

  test('every priced place is listed, one without a network of its own with an empty list', async () => {
    const { sms } = (await app.api.request('GET', '/system/prices')).body;
    const rows: { iso: string; mcc: string; networks: unknown[] }[] = sms;
    const priced = await stack.database.prices.distinct('country', { method: 'sms' });
    expect(new Set(rows.map(({ iso }) => iso))).toEqual(new Set(priced.filter((country) => country !== 'default')));
    const without = rows.filter(({ networks }) => networks.length === 0);
    expect(without.map(({ iso }) => iso)).toEqual(['AC', 'AX', 'EH', 'IO', 'SJ', 'TA', 'VA']);
    expect(without.every(({ mcc }) => mcc === '')).toBe(true);
    expect(rows.filter(({ mcc }) => mcc === '340').map(({ iso }) => iso)).toEqual(['GP', 'BL', 'MF', 'MQ']);
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
