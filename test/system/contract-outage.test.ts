// CONTRACT 503000000: with the database, the engine or the worker away every endpoint says so in time, with Retry-After.
import { randomUUID } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../api/engine.ts';
import { anyFreePort } from '../../local/ports.ts';
import { signToken } from '../../secrets/access-token.ts';
import { openDatabase } from '../../store/database.ts';
import { type ApiAnswer, type ApiClient, send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let application: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  application = await stack.addApplication();
});
afterAll(() => stack?.stop());

function expectUnavailable({ status, body, headers }: ApiAnswer) {
  expect(body).toStrictEqual({ code: '503000000', developerMessage: 'Temporarily unavailable, see Retry-After' });
  expect(status).toBe(503);
  expect(headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
}

/** Runs it and tells how long it took, in milliseconds. */
async function timed<T>(run: () => Promise<T>): Promise<[T, number]> {
  const from = Date.now();
  return [await run(), Date.now() - from];
}

/** A port that takes connections and never says a word, as a frozen server does. */
async function silentPort() {
  const sockets: { destroy(): void }[] = [];
  const server = createServer((socket) => void sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

describe.each(['refuses connections', 'takes connections and is silent'])('with a database that %s', (how) => {
  let app: TestApp;
  let authorization: string;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    const silent = how.includes('silent') ? await silentPort() : undefined;
    const database = openDatabase(`mongodb://127.0.0.1:${silent?.port ?? (await anyFreePort())}`, 'away');
    app = await startApp(stack, { database });
    closing.push(app.close, database.close, () => silent?.close());
    const { applicationId, accountId, secretId } = application;
    authorization = `Bearer ${await signToken(stack.ring, { applicationId, accountId, epoch: 1, secretId }, 60)}`;
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  test.each([
    'POST /2step',
    `POST /2step/${randomUUID()}?answer=1`,
    `GET /2step/${randomUUID()}`,
    `DELETE /2step/${randomUUID()}`,
    `POST /2step/${randomUUID()}/resend`,
    `GET /2step/${randomUUID()}/timeline`,
    'GET /2step/reports',
    'GET /2step/reports/applications/x',
    'GET /accounts/me/balance',
    'GET /accounts/me/ledger',
    'GET /accounts/me/transactions',
    'GET /system/prices',
    'GET /sandbox/messages?recipient=%2B306948530920',
    'POST /oauth/token?grant_type=client_credentials',
    'POST /carriers/acme/receipts/secret',
    'GET /carriers/acme/receipts/secret?state=delivered',
  ])('%s is 503000000 within 4 s', async (endpoint) => {
    const [method = '', path = ''] = endpoint.split(' ');
    const { applicationId, applicationSecret } = application;
    const basic = `Basic ${btoa(`${applicationId}:${applicationSecret}`)}`;
    const headers = { Authorization: path.startsWith('/oauth') ? basic : authorization };
    const [answer, ms] = await timed(() => send(`${app.url}${path}`, { method, headers }));
    expectUnavailable(answer);
    expect(ms).toBeLessThan(4_000);
  });

  test('/readyz is 503 and names it, /livez is 200, and what needs no database is answered as ever', async () => {
    const { status, body, headers } = await send(`${app.url}/readyz`, {});
    expect(body).toEqual({ status: 'unavailable', checks: { mongodb: false, temporal: true } });
    expect(status).toBe(503);
    expect(headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    expect((await send(`${app.url}/livez`, {})).status).toBe(200);
    expect((await send(`${app.url}/2step`, { method: 'POST' })).body.code).toBe('401000000');
    expect((await send(`${app.url}/nowhere`, {})).body.code).toBe('404000000');
  });
});

test('a database that comes after the API is found without a restart', async () => {
  const port = await anyFreePort();
  const database = openDatabase(`mongodb://127.0.0.1:${port}`, stack.database.db.databaseName);
  const app = await startApp(stack, { database });
  const ready = async () => (await send(`${app.url}/readyz`, {})).status === 200;
  expect(await ready()).toBe(false);
  const server = createServer((socket) => {
    const real = connect(Number(new URL(stack.env.MONGODB_URL ?? '').port), '127.0.0.1');
    for (const [from, to] of [
      [socket, real],
      [real, socket],
    ] as const)
      from.on('error', () => to.destroy()).pipe(to);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await eventually('ready', ready);
  expect(await app.client(application).balance()).toBe(1000);
  await Promise.all([app.close(), database.close()]);
  await new Promise((resolve) => server.close(resolve));
});

describe('with a running verification', () => {
  let app: TestApp;
  let api: ApiClient;
  let worker: Awaited<ReturnType<Stack['startWorker']>>;

  beforeAll(async () => {
    [app, worker] = await Promise.all([startApp(stack), stack.startWorker()]);
    api = app.client(application);
  });
  afterAll(() => app?.close());

  test('and the engine away: commands and starts are 503000000, nothing is charged, GET and balance go on', async () => {
    const trackingId = await api.open();
    const code = await api.code(trackingId);
    const balance = await api.balance();
    const connection = Connection.lazy({ address: `127.0.0.1:${await anyFreePort()}` });
    const engine = createEngine(new Client({ connection, namespace: stack.temporal.options.namespace }));
    const away = await startApp(stack, { engine });
    const client = away.client(application);
    const [start, confirmed, cancelled, ready] = await Promise.all([
      timed(() => client.start()),
      timed(() => client.confirm(trackingId, code)),
      timed(() => client.cancel(trackingId)),
      timed(() => send(`${away.url}/readyz`, {})),
    ]);
    for (const [answer] of [start, confirmed, cancelled]) expectUnavailable(answer);
    // A call gives up after 4 s and the client's last pause between its tries; a start then says that it was given up.
    expect(start[1]).toBeLessThan(16_000);
    for (const [, ms] of [confirmed, cancelled, ready]) expect(ms).toBeLessThan(8_000);
    expect(ready[0].status).toBe(503);
    expect(ready[0].body.checks).toEqual({ mongodb: true, temporal: false });
    expect((await client.status(trackingId)).body).toMatchObject({ status: 'Pending', timesTried: 0 });
    expect(await client.balance()).toBe(balance);
    await away.close();
    await connection.close();
    expect((await api.confirm(trackingId, code)).body.status).toBe('Verified');
  });

  test('and the worker away: an answer is 503000000 after 5 s, kept, and judged when a worker is back', async () => {
    const trackingId = await api.open();
    const code = await api.code(trackingId);
    await worker.kill();
    const [answer, ms] = await timed(() => api.confirm(trackingId, code));
    expectUnavailable(answer);
    expect(ms).toBeGreaterThanOrEqual(4_990);
    expect(ms).toBeLessThan(8_000);
    expect((await api.status(trackingId)).body).toMatchObject({ status: 'Pending', timesTried: 0 });
    worker = await stack.startWorker();
    const { body } = await eventually('Verified', async () => {
      const now = await api.status(trackingId);
      return now.body.status === 'Verified' && now;
    });
    expect(body.timesTried).toBe(1);
  });
});
