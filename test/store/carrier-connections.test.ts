// Events of connections: one when a carrier was cut off, one when it is connected everywhere, whoever says so and how often.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CUT_OFF_AFTER_MS, seenConnections } from '../../domain/carrier.ts';
import { keepHealth } from '../../store/carrier-health.ts';
import { createConnectionWatch } from '../../worker/carrier-connections.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await createStack();
});
afterAll(async () => {
  await stack?.stop();
});
beforeEach(async () => {
  await Promise.all([stack.database.carrierHealth.deleteMany({}), stack.database.events.deleteMany({})]);
});

const LONG = CUT_OFF_AFTER_MS;
const began = Date.now();
const at = (ms: number) => new Date(began + ms);
const REASON = 'the SMSC refused the bind (ESME_RINVPASWD)';

/** A worker that looks at what it holds, its clock ahead by so much. */
function worker(name: string, ahead = 0) {
  const watch = createConnectionWatch(stack.database);
  let seen: ReturnType<typeof seenConnections>;
  return async (ms: number, bound: number, wanted = 1) => {
    const now = at(ms + ahead);
    seen = seenConnections({ wanted, bound, ...(bound < wanted && { reason: REASON }) }, seen, now);
    const health = { carrier: 'acme', worker: name, state: 'closed', since: at(0) } as const;
    const whole = { ...health, ...(seen && { connections: seen }) };
    await keepHealth(stack.database, whole);
    await watch.saw(whole, now);
  };
}

const told = async () => {
  const events = await stack.database.events.find().sort({ at: 1 }).toArray();
  return events.map(({ kind }) => kind);
};

test('a carrier that is never bound is told of once, with the reason, and once more when it is', async () => {
  const look = worker('a');
  for (const ms of [0, LONG - 1]) await look(ms, 0);
  expect(await told()).toEqual([]);
  for (const ms of [LONG, LONG + 1, 2 * LONG]) await look(ms, 0);
  expect(await stack.database.events.find().toArray()).toMatchObject([
    { kind: 'carrierDisconnected', carrier: 'acme', worker: 'a', reason: REASON },
  ]);
  for (const ms of [1, 2]) await look(2 * LONG + ms, 1);
  expect(await told()).toEqual(['carrierDisconnected', 'carrierConnected']);
  for (const ms of [3, 4]) await look(ms * LONG, 0);
  expect(await told()).toEqual(['carrierDisconnected', 'carrierConnected', 'carrierDisconnected']);
});

test('one that is bound, or is back within ten seconds, is not told of', async () => {
  const look = worker('a');
  for (const [ms, bound] of [
    [0, 0],
    [1, 1],
    [2, 0],
    [LONG, 1],
  ] as const)
    await look(ms, bound);
  expect(await told()).toEqual([]);
});

test('of two workers that say it at once one is heard, and the last one that is connected ends it', async () => {
  const [one, other] = [worker('a'), worker('b', 3_000)];
  await Promise.all([one(0, 0), other(0, 0)]);
  await Promise.all([one(LONG, 0), other(LONG, 0)]);
  expect(await told()).toEqual(['carrierDisconnected']);
  await one(2 * LONG, 1);
  expect(await told()).toHaveLength(1);
  await other(2 * LONG, 1);
  await one(2 * LONG + 2_000, 1);
  expect(await told()).toEqual(['carrierDisconnected', 'carrierConnected']);
});

test('what a worker left open that is gone is ended by the next one', async () => {
  const gone = worker('a', 60_000);
  for (const ms of [0, LONG]) await gone(ms, 0);
  await stack.database.carrierHealth.deleteMany({});
  const next = worker('b');
  await next(LONG + 1, 1);
  expect(await told()).toEqual(['carrierDisconnected', 'carrierConnected']);
  for (const ms of [2, 3]) await next(ms * LONG, 0);
  expect(await told()).toEqual(['carrierDisconnected', 'carrierConnected', 'carrierDisconnected']);
});
