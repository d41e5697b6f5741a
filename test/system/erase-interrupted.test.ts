// Erasing what cannot end yet, and erasing through crashes: what is left is named, and a repeat goes on there.
import { afterAll, beforeAll, describe, type TestContext, test } from 'vitest';
import { replayCallback, resumeCallbacks } from '../../admin/callbacks.ts';
import { anyFreePort } from '../../local/ports.ts';
import { startAdmin } from '../support/admin.ts';
import { send } from '../support/api-client.ts';
import { atRest } from '../support/engine.ts';
import { meet } from '../support/erased-person.ts';
import { createErasing, type Erasing } from '../support/erasing.ts';
import { eventually } from '../support/eventually.ts';
import { startFreezingWorker } from '../support/freezing.ts';
import { intercept } from '../support/intercept.ts';
import { movementsOf } from '../support/ledger.ts';

/** With an api and a worker, for tests that kill neither. */
let lasting: Erasing;

beforeAll(async () => {
  lasting = await createErasing();
  await Promise.all([startWorker(lasting), lasting.watched(lasting.stack.startApi(lasting.env))]);
});
afterAll(() => lasting?.stop());

const startWorker = (it: Erasing) => it.watched(it.stack.startWorker(it.env));

/** All of one's own, to be killed. */
async function preparedToBeKilled(context: TestContext) {
  const it = await createErasing();
  context.onTestFinished(() => it.stop());
  await it.watched(it.stack.startApi(it.env));
  return { it, ...(await meet(it, context)) };
}

// They wait for Temporal to delete, for lives to end and for workers to start, so they wait together.
describe.concurrent('what cannot end yet is named', () => {
  test('such as a callback that is held back: it goes out first, and only then all is done', async (context) => {
    const { expect } = context;
    const { stack, tools } = lasting;
    const { person, app, told, toldTimes } = await meet(lasting, context);
    await stack.database.applications.updateOne({ _id: app.applicationId }, { $set: { 'callback.paused': true } });
    const trackingId = await person.verified(app);
    await stack.temporal.workflow.getHandle(trackingId).result();
    expect(await person.eraseOnce()).toMatchObject({
      finished: false,
      removed: { verifications: 0, executions: 1, sandboxMessages: 1 },
      underWay: [{ trackingId, reason: 'callback' }],
    });
    expect(await stack.database.verifications.findOne({ _id: trackingId })).not.toHaveProperty('recipientMasked');
    expect(await replayCallback(tools, trackingId)).toBe('erased');
    expect(await resumeCallbacks(tools, app.applicationId)).toBe(1);
    await toldTimes(trackingId, 1);
    expect((await person.erase()).verifications).toBe(1);
    expect(told(trackingId)).toEqual(['Verified']);
    expect(await person.traces()).toEqual([]);
  });

  test('such as a verification without a workflow: the audit ends it first, and keeps no number either', async (context) => {
    const { expect } = context;
    const { stack } = lasting;
    const { person, app, told, toldTimes } = await meet(lasting, context);
    const trackingId = await person.open(app, { lifetimeInSeconds: 8 });
    await app.api.happened(trackingId, 'charged');
    await stack.temporal.workflow.getHandle(trackingId).terminate('by a test');
    expect(await person.eraseOnce()).toMatchObject({
      finished: false,
      removed: { executions: 0, sandboxMessages: 0 },
      underWay: [{ trackingId, reason: 'workflowGone' }],
    });
    const { expiresAt } = (await app.api.status(trackingId)).body;
    await eventually('its life is over', async () => Date.now() > Date.parse(expiresAt));
    await lasting.audit();
    await toldTimes(trackingId, 1);
    const { verifications, executions } = await person.erase();
    expect(verifications).toBe(1);
    // Its own, that of who ended it, and the callback's; asked for again while Temporal deletes.
    expect(executions).toBeGreaterThanOrEqual(3);
    expect(await person.traces()).toEqual([]);
    expect(told(trackingId)).toEqual(['Expired']);
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
  });

  test('such as every replay of a callback: all its runs are deleted', async (context) => {
    const { expect } = context;
    const { person, app, toldTimes } = await meet(lasting, context);
    const trackingId = await person.verified(app);
    for (const count of [1, 2, 3]) {
      await toldTimes(trackingId, count);
      await eventually('sent again', async () => (await replayCallback(lasting.tools, trackingId)) === 'started');
    }
    await toldTimes(trackingId, 4);
    expect((await person.erase()).executions).toBeGreaterThanOrEqual(5);
    expect(await person.traces()).toEqual([]);
  });
});

