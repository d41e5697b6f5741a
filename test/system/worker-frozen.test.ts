// Workers that stop in the middle (SIGSTOP) and wake up later: money moves once, callers are served meanwhile.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ApiAnswer } from '../support/api-client.ts';
import { resultOf, workflowIds } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, ledgerOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const RECIPIENT = '+306948530920';

let stack: Stack;
let app: TestApplication;

beforeEach(async () => {
  stack = await createStack();
  await stack.startApi();
  app = await stack.addApplication({ balance: 1 });
});
afterEach(() => stack?.stop());

/** Lets the requests for work that a sleeper left open swallow as many starts, so that they cannot swallow the one under test. */
async function swallow(count: number) {
  const other = await stack.addApplication();
  const starts = Promise.all(Array.from({ length: count }, () => other.api.start()));
  await workflowIds(stack, count + 1);
  return { starts };
}

const kinds = async () => (await ledgerOf(stack.database, app.accountId)).map((row) => row.kind);

describe('a worker frozen just before it writes a reservation', () => {
  test('wakes up to find it made by another, and moves nothing', async () => {
    const standby = await startFreezingWorker(stack, 'before asking for work');
    const sleeper = await startFreezingWorker(stack, 'before reserving');
    const answer = app.api.start();
    await sleeper.frozen();
    const { starts } = await swallow(3);
    standby.thaw();
    const { status, body } = await answer;
    expect(status).toBe(200);
    sleeper.thaw();
    await sleeper.woken();
    await starts;
    const code = await app.api.code(body.trackingId);
    expect((await app.api.confirm(body.trackingId, code)).body.status).toBe('Verified');
    await resultOf(stack, body.trackingId);
    expect(await kinds()).toEqual(['topUp', 'reserve', 'charge']);
    expect(await app.api.messages(RECIPIENT)).toHaveLength(1);
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 955_000, reserved: 0 });
  });

  test('wakes up after the start was refused, and can no longer reserve', async () => {
    const standby = await startFreezingWorker(stack, 'before asking for work');
    const sleeper = await startFreezingWorker(stack, 'before reserving');
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

test('while one of two workers is frozen, starts and confirmations are answered: what was told 503000000 succeeds soon', async () => {
  const [sleeper] = [await stack.startWorker(), await stack.startWorker()];
  const before = await app.api.open();
  const code = await app.api.code(before);
  sleeper.freeze();
  const [confirmed, started] = await Promise.all([
    persist(() => app.api.confirm(before, code), before),
    persist(() => app.api.start()),
  ]);
  expect(confirmed.body).toMatchObject({ status: 'Verified', timesTried: 1 });
  sleeper.thaw();
  const after = started.body.trackingId;
  expect((await app.api.confirm(after, await app.api.code(after))).body).toMatchObject({ status: 'Verified' });
  for (const trackingId of [before, after]) {
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', charged: 45_000 });
    expect(await app.api.delivered(trackingId)).toHaveLength(1);
  }
  await expectExactLedger(stack.database, app.accountId);
}, 120_000);

/** Repeats while told 503, as the contract asks callers to; an answer kept meanwhile is found by asking for the status. */
async function persist(ask: () => Promise<ApiAnswer>, trackingId?: string): Promise<ApiAnswer> {
  return await eventually(
    'an answer other than 503',
    async () => {
      const answer = await ask();
      if (answer.status === 200) return answer;
      expect([503, 400]).toContain(answer.status);
      if (answer.status === 503) expect(answer.headers.get('Retry-After')).toBe('2');
      return trackingId !== undefined && (await verified(trackingId));
    },
    60_000,
  );
}

async function verified(trackingId: string) {
  const answer = await app.api.status(trackingId);
  return answer.body.status === 'Verified' && answer;
}
