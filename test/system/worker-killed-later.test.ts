// Workers that die with SIGKILL while a message is sent, during the wait, and over the ending: nothing happens twice.
import { describe, type TestContext, test } from 'vitest';
import { resultOf, signalAnswer, signalCancellation } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createOwnStack } from '../support/own-stack.ts';

const LATE = '+12025550102';
const REFUSED = '+12025550100';

async function prepared({ expect, onTestFinished }: TestContext) {
  const { stack, app, stop } = await createOwnStack();
  onTestFinished(stop);
  return {
    expect,
    stack,
    app,
    statusOf: async (trackingId: string) => (await app.api.status(trackingId)).body.status,
    async verifiesOnce(trackingId: string, recipient?: string) {
      const code = await app.api.code(trackingId, recipient);
      expect((await app.api.confirmPatiently(trackingId, code)).body).toMatchObject({
        status: 'Verified',
        timesTried: 1,
      });
      expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified' });
      expect(await app.api.delivered(trackingId, recipient)).toHaveLength(1);
      expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
    },
  };
}

// They wait for time-outs and for lives to end, so they wait together, on stacks of their own.
describe.concurrent('a worker killed', () => {
  test('in the middle of two sends, one accepted already and one late, leads to one message and one charge each', async (context) => {
    const { stack, app, verifiesOnce } = await prepared(context);
    const worker = await startFreezingWorker(stack, 'after the carrier accepted');
    const late = await app.api.open({ recipient: LATE });
    const accepted = await app.api.open();
    await worker.frozen();
    await worker.kill();
    await stack.startWorker();
    await verifiesOnce(accepted);
    await verifiesOnce(late, LATE);
    await expectExactLedger(stack.database, app.accountId);
  });

  test('during the wait takes nothing along: the tries given before count, the code is good', async (context) => {
    const { expect, stack, app } = await prepared(context);
    const worker = await stack.startWorker();
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    expect((await app.api.confirmPatiently(trackingId, 'x')).body.code).toBe('400011005');
    await worker.kill();
    await stack.startWorker();
    expect((await app.api.confirmPatiently(trackingId, code)).body).toMatchObject({
      status: 'Verified',
      timesTried: 2,
    });
    expect(await resultOf(stack, trackingId)).toMatchObject({ charged: 45_000 });
    expect(await app.api.delivered(trackingId)).toHaveLength(1);
    await expectExactLedger(stack.database, app.accountId);
  });

  test('once it has shown Expired leaves it Expired, though a right answer of the last moment is still on its way', async (context) => {
    const { expect, stack, app, statusOf } = await prepared(context);
    const worker = await startFreezingWorker(stack, 'after projecting Expired');
    const { body } = await app.api.start({ lifetimeInSeconds: 10 });
    const code = await app.api.code(body.trackingId);
    await worker.frozen();
    expect(await statusOf(body.trackingId)).toBe('Expired');
    await worker.kill();
    await signalAnswer(stack, body.trackingId, code, Date.parse(body.expiresAt) - 1);
    await stack.startWorker();
    expect(await resultOf(stack, body.trackingId)).toMatchObject({ outcome: 'Expired', timesTried: 0 });
    expect((await app.api.status(body.trackingId)).body).toMatchObject({ status: 'Expired', timesTried: 0 });
    await expectExactLedger(stack.database, app.accountId);
  });

  test('once it has shown Failed leaves it Failed, though a cancellation is still on its way', async (context) => {
    const { expect, stack, app, statusOf } = await prepared(context);
    const worker = await startFreezingWorker(stack, 'after projecting Failed');
    const trackingId = await app.api.open({ recipient: REFUSED });
    await worker.frozen();
    expect(await statusOf(trackingId)).toBe('Failed');
    await worker.kill();
    await signalCancellation(stack, trackingId);
    await stack.startWorker();
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Failed', charged: 0 });
    expect(await statusOf(trackingId)).toBe('Failed');
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'release']);
  });

  test('once it has shown Verified leaves it Verified, though a cancellation and the end of the lifetime follow', async (context) => {
    const { expect, stack, app, statusOf } = await prepared(context);
    const worker = await startFreezingWorker(stack, 'after projecting Verified');
    const { body } = await app.api.start({ lifetimeInSeconds: 12 });
    const code = await app.api.code(body.trackingId);
    const confirmed = app.api.confirmPatiently(body.trackingId, code);
    await worker.frozen();
    expect(await confirmed).toMatchObject({ status: 200, body: { status: 'Verified', timesTried: 1 } });
    await worker.kill();
    await signalCancellation(stack, body.trackingId);
    await eventually('the end of the lifetime', async () => Date.now() > Date.parse(body.expiresAt));
    await stack.startWorker();
    expect(await resultOf(stack, body.trackingId)).toMatchObject({
      outcome: 'Verified',
      timesTried: 1,
      charged: 45_000,
    });
    expect(await statusOf(body.trackingId)).toBe('Verified');
  });
});
