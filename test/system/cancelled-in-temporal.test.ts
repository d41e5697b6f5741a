// An operator cancels the workflow itself, through Temporal: the verification is Cancelled and its money settled.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultOf } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

const cancelWorkflow = (trackingId: string) => stack.temporal.workflow.getHandle(trackingId).cancel();
const movements = (trackingId: string) => movementsOf(stack.database, app.accountId, trackingId);

describe('a workflow cancelled in Temporal', () => {
  test('during the wait leaves its verification Cancelled and charged, and answers are told 400011002', async () => {
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    await eventually('the charge', async () => (await movements(trackingId)).includes('charge'));
    await cancelWorkflow(trackingId);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Cancelled', charged: 45_000 });
    expect((await app.api.status(trackingId)).body).toMatchObject({ status: 'Cancelled', timesTried: 0 });
    expect((await app.api.confirm(trackingId, code)).body.code).toBe('400011002');
    expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  });

  test('while the carrier is slow is Cancelled at once, and charged when the carrier accepts', async () => {
    const trackingId = await app.api.open({ recipient: '+12025550102' });
    await cancelWorkflow(trackingId);
    await eventually('Cancelled', async () => (await app.api.status(trackingId)).body.status === 'Cancelled');
    expect(await movements(trackingId)).toEqual(['reserve']);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Cancelled', charged: 9_000 });
    expect(await app.api.messages('+12025550102')).toHaveLength(1);
    expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  });

  test('whose send never got a known outcome is Cancelled, and the money comes back', async () => {
    const trackingId = await app.api.open({ recipient: '+12025550104' });
    await cancelWorkflow(trackingId);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Cancelled', charged: 0 });
    expect(await movements(trackingId)).toEqual(['reserve', 'release']);
    await expectExactLedger(stack.database, app.accountId);
  });
});
