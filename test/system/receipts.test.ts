// Receipts over HTTP: what becomes of those that come in time, late, often, or from the wrong carrier.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendKey } from '../../domain/delivery.ts';
import { createReceiptTaker } from '../../receipts/take-receipt.ts';
import { startAdmin } from '../support/admin.ts';
import { type ApiAnswer, send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { atRest, resultOf } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { movementsOf } from '../support/ledger.ts';
import { addReportingCarrier, report, reportsOf } from '../support/receipts.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let owner: TestApplication;
let api: ReturnType<TestApp['client']>;
/** Paths of the carrier that sends, and of one that has nothing to do with it. */
const paths = { sandbox: '', acme: '' };
/** Accepted, and no more is heard of it but what a test reports. */
const SILENT = '+12025550109';

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  owner = await stack.addApplication();
  api = app.client(owner);
  paths.sandbox = await addReportingCarrier(stack, 'sandbox');
  paths.acme = await addReportingCarrier(stack, 'acme');
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const url = (path: string) => `${app.url}${path}`;
const delivered = (trackingId: string) => ({ messageId: sendKey(trackingId, 1), state: 'delivered' });
const timelineOf = async (trackingId: string) => (await api.request('GET', `/2step/${trackingId}/timeline`)).body;

/** One that was accepted, with nothing of it under way. */
async function accepted(recipient = SILENT): Promise<string> {
  const trackingId = await api.open({ recipient });
  await eventually('the acceptance', async () => (await timelineOf(trackingId)).events.length > 2);
  await atRest(stack, trackingId);
  return trackingId;
}

describe('a receipt', () => {
  test.each<[string, (receipt: Record<string, string>) => Promise<ApiAnswer>]>([
    ['JSON', (receipt) => report(url(paths.sandbox), receipt)],
    ['a form', (receipt) => send(url(paths.sandbox), { method: 'POST', body: new URLSearchParams(receipt) })],
    ['a query', (receipt) => send(url(`${paths.sandbox}?${new URLSearchParams(receipt)}`), {})],
  ])('as %s is told to its verification with what it says, and verifies nothing', async (_, ask) => {
    const trackingId = await accepted();
    const from = Date.now();
    const { status, body } = await ask({ ...delivered(trackingId), reason: '000' });
    expect([status, body]).toEqual([200, { received: 1 }]);
    const [told, ...more] = await reportsOf(stack, trackingId);
    expect(told).toEqual({
      n: 1,
      step: 1,
      carrier: 'sandbox',
      messageId: sendKey(trackingId, 1),
      state: 'delivered',
      reason: '000',
      at: expect.toSatisfy((at: number) => at >= from && at <= Date.now()),
    });
    expect(more).toEqual([]);
    expect((await api.status(trackingId)).body).toMatchObject({ status: 'Pending', timesTried: 0 });
  });

  test('of one message, sent 50 times at once, is 200 each time and told once', async () => {
    const trackingId = await accepted();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => report(url(paths.sandbox), delivered(trackingId))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await reportsOf(stack, trackingId)).toHaveLength(1);
    await report(url(paths.sandbox), { ...delivered(trackingId), state: 'undelivered', reason: 'EXPIRED' });
    // What its projection shows to be no news is not told: histories hold a bounded number of signals.
    const states = (await reportsOf(stack, trackingId)).map(({ state }) => state);
    expect(states).toEqual(['delivered']);
  });

  test('that names the send itself finds it without a message id, though nothing was remembered for it', async () => {
    const trackingId = await accepted('+12025550198');
    const reference = sendKey(trackingId, 1);
    expect(await stack.database.carrierMessages.countDocuments({ 'send.trackingId': trackingId })).toBe(0);
    expect((await report(url(paths.sandbox), { reference, state: 'delivered' })).status).toBe(200);
    expect(await reportsOf(stack, trackingId)).toMatchObject([{ n: 1, step: 1, state: 'delivered' }]);
  });

  test('that names the send makes its message id known, to every process: one by that id alone finds it', async () => {
    const trackingId = await accepted('+12025550198');
    const [messageId, early] = [randomUUID(), { state: 'underway', reason: 'ENROUTE' }];
    expect((await report(url(paths.sandbox), { messageId, ...early })).status).toBe(200);
    const reference = sendKey(trackingId, 1);
    expect((await report(url(paths.sandbox), { reference, messageId, state: 'underway' })).status).toBe(200);
    // The early one is no news once the other is shown.
    expect((await reportsOf(stack, trackingId))[0]).toMatchObject({ messageId, state: 'underway' });
    const { database, temporal } = stack;
    const elsewhere = createReceiptTaker({ database, temporal, warn: () => undefined });
    await elsewhere('sandbox', { messageId, state: 'undelivered', reason: 'EXPIRED' });
    expect((await reportsOf(stack, trackingId)).at(-1)).toMatchObject({
      n: 1,
      step: 1,
      messageId,
      state: 'undelivered',
      reason: 'EXPIRED',
    });
  });

  test('about a send of another carrier, a send there never was, or no verification at all, changes nothing', async () => {
    const trackingId = await accepted();
    const before = await timelineOf(trackingId);
    const forged: [string, Record<string, string>][] = [
      [paths.acme, { reference: sendKey(trackingId, 1) }],
      [paths.acme, { messageId: sendKey(trackingId, 1) }],
      [paths.acme, { reference: sendKey(trackingId, 1), messageId: sendKey(trackingId, 1) }],
      [paths.sandbox, { reference: sendKey(trackingId, 2) }],
      [paths.sandbox, { reference: `${sendKey(trackingId, 1)}.1` }],
      [paths.sandbox, { reference: trackingId }],
      [paths.sandbox, { reference: sendKey(randomUUID(), 1) }],
      [paths.sandbox, { messageId: trackingId }],
    ];
    for (const [path, name] of forged) {
      expect((await report(url(path), { ...name, state: 'undelivered' })).body).toEqual({ received: 1 });
    }
    expect(await reportsOf(stack, trackingId)).toEqual([]);
    expect(await timelineOf(trackingId)).toEqual(before);
    expect((await api.confirm(trackingId, await api.code(trackingId, SILENT))).body.status).toBe('Verified');
  });
});

