// Workers that die with SIGKILL while a send goes on by another method: that is paid for once, or given back, and shown as it is.
import { describe, type TestContext, test } from 'vitest';
import { startAdmin } from '../support/admin.ts';
import { atRest, resultOf, signalAnswer } from '../support/engine.ts';
import { type FreezePoint, startFreezingWorker } from '../support/freezing.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createOwnStack } from '../support/own-stack.ts';

/** Accepted, and nothing is heard of it again. */
const SILENT = '+12025550109';
const [SMS, VOICE] = [9_000, 18_000];

/** A verification by SMS that was about to go on by voice when its worker was killed. */
async function frozenOverChange({ expect, onTestFinished }: TestContext, point: FreezePoint) {
  const { stack, app, stop } = await createOwnStack();
  onTestFinished(stop);
  const admin = await startAdmin(stack);
  onTestFinished(() => admin.close());
  const chief = await admin.operator();
  const steps = [
    { carrier: 'sandbox', method: 'sms', waitForReceiptSeconds: 1 },
    { carrier: 'sandbox', method: 'voice' },
  ];
  await chief.get('PUT', '/admin/routes/all/everywhere', { steps });
  const worker = await startFreezingWorker(stack, point);
  const trackingId = await app.api.open({ recipient: SILENT });
  const code = await app.api.code(trackingId, SILENT);
  await worker.frozen();
  await worker.kill();
  const shown = async () =>
    (await stack.database.verifications.findOne({ _id: trackingId })) ?? { sends: [], timeline: [] };
  return {
    expect,
    stack,
    app,
    trackingId,
    code,
    shown,
    messages: async () => (await app.api.delivered(trackingId, SILENT)).map(({ method }) => method),
    /** How often the projection tells of the change. */
    changes: async () => (await shown()).timeline.filter(({ event }) => event === 'methodChanged').length,
    async movements() {
      await expectExactLedger(stack.database, app.accountId);
      return (await movementsOf(stack.database, app.accountId, trackingId)).sort();
    },
  };
}

// They wait for tasks to be given to another worker, so they wait together, on stacks of their own.
describe.concurrent('a worker killed over a change of method', () => {
  test.for(['before reserving a second send', 'after reserving a second send'] as const)(
    '%s leads to one call, paid for once, and the story has it once',
    async (point, context) => {
      const { expect, stack, app, trackingId, code, shown, messages, changes, movements } = await frozenOverChange(
        context,
        point,
      );
      expect([await messages(), await changes()]).toEqual([['sms'], 0]);
      await stack.startWorker();
      await app.api.happened(trackingId, 'charged', 2);
      await atRest(stack, trackingId);
      expect((await app.api.confirmPatiently(trackingId, code)).body.status).toBe('Verified');
      expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', charged: SMS + VOICE });
      expect(await messages()).toEqual(['sms', 'voice']);
      expect(await movements()).toEqual(['charge', 'charge', 'reserve', 'reserve']);
      expect(await changes()).toBe(1);
      expect((await shown()).sends).toMatchObject([
        { n: 1, method: 'sms', outcome: { kind: 'accepted' } },
        { n: 2, method: 'voice', outcome: { kind: 'accepted' } },
      ]);
    },
  );

  test('that was paid for, and is overtaken by the right answer, makes no call and gives its price back', async (context) => {
    const { expect, stack, app, trackingId, code, shown, messages, changes, movements } = await frozenOverChange(
      context,
      'after reserving a second send',
    );
    await signalAnswer(stack, trackingId, code);
    await stack.startWorker();
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Verified', charged: SMS });
    expect((await app.api.status(trackingId)).body.status).toBe('Verified');
    expect(await messages()).toEqual(['sms']);
    expect(await movements()).toEqual(['charge', 'release', 'reserve', 'reserve']);
    expect([await changes(), (await shown()).sends.length]).toEqual([0, 1]);
  });
});
