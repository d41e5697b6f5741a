// Thousands of random operations while workers, API and database are killed; in the end every cent, message and callback is
// accounted for. SOAK_OPERATIONS and SOAK_SEED choose size and course; `npm run soak` runs 10,000.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { topUp } from '../../admin/funds.ts';
import { verificationRuns } from '../../admin/verification-runs.ts';
import { anyFreePort } from '../../local/ports.ts';
import { startMongo } from '../../local/servers/mongodb.ts';
import { ledgerRows } from '../../store/ledger.ts';
import { auditLedger } from '../../store/ledger-audit.ts';
import { eventually } from '../support/eventually.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { type Restartable, restartable } from '../support/restartable.ts';
import { type Budget, type Known, playOne } from '../support/soak-client.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const OPERATIONS = Number(process.env.SOAK_OPERATIONS ?? 300);
const SEED = Number(process.env.SOAK_SEED ?? 1);
const CUSTOMERS = Number(process.env.SOAK_CUSTOMERS ?? 12);
const CRASH_EVERY_MS = Number(process.env.SOAK_CRASH_EVERY_MS ?? 8_000);

let folder: string;
let stack: Stack;
let receiver: Receiver;
let parts: Restartable[];
let apps: TestApplication[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twostep-soak-'));
  receiver = await startReceiver();
  const port = await anyFreePort();
  const place = { port, dataDir: join(folder, 'mongodb'), logFile: join(folder, 'mongodb.log') };
  const mongodb = await restartable('MongoDB', () => startMongo(place));
  stack = await createStack({ servers: { mongodbUrl: `mongodb://127.0.0.1:${port}/?retryWrites=false` } });
  const env = { CALLBACK_ALLOWED_HOSTS: receiver.host, LOG_LEVEL: 'warn' };
  parts = [
    mongodb,
    await restartable('worker 1', () => stack.startWorker({ ...env, LOG_LEVEL: 'info' })),
    await restartable('worker 2', () => stack.startWorker({ ...env, LOG_LEVEL: 'info' })),
    await restartable('API', () => stack.startApi()),
  ];
  apps = await Promise.all(
    [100_000, 100_000, 100_000, 1].map((balance) => stack.addApplication({ balance, callback: { url: receiver.url } })),
  );
});
afterAll(async () => {
  await stack?.stop();
  await Promise.all((parts ?? []).map((part) => part.stop()));
  await receiver?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test(`after ${OPERATIONS} random operations with kills nothing is lost, doubled or charged twice`, async () => {
  const random = mulberry32(SEED);
  const budget: Budget = { left: OPERATIONS, done: 0 };
  let playing = true;
  const crashes = (async () => {
    const counts: Record<string, number> = {};
    while (playing) {
      await new Promise((resolve) => setTimeout(resolve, CRASH_EVERY_MS));
      const part = parts[Math.floor(random() * parts.length)];
      if (!playing || !part) break;
      await part.crash();
      counts[part.name] = (counts[part.name] ?? 0) + 1;
    }
    return counts;
  })();
  const played = (
    await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => customer(index, random, budget)))
  ).flat();
  playing = false;
  const killed = await crashes;
  await Promise.all(played.map(({ known }) => stack.temporal.workflow.getHandle(known.trackingId).result()));

  const wrong: string[] = [];
  for (const { known, app } of played) wrong.push(...(await differences(known, app)));
  for (const app of apps) wrong.push(...(await moneyDifferences(app)));
  for (const app of apps) wrong.push(...(await reportDifferences(app, played)));
  const audit = await auditLedger(stack.database, {
    runs: verificationRuns(stack.temporal),
    actor: 'soak',
    abandonedAfterMs: 0,
  });
  expect(wrong).toEqual([]);
  expect(audit).toMatchObject({ differenceCount: 0 });
  expect(budget.done).toBe(OPERATIONS);
  const resent = played.reduce((sum, { known }) => sum + known.promisedSends - 1, 0);
  process.stderr.write(
    `soak: ${OPERATIONS} operations, ${played.length} verifications, ${resent} resends, killed ${JSON.stringify(killed)}; ${audit.sentence}\n`,
  );
}, 3_600_000);

async function customer(index: number, random: () => number, budget: Budget) {
  const played: { known: Known; app: TestApplication }[] = [];
  // The last account is poor and has few customers.
  const app = apps[index % 8 === 7 ? 3 : index % 3];
  while (app && budget.left > 0) {
    const known = await playOne(app.api, random, budget);
    if (known === 'insufficientBalance') await payIn(app.accountId);
    else if (known) played.push({ known, app });
  }
  return played;
}