describe('the sandbox reports', () => {
  test.each([
    ['+12025550105', 'undelivered', 'UNREACHABLE'],
    ['+12025550106', 'delivered', undefined],
    ['+12025550107', 'delivered', undefined],
  ])('to %s that it was %s, once', async (recipient, state, reason) => {
    const trackingId = await accepted(recipient);
    const reports = await eventually('the report', async () => {
      const found = await reportsOf(stack, trackingId);
      return found.length > 0 && found;
    });
    expect(reports).toMatchObject([{ n: 1, step: 1, carrier: 'sandbox', state, ...(reason && { reason }) }]);
  });
});

describe('a receipt that comes late', () => {
  const lateSentence = 'Send 1 by sandbox was not delivered: EXPIRED; told after the end, it changes nothing';
  const undelivered = (trackingId: string) => ({ ...delivered(trackingId), state: 'undelivered', reason: 'EXPIRED' });
  const receiptsIn = async (trackingId: string) =>
    (await timelineOf(trackingId)).events.filter(({ event }: { event: string }) => event === 'receipt');

  test('stands in the timeline once, also in that of operators, and changes neither status nor money', async () => {
    const trackingId = await accepted();
    await api.confirm(trackingId, await api.code(trackingId, SILENT));
    await resultOf(stack, trackingId);
    const before = [(await api.status(trackingId)).body, await api.balance()];
    for (let again = 0; again < 2; again += 1) {
      expect((await report(url(paths.sandbox), undelivered(trackingId))).status).toBe(200);
    }
    expect(await receiptsIn(trackingId)).toEqual([
      { at: expect.any(String), event: 'receipt', sentence: lateSentence },
    ]);
    expect([(await api.status(trackingId)).body, await api.balance()]).toEqual(before);
    expect(await movementsOf(stack.database, owner.accountId, trackingId)).toEqual(['reserve', 'charge']);
    const admin = await startAdmin(stack);
    const operator = await admin.operator();
    const { events } = await operator.get('GET', `/admin/verifications/${trackingId}`);
    expect(events.map(({ sentence }: { sentence: string }) => sentence)).toContain(lateSentence);
    await admin.close();
  });

  test('for a workflow that was terminated stands there, too', async () => {
    const trackingId = await accepted();
    await stack.temporal.workflow.getHandle(trackingId).terminate('by a test');
    expect((await report(url(paths.sandbox), undelivered(trackingId))).status).toBe(200);
    expect(await receiptsIn(trackingId)).toHaveLength(1);
  });

  test('for a verification that was deleted leaves nothing', async () => {
    const trackingId = await accepted();
    await api.cancel(trackingId);
    await resultOf(stack, trackingId);
    await stack.database.verifications.deleteOne({ _id: trackingId });
    expect((await report(url(paths.sandbox), undelivered(trackingId))).status).toBe(200);
    expect(await stack.database.lateReceipts.findOne({ _id: trackingId })).toBeNull();
  });
});
