// POST and GET of receipts: who may send them, what is refused, and when they are to be sent again.
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renewReceiptPath } from '../../admin/receipt-secret.ts';
import { sendKey } from '../../domain/delivery.ts';
import { anyFreePort } from '../../local/ports.ts';
import { createReceiptTaker } from '../../receipts/take-receipt.ts';
import { type ApiAnswer, send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { atRest } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
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
    const smpp = await addReportingCarrier(stack, 'gateway');
    await stack.database.carriers.updateOne({ _id: 'gateway' }, { $set: { type: 'smpp' } });
    expect((await report(url(smpp), receipt)).body.code).toBe('404000000');
  });
});

describe('a receipt', () => {
  test('that is none is 400005000, one without end 413000000, one packed in a way nobody knows 415000000', async () => {
    const post = (body: string, type = 'application/json') =>
      send(url(paths.acme), { method: 'POST', body, headers: { 'Content-Type': type } });
    for (const body of ['{', '[]', '{}', '{"messageId":"m"}', '{"messageId":"m","state":"verified"}']) {
      const answer = await post(body);
      expect([answer.body.code, Object.keys(answer.body.properties)]).toEqual(['400005000', ['body']]);
    }
    expect((await send(url(`${paths.acme}?state=x`), {})).body.code).toBe('400005000');
    expect((await post(JSON.stringify({ text: 'x'.repeat(65_537) }))).body.code).toBe('413000000');
    // Some types of carrier report in text and XML; this one does not.
    for (const type of ['text/plain', 'application/xml']) {
      expect((await post('<x/>', type)).body.code).toBe('400005000');
    }
    expect((await post('x', 'application/octet-stream')).body.code).toBe('400005000');
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'zip' };
    expect((await send(url(paths.acme), { method: 'POST', body: '{}', headers })).body.code).toBe('415000000');
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

test('no log and no document holds the secret of a path', async () => {
  await report(url(paths.acme), { messageId: 'm', state: 'delivered' });
  await report(url(`${paths.acme}x`), { messageId: 'm', state: 'delivered' });
  const documents = await stack.database.carriers.find().toArray();
  const trail = await stack.database.audit.find().toArray();
  const written = [...app.log, JSON.stringify(documents), JSON.stringify(trail)].join('\n');
  expect(written).toContain('/carriers/:name/receipts/:secret');
  for (const path of Object.values(paths)) expect(written).not.toContain(secretOf(path));
});
