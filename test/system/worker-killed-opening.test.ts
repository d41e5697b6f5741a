// Workers that die with SIGKILL while a verification opens: what the caller was told comes true, once.
import { afterAll, beforeAll, describe, type TestContext, test } from 'vitest';
import { START_WINDOW_MS } from '../../domain/start-window.ts';
import { resultOf } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type FreezePoint, type FreezingWorker, startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createOwnStack, type OwnStack } from '../support/own-stack.ts';

const RECIPIENT = '+306948530920';
/** Where the workers of the tests below freeze. */
const POINTS: readonly FreezePoint[] = [
  'after reserving',
  'after reserving',
  'after opening',
  'after opening',
  'after refusing',
];

/** A stack of one test's own, the worker that will be killed, and one that stands by. */
interface Scene extends OwnStack {
  readonly point: FreezePoint;
  readonly worker: FreezingWorker;
  readonly replacement: FreezingWorker;
}

const scenes: Scene[] = [];
const stops: OwnStack['stop'][] = [];

// Before the tests, so that no starting process takes time from a start that is under way.
beforeAll(async () => {
  for (const point of POINTS) {
    const own = await createOwnStack();
    stops.push(own.stop);
    const [replacement, worker] = await Promise.all([
      startFreezingWorker(own.stack, 'before asking for work'),
      startFreezingWorker(own.stack, point),
    ]);
    await replacement.frozen();
    scenes.push({ ...own, point, worker, replacement });
  }
});
afterAll(() => Promise.all(stops.map((stop) => stop())));

/** The stack of a test, whose worker is killed at the point; what is started there is answered by the one that stands by. */
function sceneOf(point: FreezePoint, { expect }: TestContext) {
  const [scene] = scenes.splice(
    scenes.findIndex((each) => each.point === point),
    1,
  );
  if (scene?.point !== point) throw new Error(`No stack is left for ${point}: add one to POINTS`);
  const { stack, app, worker, replacement } = scene;
  return {
    expect,
    stack,
    app,
    replacement,
    /** The answer is still to come. */
    async startAndKill() {
      const startedAt = Date.now();
      const answer = app.api.start();
      await worker.frozen();
      await worker.kill();
      return {
        answer,
        windowIsOver: () =>
          eventually('the start window is over', async () => Date.now() > startedAt + START_WINDOW_MS),
      };
    },
    async verifiesOnce(trackingId: string) {
      const code = await app.api.code(trackingId);
      expect((await app.api.confirmPatiently(trackingId, code)).body).toMatchObject({
        status: 'Verified',
        timesTried: 1,
      });
      expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', charged: 45_000 });
      expect(await app.api.messages(RECIPIENT)).toHaveLength(1);
      expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
      expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 955_000, reserved: 0 });
    },
  };
}

describe.concurrent('a start whose worker is killed', () => {
  test.for<FreezePoint>(['after reserving', 'after opening'])(
    '%s and replaced at once is answered 200, sent once, charged once',
    async (point, context) => {
      const { expect, replacement, startAndKill, verifiesOnce } = sceneOf(point, context);
      const { answer } = await startAndKill();
      replacement.thaw();
      const { status, body } = await answer;
      expect(status).toBe(200);
      await verifiesOnce(body.trackingId);
    },
  );

  test('after reserving and replaced too late is answered 503000000, never sent, and the money comes back', async (context) => {
    const { expect, stack, app, replacement, startAndKill } = sceneOf('after reserving', context);
    const { answer } = await startAndKill();
    const { status, body, headers } = await answer;
    expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', '2']);
    replacement.thaw();
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

  test('after it was answered 200, and replaced when starts are no longer taken, is sent and can be verified', async (context) => {
    const { expect, replacement, startAndKill, verifiesOnce } = sceneOf('after opening', context);
    const { answer, windowIsOver } = await startAndKill();
    const { status, body } = await answer;
    expect(status).toBe(200);
    await windowIsOver();
    replacement.thaw();
    await verifiesOnce(body.trackingId);
  });

  test('after it was refused with 400001009 stays refused when there is money by the time it is judged again', async (context) => {
    const { expect, stack, app, replacement, startAndKill } = sceneOf('after refusing', context);
    await stack.database.accounts.updateOne({ _id: app.accountId }, { $set: { creditLimit: -1_000_000 } });
    const { answer } = await startAndKill();
    expect((await answer).body.code).toBe('400001009');
    await stack.database.accounts.updateOne({ _id: app.accountId }, { $set: { creditLimit: 0 } });
    replacement.thaw();
    const refused = await stack.database.verifications.findOne({ refusal: 'insufficientBalance' });
    expect(await resultOf(stack, refused?._id ?? '')).toMatchObject({ outcome: 'Refused', charged: 0 });
    expect(await app.api.messages(RECIPIENT)).toEqual([]);
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ available: 1e6, reserved: 0 });
  });
});