describe.concurrent('erasing through a crash', () => {
  test('of the API, while it waits for a pending one and no worker runs, is done by a repeat', async (context) => {
    const { expect } = context;
    const { it, person, app, toldTimes, expectCancelledOnce } = await preparedToBeKilled(context);
    const worker = await startWorker(it);
    const trackingId = await person.open(app);
    await app.api.delivered(trackingId, person.number);
    await atRest(it.stack, trackingId);
    await worker.kill();
    const port = await anyFreePort();
    const other = await it.watched(
      it.stack.startApi({ ...it.env, PORT: String(await anyFreePort()), ADMIN_PORT: String(port) }),
    );
    const ask = () =>
      send(`http://127.0.0.1:${port}/admin/subjects/erase`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${it.chief.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ number: person.number }),
      });
    let asked: Promise<number> | undefined;
    await eventually('the wish to cancel', async () => {
      // Cut off: 0. Or, on a machine too busy for it: 503, and asked again, or 200 with what is under way.
      asked ??= ask().then(
        ({ status }) => {
          if (status === 503) asked = undefined;
          return status;
        },
        () => 0,
      );
      const { events } = await it.stack.temporal.workflow.getHandle(trackingId).fetchHistory();
      return events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes);
    });
    await other.kill();
    expect([undefined, 0, 200]).toContain(await asked);
    expect(await person.eraseOnce()).toMatchObject({ finished: false, underWay: [{ trackingId, reason: 'pending' }] });
    await startWorker(it);
    await it.stack.temporal.workflow.getHandle(trackingId).result();
    await toldTimes(trackingId, 1);
    expect((await person.erase()).verifications).toBe(1);
    await expectCancelledOnce(trackingId);
  });

  test('of the worker, once it has shown Cancelled, is done by a repeat', async (context) => {
    const { expect } = context;
    const { it, person, app, toldTimes, expectCancelledOnce } = await preparedToBeKilled(context);
    const worker = await startFreezingWorker(it.stack, 'after projecting Cancelled');
    const trackingId = await person.open(app);
    await app.api.delivered(trackingId, person.number);
    const first = person.eraseOnce();
    await worker.frozen();
    await worker.kill();
    expect(await first).toMatchObject({ finished: false, cancelled: 1, underWay: [{ trackingId, reason: 'pending' }] });
    await startWorker(it);
    await it.stack.temporal.workflow.getHandle(trackingId).result();
    await toldTimes(trackingId, 1);
    expect((await person.erase()).verifications).toBe(1);
    await expectCancelledOnce(trackingId);
  });

  test.for(['sandboxMessages', 'idempotency', 'recipients', 'audit'] as const)(
    'before its step in %s is done by a repeat',
    async (collection, context) => {
      const { expect } = context;
      const { person, app, toldTimes, expectCancelledOnce } = await meet(lasting, context);
      const trackingId = await person.open(app);
      await app.api.delivered(trackingId, person.number);
      await app.api.cancel(trackingId);
      await toldTimes(trackingId, 1);
      const { database, temporal } = lasting.stack;
      await temporal.workflow.getHandle(trackingId).result();
      let cuts = 0;
      const cut = async () => {
        cuts += 1;
        throw new Error('cut off by a test');
      };
      const method = collection === 'sandboxMessages' ? 'deleteMany' : 'updateMany';
      const cutOff = { ...database, [collection]: intercept(database[collection] as never, method as never, cut) };
      const broken = await startAdmin({ ...lasting.stack, database: cutOff });
      const asked = broken.as(lasting.chief.token);
      await eventually('cut off', async () => {
        const { status } = await asked.ask('POST', '/admin/subjects/erase', { number: person.number });
        return status === 500 && cuts > 0;
      });
      await broken.close();
      await person.erase();
      expect(await database.verifications.findOne({ _id: trackingId })).not.toHaveProperty('recipientHash');
      await expectCancelledOnce(trackingId);
    },
  );
});
