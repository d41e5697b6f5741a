// Workers that die with SIGKILL over a resend: it is paid for once, sent once, and an ending that overtakes it is shown.
import { describe, type TestContext, test } from 'vitest';
import { RESEND_COOL_DOWN_MS } from '../../domain/resend.ts';
import { atRest, resultOf, signalCancellation } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type FreezePoint, startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createStack } from '../support/stack.ts';

/** A verification whose resend was asked for under a key, and the worker that froze over it. */
async function frozenOverResend({ onTestFinished }: TestContext, point: FreezePoint) {
  const stack = await createStack();
  onTestFinished(() => stack.stop());
  await stack.startApi();
  const app = await stack.addApplication({ balance: 1 });
  const worker = await startFreezingWorker(stack, point);
  const trackingId = await app.api.open();
  await app.api.delivered(trackingId);
  await atRest(stack, trackingId);
  const startedAt = Date.now();
  await eventually('the cool-down is over', async () => Date.now() > startedAt + RESEND_COOL_DOWN_MS, 40_000);
  const resend = () =>
    app.api.request('POST', `/2step/${trackingId}/resend`, {
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'again' },
      body: '{}',
    });
  const asked = resend();
  await worker.frozen();
  await worker.kill();
  return { stack, app, trackingId, asked, resend };
}

// Each waits for the cool-down, so they wait together, on stacks of their own.
describe.concurrent('a worker killed over a resend', () => {
  test('that is paid for and not yet shown leads to one more message and one more charge', async (context) => {
    const { expect } = context;
    const { stack, app, trackingId, asked, resend } = await frozenOverResend(context, 'after reserving a second send');
    await stack.startWorker();
    await asked;
    await eventually('the resend is answered 200', async () => (await resend()).status === 200);
    await eventually('both messages', async () => (await app.api.delivered(trackingId)).length === 2);
    expect((await app.api.cancel(trackingId)).status).toBe(200);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Cancelled', charged: 90_000 });
    expect(await app.api.delivered(trackingId)).toHaveLength(2);
    await expectExactLedger(stack.database, app.accountId);
  }, 120_000);

  test('that was not shown yet, and is overtaken by a cancellation, shows the cancellation and gives its price back', async (context) => {
    const { expect } = context;
    const { stack, app, trackingId, asked } = await frozenOverResend(context, 'after reserving a second send');
    await signalCancellation(stack, trackingId);
    await stack.startWorker();
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Cancelled', charged: 45_000 });
    expect((await asked).status).not.toBe(200);
    expect((await app.api.status(trackingId)).body.status).toBe('Cancelled');
    const movements = await movementsOf(stack.database, app.accountId, trackingId);
    expect(movements.sort()).toEqual(['charge', 'release', 'reserve', 'reserve']);
    expect(await app.api.delivered(trackingId)).toHaveLength(1);
    await expectExactLedger(stack.database, app.accountId);
  }, 120_000);

  test('that was answered 200 stays in the story, and is charged only if it was sent before the cancellation', async (context) => {
    const { expect } = context;
    const { stack, app, trackingId, asked } = await frozenOverResend(context, 'after projecting a resend');
    expect((await asked).status).toBe(200);
    await signalCancellation(stack, trackingId);
    await stack.startWorker();
    const result = await resultOf(stack, trackingId);
    const { body } = await app.api.request('GET', `/2step/${trackingId}/timeline`);
    expect(body.status).toBe('Cancelled');
    expect(body.events.map(({ event }: { event: string }) => event)).toContain('resent');
    const messages = await app.api.delivered(trackingId);
    expect(result).toMatchObject({ outcome: 'Cancelled', charged: messages.length * 45_000 });
    await expectExactLedger(stack.database, app.accountId);
  }, 120_000);
});
