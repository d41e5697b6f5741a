// Workers that die with SIGKILL over a resend: it is paid for once, sent once, and an ending that overtakes it is shown.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RESEND_COOL_DOWN_MS } from '../../domain/resend.ts';
import { atRest, resultOf, signalCancellation } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type FreezePoint, startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeEach(async () => {
  stack = await createStack();
  await stack.startApi();
  app = await stack.addApplication({ balance: 1 });
});
afterEach(() => stack?.stop());

/** A verification whose resend was asked for under a key, and the worker that froze over it. */
async function frozenOverResend(point: FreezePoint) {
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
  return { trackingId, asked, resend };
}

describe('a worker killed over a resend', () => {
  test('that is paid for and not yet shown leads to one more message and one more charge', async () => {
    const { trackingId, asked, resend } = await frozenOverResend('after reserving a resend');
    await stack.startWorker();
    await asked;
    await eventually('the resend is answered 200', async () => (await resend()).status === 200);
    await eventually('both messages', async () => (await app.api.delivered(trackingId)).length === 2);
    expect((await app.api.cancel(trackingId)).status).toBe(200);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Cancelled', charged: 90_000 });
    expect(await app.api.delivered(trackingId)).toHaveLength(2);
    await expectExactLedger(stack.database, app.accountId);
  }, 120_000);

  test('that is shown already, and overtaken by a cancellation, shows the cancellation and gives its price back', async () => {
    const { trackingId, asked } = await frozenOverResend('after projecting a resend');
    expect((await asked).status).toBe(200);
    await signalCancellation(stack, trackingId);
    await stack.startWorker();
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Cancelled', charged: 45_000 });
    expect((await app.api.status(trackingId)).body.status).toBe('Cancelled');
    const movements = await movementsOf(stack.database, app.accountId, trackingId);
    expect(movements.sort()).toEqual(['charge', 'release', 'reserve', 'reserve']);
    expect(await app.api.delivered(trackingId)).toHaveLength(1);
    await expectExactLedger(stack.database, app.accountId);
  }, 120_000);
});
