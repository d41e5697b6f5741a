// Workers that die with SIGKILL while a verification opens: what the caller was told comes true, once.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { START_WINDOW_MS } from '../../domain/start-window.ts';
import { resultOf } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type FreezePoint, type FreezingWorker, startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const RECIPIENT = '+306948530920';

let stack: Stack;
let app: TestApplication;
let replacement: FreezingWorker | undefined;

beforeAll(async () => {
  stack = await createStack();
  await stack.startApi();
});
beforeEach(async () => {
  app = await stack.addApplication({ balance: 1 });
  await replacement?.kill();
});
afterAll(() => stack?.stop());

/** A start whose worker is killed at the point; the answer is still to come, the replacement stands by. */
async function startAndKill(point: FreezePoint) {
  replacement = await startFreezingWorker(stack, 'before asking for work');
  await replacement.frozen();
  const worker = await startFreezingWorker(stack, point);
  const startedAt = Date.now();
  const answer = app.api.start();
  await worker.frozen();
  await worker.kill();
  return {
    answer,
    windowIsOver: () => eventually('the start window is over', async () => Date.now() > startedAt + START_WINDOW_MS),
  };
}

async function verifiesOnce(trackingId: string) {
  const code = await app.api.code(trackingId);
  expect((await app.api.confirm(trackingId, code)).body).toMatchObject({ status: 'Verified', timesTried: 1 });
  expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', charged: 45_000 });
  expect(await app.api.messages(RECIPIENT)).toHaveLength(1);
  expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
  expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 955_000, reserved: 0 });
}

describe('a start whose worker is killed', () => {
  test.each<FreezePoint>(['after reserving', 'after opening'])(
    '%s and replaced at once is answered 200, sent once, charged once',
    async (point) => {
      const { answer } = await startAndKill(point);
      replacement?.thaw();
      const { status, body } = await answer;
      expect(status).toBe(200);
      await verifiesOnce(body.trackingId);
    },
  );

  test('after reserving and replaced too late is answered 503000000, never sent, and the money comes back', async () => {
    const { answer } = await startAndKill('after reserving');
    const { status, body, headers } = await answer;
    expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', '2']);
    replacement?.thaw();
    const { _id } = await eventually('refused', () =>
      stack.database.verifications.findOne({ accountId: app.accountId, outcome: 'refused' }),
    );
    expect(await resultOf(stack, _id)).toEqual({
      outcome: 'Refused',
      refusal: 'unavailable',
      timesTried: 0,
      charged: 0,
    });
    expect(await app.api.messages(RECIPIENT)).toEqual([]);
    expect((await app.api.status(_id)).body.code).toBe('404011006');
    expect(await movementsOf(stack.database, app.accountId, _id)).toEqual(['reserve', 'release']);
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 1e6, reserved: 0 });
  });

  test('after it was answered 200, and replaced when starts are no longer taken, is sent and can be verified', async () => {
    const { answer, windowIsOver } = await startAndKill('after opening');
    const { status, body } = await answer;
    expect(status).toBe(200);
    await windowIsOver();
    replacement?.thaw();
    await verifiesOnce(body.trackingId);
  });

  test('after it was refused with 400001009 stays refused when there is money by the time it is judged again', async () => {
    await stack.database.accounts.updateOne({ _id: app.accountId }, { $set: { creditLimit: -1_000_000 } });
    const { answer } = await startAndKill('after refusing');
    expect((await answer).body.code).toBe('400001009');
    await stack.database.accounts.updateOne({ _id: app.accountId }, { $set: { creditLimit: 0 } });
    replacement?.thaw();
    const refused = await stack.database.verifications.findOne({ refusal: 'insufficientBalance' });
    expect(await resultOf(stack, refused?._id ?? '')).toMatchObject({ outcome: 'Refused', charged: 0 });
    expect(await app.api.messages(RECIPIENT)).toEqual([]);
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 1e6, reserved: 0 });
  });
});
