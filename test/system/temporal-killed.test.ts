// Temporal's server killed with SIGKILL and started again on the same data: nothing pending is lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFreePort } from '../../local/ports.ts';
import { startTemporal, type TemporalServer } from '../../local/servers/temporal.ts';
import { resultOf } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger } from '../support/ledger.ts';
import { type Opened, openMany } from '../support/open-many.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const PENDING = 12;

let folder: string;
let port: number;
let temporal: TemporalServer;
let stack: Stack;
let app: TestApplication;

const start = () =>
  startTemporal({
    port,
    namespace: 'unused',
    dataDir: folder,
    logFile: join(folder, 'temporal.log'),
    report: () => {},
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twostep-temporal-'));
  port = await anyFreePort();
  temporal = await start();
  stack = await createStack({ servers: { temporalAddress: temporal.address } });
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(async () => {
  await stack?.stop();
  await temporal?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('verifications pending when the engine is killed can be confirmed, cancelled and expire when it is back', async () => {
  const lasting = (await openMany(app.api, PENDING)).map(({ trackingId }) => trackingId);
  const codes = new Map<string, string>();
  for (const trackingId of lasting) codes.set(trackingId, await app.api.code(trackingId));
  const [tried = '', cancelled = '', ...rest] = lasting;
  expect((await app.api.confirm(tried, 'x')).body.code).toBe('400011005');
  const [expiring] = (await openMany(app.api, 1, { lifetimeInSeconds: 4 })) as [Opened];

  if (temporal.pid) process.kill(temporal.pid, 'SIGKILL');
  await temporal.process?.exited;
  const [away, asked] = await Promise.all([app.api.start(), app.api.confirm(tried, 'x')]);
  expect([away.status, away.body.code, away.headers.get('Retry-After')]).toEqual([503, '503000000', '2']);
  expect(asked.body.code).toBe('503000000');
  expect((await app.api.status(tried)).body).toMatchObject({ status: 'Pending', timesTried: 1 });
  temporal = await start();

  const shown = async () => (await app.api.status(expiring.trackingId)).body.status === 'Expired';
  await eventually('Expired', shown);
  await eventually('Cancelled', async () => (await app.api.cancel(cancelled)).status !== 503);
  expect((await app.api.status(cancelled)).body.status).toBe('Cancelled');
  const answers = await Promise.all([tried, ...rest].map((id) => app.api.confirm(id, codes.get(id) ?? '')));
  expect(answers.map(({ body }) => body.status)).toEqual(answers.map(() => 'Verified'));
  expect(answers.map(({ body }) => body.timesTried)).toEqual([2, ...rest.map(() => 1)]);
  await Promise.all([...lasting, expiring.trackingId].map((trackingId) => resultOf(stack, trackingId)));
  const { available, reserved } = await expectExactLedger(stack.database, app.accountId);
  // The one that expired may or may not have been sent when the engine died; whatever left is charged, and nothing else.
  const sent = (await app.api.messages('+306948530920')).length;
  expect(sent).toBeGreaterThanOrEqual(PENDING);
  expect([available, reserved]).toEqual([1e9 - sent * 45_000, 0]);
}, 120_000);
