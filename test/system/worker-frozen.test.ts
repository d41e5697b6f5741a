// Workers that stop in the middle (SIGSTOP) and wake up later: money moves once, callers are served meanwhile.
import { afterAll, beforeAll, describe, type ExpectStatic, test } from 'vitest';
import type { ApiAnswer } from '../support/api-client.ts';
import { resultOf, workflowIds } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, ledgerOf } from '../support/ledger.ts';
import { createOwnStack, type OwnStack } from '../support/own-stack.ts';
import type { TestApplication } from '../support/stack.ts';

const RECIPIENT = '+306948530920';

const stops: OwnStack['stop'][] = [];
let made: Awaited<ReturnType<typeof frozenOverReservation>>;
let refused: Awaited<ReturnType<typeof frozenOverReservation>>;
let pair: Awaited<ReturnType<typeof twoWorkers>>;

// Before the tests, so that no starting process takes time from a start that is under way.
beforeAll(async () => {
  made = await frozenOverReservation();
  refused = await frozenOverReservation();
  pair = await twoWorkers();
});
afterAll(() => Promise.all(stops.map((stop) => stop())));

async function prepared() {
  const own = await createOwnStack();
  stops.push(own.stop);
  return own;
}

/** One worker that will sleep before it reserves, and one that stands by. */
async function frozenOverReservation() {
  const { stack, app } = await prepared();
  const [standby, sleeper] = await Promise.all([
    startFreezingWorker(stack, 'before asking for work'),
    startFreezingWorker(stack, 'before reserving'),
  ]);
  await standby.frozen();
  return { stack, app, standby, sleeper };
}

async function twoWorkers() {
  const { stack, app } = await prepared();
  const [sleeper] = await Promise.all([stack.startWorker(), stack.startWorker()]);
  return { stack, app, sleeper };
}

// Each waits for time-outs, so they wait together, on stacks of their own.
describe.concurrent('a worker frozen just before it writes a reservation', () => {
  test('wakes up to find it made by another, and moves nothing', async ({ expect }) => {
    const { stack, app, standby, sleeper } = made;
    const answer = app.api.start();
    await sleeper.frozen();
    // The requests for work that the sleeper left open swallow as many starts, so that they cannot swallow the one under test.
    const other = await stack.addApplication();
    const api = app.api.as(other);
    const starts = Promise.all([1, 2, 3].map(() => api.start()));
    await workflowIds(stack, 4);
    standby.thaw();
    const { status, body } = await answer;
    expect(status).toBe(200);
    sleeper.thaw();
    await sleeper.woken();
    await starts;
    const code = await app.api.code(body.trackingId);
    expect((await app.api.confirmPatiently(body.trackingId, code)).body.status).toBe('Verified');
    await resultOf(stack, body.trackingId);
    const kinds = (await ledgerOf(stack.database, app.accountId)).map((row) => row.kind);
    expect(kinds).toEqual(['topUp', 'reserve', 'charge']);
    expect(await app.api.messages(RECIPIENT)).toHaveLength(1);
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 955_000, reserved: 0 });
  });

  test('wakes up after the start was refused, and can no longer reserve', async ({ expect }) => {
    const { stack, app, standby, sleeper } = refused;
    const answer = app.api.start();
    await sleeper.frozen();
    expect((await answer).body.code).toBe('503000000');
    standby.thaw();
    const [trackingId = ''] = await workflowIds(stack, 1);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Refused', refusal: 'unavailable' });
    sleeper.thaw();
    await sleeper.woken();
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 1e6, reserved: 0 });
    expect(await app.api.messages(RECIPIENT)).toEqual([]);
  });
});

test.concurrent('while one of two workers is frozen, starts and confirmations are answered: what was told 503000000 succeeds soon', async ({
  expect,
}) => {
  const { stack, app, sleeper } = pair;
  const before = await app.api.open();
  const code = await app.api.code(before);
  sleeper.freeze();
  const [confirmed, started] = await Promise.all([
    persist(expect, app, () => app.api.confirm(before, code), before),
    persist(expect, app, () => app.api.start()),
  ]);
  expect(confirmed.body).toMatchObject({ status: 'Verified', timesTried: 1 });
  sleeper.thaw();
  const after = started.body.trackingId;
  expect((await app.api.confirmPatiently(after, await app.api.code(after))).body).toMatchObject({ status: 'Verified' });
  for (const trackingId of [before, after]) {
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', charged: 45_000 });
    expect(await app.api.delivered(trackingId)).toHaveLength(1);
  }
  await expectExactLedger(stack.database, app.accountId);
});

/** Repeats while told 503, as the contract asks callers to; an answer kept meanwhile is found by asking for the status. */
async function persist(
  expect: ExpectStatic,
  { api }: TestApplication,
  ask: () => Promise<ApiAnswer>,
  trackingId?: string,
): Promise<ApiAnswer> {
  return await eventually(
    'an answer other than 503',
    async () => {
      const answer = await ask();
      if (answer.status === 200) return answer;
      expect([503, 400]).toContain(answer.status);
      if (answer.status === 503) expect(answer.headers.get('Retry-After')).toBe('2');
      if (trackingId === undefined) return false;
      const shown = await api.status(trackingId);
      return shown.body.status === 'Verified' && shown;
    },
    60_000,
  );
}
