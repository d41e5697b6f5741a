// Receipts over HTTP: who may send them, what becomes of those that come early, late, often, or from the wrong carrier.
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renewReceiptPath } from '../../admin/receipt-secret.ts';
import { sendKey } from '../../domain/delivery.ts';
import { anyFreePort } from '../../local/ports.ts';
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
const secretOf = (path: string) => path.split('/').at(-1) ?? '';

/** One that was accepted, with nothing of it under way. */
async function accepted(recipient = SILENT): Promise<string> {
  const trackingId = await api.open({ recipient });
  await eventually('the acceptance', async () => (await timelineOf(trackingId)).events.length > 2);
  await atRest(stack, trackingId);
  return trackingId;
}

describe('whoever has no secret', () => {
  test.each<[string, () => string]>([
    ['an unknown carrier', () => `/carriers/nobody/receipts/${secretOf(paths.acme)}`],
    ["another carrier's secret", () => `/carriers/sandbox/receipts/${secretOf(paths.acme)}`],
    ['a wrong secret', () => `/carriers/acme/receipts/${'x'.repeat(43)}`],
    ['part of the secret', () => paths.acme.slice(0, -1)],
    ['no secret', () => '/carriers/acme/receipts/'],
  ])('is 404000000 with %s, whatever is sent', async (_, path) => {
    const asked: Promise<ApiAnswer>[] = [
      report(url(path()), { messageId: 'm', state: 'delivered' }),
      send(url(path()), { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } }),
      send(url(`${path()}?messageId=m&state=delivered`), { method: 'GET' }),
    ];
    for (const { status, body } of await Promise.all(asked)) {
      expect(body).toStrictEqual({ code: '404000000', developerMessage: 'No such path' });
      expect(status).toBe(404);
    }
  });

  test('is 404000000 with a secret that was replaced, and where receipts do not come over HTTP', async () => {
    const old = await addReportingCarrier(stack, 'renewed');
    const renewed = await renewReceiptPath({ database: stack.database, actor: 'test' }, stack.ring, 'renewed');
    const receipt = { messageId: 'm', state: 'underway' };
    expect((await report(url(old), receipt)).body.code).toBe('404000000');
    expect((await report(url(renewed), receipt)).status).toBe(200);
    const smpp = await addReportingCarrier(stack, 'gateway', 'smpp');
    expect((await report(url(smpp), receipt)).body.code).toBe('404000000');
  });
});

describe('a receipt', () => {
  test('that is none is 400005000, one without end 413000000, one of another media type 415000000', async () => {
    const post = (body: string, type = 'application/json') =>
      send(url(paths.acme), { method: 'POST', body, headers: { 'Content-Type': type } });
    for (const body of ['{', '[]', '{}', '{"messageId":"m"}', '{"messageId":"m","state":"verified"}']) {
      const answer = await post(body);
      expect([answer.body.code, Object.keys(answer.body.properties)]).toEqual(['400005000', ['body']]);
    }
    expect((await send(url(`${paths.acme}?state=x`), {})).body.code).toBe('400005000');
    expect((await post(JSON.stringify({ text: 'x'.repeat(65_537) }))).body.code).toBe('413000000');
    expect((await post('x', 'text/plain')).body.code).toBe('415000000');
  });

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
    const states = (await reportsOf(stack, trackingId)).map(({ state }) => state);
    expect(states).toEqual(['delivered', 'undelivered']);
  });

  test('that names the send itself finds it without a message id, though nothing was remembered for it', async () => {
    const trackingId = await accepted('+12025550198');
    const reference = sendKey(trackingId, 1);
    expect(await stack.database.carrierMessages.countDocuments({ 'send.trackingId': trackingId })).toBe(0);
    expect((await report(url(paths.sandbox), { reference, state: 'delivered' })).status).toBe(200);
    expect(await reportsOf(stack, trackingId)).toMatchObject([{ n: 1, step: 1, state: 'delivered' }]);
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

  test('without a send is taken, until too many wait: then it is 503000000 with Retry-After', async () => {
    const log: string[] = [];
    const { database, temporal } = stack;
    const warn = (line: string) => void log.push(line);
    const takeReceipt = createReceiptTaker({ database, temporal, warn, mostUnmatched: 1 });
    expect((await report(url(paths.acme), { messageId: randomUUID(), state: 'delivered' })).status).toBe(200);
    const full = await startApp(stack, { takeReceipt });
    try {
      const known = await accepted();
      const { status, body, headers } = await report(`${full.url}${paths.acme}`, {
        messageId: randomUUID(),
        state: 'delivered',
      });
      expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', '60']);
      expect(log).toEqual([expect.stringContaining('1 receipts wait')]);
      expect((await report(`${full.url}${paths.sandbox}`, delivered(known))).status).toBe(200);
    } finally {
      await full.close();
    }
  });
});

test('a receipt with the engine away is 503000000, kept, and told when it is sent again', async () => {
  const trackingId = await accepted();
  const connection = Connection.lazy({ address: `127.0.0.1:${await anyFreePort()}` });
  const { namespace, dataConverter } = stack.temporal.options;
  const temporal = new Client({ connection, namespace, dataConverter });
  const away = await startApp(stack, {
    takeReceipt: createReceiptTaker({ database: stack.database, temporal, warn: () => undefined }),
  });
  const from = Date.now();
  const { status, body, headers } = await report(`${away.url}${paths.sandbox}`, delivered(trackingId));
  expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', '2']);
  expect(Date.now() - from).toBeLessThan(8_000);
  await Promise.all([away.close(), connection.close()]);
  expect((await report(url(paths.sandbox), delivered(trackingId))).status).toBe(200);
  expect(await reportsOf(stack, trackingId)).toMatchObject([{ state: 'delivered' }]);
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

test('no log and no document holds the secret of a path', async () => {
  await report(url(paths.acme), { messageId: 'm', state: 'delivered' });
  await report(url(`${paths.acme}x`), { messageId: 'm', state: 'delivered' });
  const documents = await stack.database.carriers.find().toArray();
  const trail = await stack.database.audit.find().toArray();
  const written = [...app.log, JSON.stringify(documents), JSON.stringify(trail)].join('\n');
  expect(written).toContain('/carriers/:name/receipts/:secret');
  for (const path of Object.values(paths)) expect(written).not.toContain(secretOf(path));
});