/** Tops up until it is answered; each reference counts once, however often the database was killed over it. */
async function payIn(accountId: string): Promise<void> {
  const reference = randomUUID();
  const pay = () => topUp({ database: stack.database, actor: 'soak' }, accountId, 200_000, reference);
  await eventually('the account is topped up', () => pay().then(Boolean, () => false), 120_000);
  await pay().catch(() => undefined);
}

/** What the service shows of one verification against what its customer was told. */
async function differences(known: Known, app: TestApplication): Promise<string[]> {
  const { trackingId } = known;
  const { status, timesTried } = (await app.api.status(trackingId)).body;
  const verification = await stack.database.verifications.findOne({ _id: trackingId });
  const count = (kind: string) => (verification?.sends ?? []).filter(({ outcome }) => outcome?.kind === kind).length;
  const messages = await stack.database.sandboxMessages.countDocuments({ trackingId });
  const found: string[] = [];
  const differ = (what: string, is: unknown, should: unknown) => {
    if (is !== should) found.push(`${trackingId}: ${what} is ${is}, should be ${should}`);
  };
  // A kill can eat up so much of a short life that its message is not worth sending any more: it fails, if it still lives.
  const neverLeft = (verification?.sends ?? []).every(({ outcome }) => outcome?.kind === 'notSent');
  const failed = known.ending === undefined && neverLeft && status === 'Failed';
  differ('status', status, failed ? 'Failed' : (known.ending ?? 'Expired'));
  differ('timesTried', timesTried, known.judged);
  differ('sends', verification?.sends.length, known.promisedSends);
  // An unknown outcome says that there may be a message.
  const surely = count('accepted');
  if (messages < surely || messages > surely + count('unknown')) differ('messages', messages, surely);
  if (found.length > 0) found.push(JSON.stringify({ sends: verification?.sends, timeline: verification?.timeline }));
  const callback = await eventually(
    'the callback is over',
    async () => {
      const document = await stack.database.callbacks.findOne({ _id: trackingId });
      return document?.state === 'delivered' && document;
    },
    200_000,
  );
  const lost = callback.attempts.filter(({ outcome }) => outcome.kind !== 'delivered').length;
  const received = receiver.received.filter(({ body }) => body.trackingId === trackingId);
  if (received.length < 1 || received.length > 1 + lost)
    found.push(`${trackingId}: ${received.length} callbacks, ${lost} lost`);
  if (received.some(({ body }) => body.status !== status)) found.push(`${trackingId}: a callback told another status`);
  return found;
}

/** The report of an application counts exactly what its customers started. */
async function reportDifferences(
  app: TestApplication,
  played: { known: Known; app: TestApplication }[],
): Promise<string[]> {
  const mine = played.filter((each) => each.app === app);
  const { body } = await app.api.request('GET', '/2step/reports');
  const verified = mine.filter(({ known }) => known.ending === 'Verified').length;
  const { total, totals } = body;
  if (total === mine.length && totals.Verified === verified && totals.Pending === 0) return [];
  return [`The report says ${JSON.stringify(body)} of ${mine.length}, ${verified} verified`];
}

/** Every reservation closed once, rows without gaps, balances exact. */
async function moneyDifferences({ accountId }: TestApplication): Promise<string[]> {
  const account = await stack.database.accounts.findOne({ _id: accountId });
  if (!account) return [`${accountId} is gone`];
  const rows = (await ledgerRows(stack.database, account, 1, account.seq)).reverse();
  const found: string[] = [];
  let balance = 0;
  const open = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    if (row.seq !== index + 1) found.push(`row ${row.seq} stands at ${index + 1}`);
    if (row.before !== balance || row.after !== balance + row.delta) found.push(`row ${row.seq} does not follow`);
    balance = row.after;
    const [trackingId, about, n] = row._id.split(':');
    const key = `${trackingId}:${n}`;
    if (row.kind === 'reserve') open.set(key, row.amount);
    // A start that was given up bars its reservation; it moves nothing.
    else if (about === 'reserve') expect([row.kind, row.amount, row.delta]).toEqual(['release', 0, 0]);
    else if (row.kind === 'charge' || row.kind === 'release') {
      if (open.get(key) !== row.amount) found.push(`${row._id} closes nothing`);
      open.delete(key);
    }
  }
  if (balance !== account.available) found.push(`available is ${account.available}, should be ${balance}`);
  if (open.size > 0) found.push(`${open.size} reservations are open`);
  return found;
}

/** A small seeded generator, so that a course can be run again. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
