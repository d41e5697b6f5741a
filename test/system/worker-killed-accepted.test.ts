// Workers that die with SIGKILL around an acceptance: no second message, and no receipt is lost.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendKey } from '../../domain/delivery.ts';
import { atRest } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { type FreezePoint, startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { addReportingCarrier, report, reportsOf } from '../support/receipts.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const SILENT = '+12025550109';
let stack: Stack;
let app: TestApplication;
let path: string;

beforeEach(async () => {
  stack = await createStack();
  await stack.startApi();
  app = await stack.addApplication();
  path = await addReportingCarrier(stack, 'sandbox');
});
afterEach(() => stack?.stop());

/** A verification whose worker froze over its send. */
async function frozenOverSend(point: FreezePoint) {
  const worker = await startFreezingWorker(stack, point);
  const trackingId = await app.api.open({ recipient: SILENT });
  await worker.frozen();
  return { worker, trackingId };
}

const delivered = (trackingId: string) =>
  report(`${stack.apiUrl}${path}`, { messageId: sendKey(trackingId, 1), state: 'delivered' });

/** The activity of a dead worker is given to another after its time-out. */
const charged = (trackingId: string) =>
  eventually(
    'the charge',
    async () => (await movementsOf(stack.database, app.accountId, trackingId)).includes('charge'),
    60_000,
  );

describe('a worker killed', () => {
  test('once an acceptance is kept sends no second message, though the carrier would know nothing of the first', async () => {
    const { worker, trackingId } = await frozenOverSend('after remembering an acceptance');
    await worker.kill();
    // Whoever asked the carrier now would hear that nothing was sent, and send.
    await stack.database.sandboxMessages.deleteMany({});
    await stack.startWorker();
    await charged(trackingId);
    await atRest(stack, trackingId);
    expect(await stack.database.sandboxMessages.countDocuments()).toBe(0);
    expect((await delivered(trackingId)).status).toBe(200);
    expect(await reportsOf(stack, trackingId)).toHaveLength(1);
    await expectExactLedger(stack.database, app.accountId);
  });

  test('before it kept the acceptance leaves the receipt that came meanwhile to the attempt after it', async () => {
    const { worker, trackingId } = await frozenOverSend('after the carrier accepted');
    expect((await delivered(trackingId)).status).toBe(200);
    expect(await reportsOf(stack, trackingId)).toEqual([]);
    await worker.kill();
    await stack.startWorker();
    await charged(trackingId);
    expect(await reportsOf(stack, trackingId)).toMatchObject([{ n: 1, step: 1, state: 'delivered' }]);
    expect(await app.api.delivered(trackingId, SILENT)).toHaveLength(1);
    await expectExactLedger(stack.database, app.accountId);
  });
});

test('a receipt between carrier and acceptance is told once the frozen worker wakes', async () => {
  const { worker, trackingId } = await frozenOverSend('after the carrier accepted');
  expect((await delivered(trackingId)).status).toBe(200);
  worker.thaw();
  await charged(trackingId);
  expect(await reportsOf(stack, trackingId)).toMatchObject([{ n: 1, step: 1, state: 'delivered' }]);
});
