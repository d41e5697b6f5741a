// MongoDB away for a while with many verifications pending: all that are due end soon after its return, nothing is lost.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFreePort } from '../../local/ports.ts';
import { type MongoServer, startMongo } from '../../local/servers/mongodb.ts';
import { openSandboxMessage } from '../../secrets/sandbox-message.ts';
import { resultOf, signalAnswer, signalCancellation } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, ledgerOf } from '../support/ledger.ts';
import { type Opened, openMany } from '../support/open-many.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

/** The suite is content with a short outage; 60 s and 200 give figures worth quoting. */
const OUTAGE_MS = Number(process.env.MONGODB_OUTAGE_SECONDS ?? 10) * 1_000;
const PENDING = Number(process.env.MONGODB_OUTAGE_PENDING ?? 60);
/** Verifications whose send is under way when the database dies. */
const IN_FLIGHT = 5;
/** What was due must have ended by then, in ms after the return: 5 s are meant, and a busy machine takes its time. */
const WITHIN_MS = 10_000;
/** A sandbox number: whether the message left is never known, so its money is given back when all is over. */
const NEVER_ANSWERS = '+12025550104';
const PRICE = 45_000;
const FIRST_BALANCE = 1_000_000_000;

let folder: string;
let port: number;
let mongodb: MongoServer;
let stack: Stack;
let app: TestApplication;

const start = () =>
  startMongo({ port, dataDir: join(folder, 'data'), logFile: join(folder, 'mongodb.log'), report: () => {} });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twostep-mongodb-'));
  port = await anyFreePort();
  mongodb = await start();
  stack = await createStack({ servers: { mongodbUrl: mongodb.url } });
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(async () => {
  await stack?.stop();
  await mongodb?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The code of each verification, once every message is charged. */
async function codesOf(count: number): Promise<Map<string, string>> {
  await eventually('every charge', async () => {
    const rows = await ledgerOf(stack.database, app.accountId);
    return rows.filter((row) => row.kind === 'charge').length === count;
  });
  const kept = await stack.database.sandboxMessages.find({}).toArray();
  return new Map(
    kept.map((message) => [message.trackingId, /\d{6}/.exec(openSandboxMessage(stack.ring, message).text)?.[0] ?? '']),
  );
}

const passed = (at: number) => eventually('the moment', async () => Date.now() >= at, OUTAGE_MS + 30_000);

/** Opens what the outage will find pending, a fifth of each kind; all but the doubtful are charged, some more are in flight. */
async function openAll() {
  const fifth = Math.floor(PENDING / 5);
  const lifetimeInSeconds = Math.ceil(OUTAGE_MS / 2_000) + 10 + Math.ceil(PENDING / 8);
  const lasting = await openMany(app.api, fifth);
  const confirmed = await openMany(app.api, fifth);
  const cancelled = await openMany(app.api, fifth);
  const doubtful = await openMany(app.api, fifth, { recipient: NEVER_ANSWERS });
  const expiring = await openMany(app.api, fifth, { lifetimeInSeconds });
  const codes = await codesOf(4 * fifth);
  const cutShort = await openMany(app.api, IN_FLIGHT);
  const codeOf = ({ trackingId }: Opened) => codes.get(trackingId) ?? '';
  return { lasting, confirmed, cancelled, doubtful, expiring, cutShort, codeOf };
}

type AllOpened = Awaited<ReturnType<typeof openAll>>;

/** What an api does that had made its checks just before, and what it answers to those who come later. */
async function comeMeanwhile({ lasting, confirmed, cancelled, doubtful, codeOf }: AllOpened) {
  await Promise.all(confirmed.map((each) => signalAnswer(stack, each.trackingId, codeOf(each))));
  await Promise.all([...cancelled, ...doubtful].map((each) => signalCancellation(stack, each.trackingId)));
  const [{ trackingId }] = lasting as [Opened];
  const late = [
    app.api.start(),
    app.api.status(trackingId),
    app.api.confirm(trackingId, 'x'),
    app.api.cancel(trackingId),
  ];
  for (const { status, body, headers } of await Promise.all(late)) {
    expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', '2']);
  }
}

const outcomeOf = async ({ trackingId }: Opened) => ({ ...(await resultOf(stack, trackingId)), at: Date.now() });

test(
  'a database away keeps callers at 503000000; on its return all that is due ends within seconds, and money is exact',
  async ({ annotate }) => {
    const all = await openAll();
    if (mongodb.pid) process.kill(mongodb.pid, 'SIGKILL');
    const awayFrom = Date.now();
    await mongodb.process?.exited;
    await comeMeanwhile(all);
    const due = [...all.expiring, ...all.confirmed, ...all.cancelled, ...all.doubtful];
    const endings = Promise.all(due.map(outcomeOf));
    await passed(Math.max(awayFrom + OUTAGE_MS, ...all.expiring.map(({ expiresAt }) => expiresAt)));
    mongodb = await start();
    const backAt = Date.now();

    const outcomes = await endings;
    const expected = ['Expired', 'Verified', 'Cancelled', 'Cancelled'].flatMap((outcome) =>
      all.lasting.map(() => outcome),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(expected);
    const delays = outcomes.map(({ at }) => at - backAt).sort((a, b) => a - b);
    const slowest = delays.at(-1);
    const away = Math.round((backAt - awayFrom) / 1_000);
    await annotate(
      `${due.length} due after ${away} s away: half ended within ${delays[due.length >> 1]} ms of the return, all within ${slowest} ms`,
      'figures',
    );
    expect(slowest).toBeLessThan(WITHIN_MS);
    for (const [n, { trackingId }] of due.entries()) {
      expect((await app.api.status(trackingId)).body.status).toBe(expected[n]);
    }
    await settledExactly(all);
  },
  180_000 + 3 * OUTAGE_MS + PENDING * 500,
);

/** The rest is brought to its end; then whatever left is charged, and nothing else. */
async function settledExactly({ lasting, cutShort, codeOf }: AllOpened) {
  for (const each of lasting) {
    expect((await app.api.confirm(each.trackingId, codeOf(each))).body).toMatchObject({ status: 'Verified' });
  }
  for (const { trackingId } of cutShort) expect((await app.api.cancel(trackingId)).body.status).toBe('Cancelled');
  await Promise.all([...lasting, ...cutShort].map(outcomeOf));
  const sent = await stack.database.sandboxMessages.countDocuments({});
  expect(sent).toBeGreaterThanOrEqual(4 * lasting.length);
  const { available, reserved } = await expectExactLedger(stack.database, app.accountId);
  expect([available, reserved]).toEqual([FIRST_BALANCE - sent * PRICE, 0]);
}
