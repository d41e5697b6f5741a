// Erasing what cannot end yet, and erasing through crashes: what is left is named, and a repeat goes on there.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replayCallback, resumeCallbacks } from '../../admin/callbacks.ts';
import { anyFreePort } from '../../local/ports.ts';
import { startAdmin } from '../support/admin.ts';
import { send } from '../support/api-client.ts';
import { atRest } from '../support/engine.ts';
import { createErasing, type Erasing, NUMBER } from '../support/erasing.ts';
import { eventually } from '../support/eventually.ts';
import { startFreezingWorker } from '../support/freezing.ts';
import { intercept } from '../support/intercept.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import type { TestApplication } from '../support/stack.ts';

let it: Erasing;
let app: TestApplication;

beforeEach(async () => {
  it = await createErasing();
  await it.watched(it.stack.startApi(it.env));
  app = await it.stack.addApplication({ callback: { url: it.receiver.url } });
});
afterEach(() => it?.stop());

const startWorker = () => it.watched(it.stack.startWorker(it.env));
const told = () => it.receiver.received.map(({ body }) => `${body.trackingId} ${body.status}`);
const expectCancelledOnce = async (trackingId: string) => {
  expect(told()).toEqual([`${trackingId} Cancelled`]);
  expect(await movementsOf(it.stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
  expect(await expectExactLedger(it.stack.database, app.accountId)).toMatchObject({ reserved: 0 });
  expect((await app.api.status(trackingId)).body.status).toBe('Cancelled');
  expect(await it.traces()).toEqual([]);
};

describe('what cannot end yet is named', () => {
  test('such as a callback that is held back: it goes out first, and only then all is done', async () => {
    await startWorker();
    await it.stack.database.applications.updateOne({ _id: app.applicationId }, { $set: { 'callback.paused': true } });
    const trackingId = await it.verified(app);
    await it.stack.temporal.workflow.getHandle(trackingId).result();
    expect(await it.eraseOnce()).toMatchObject({
      finished: false,
      removed: { verifications: 0, executions: 1, sandboxMessages: 1 },
      underWay: [{ trackingId, reason: 'callback' }],
    });
    expect(await it.stack.database.verifications.findOne({ _id: trackingId })).not.toHaveProperty('recipientMasked');
    expect(await replayCallback(it.tools, trackingId)).toBe('erased');
    expect(await resumeCallbacks(it.tools, app.applicationId)).toBe(1);
    await eventually('the callback', async () => told().length === 1);
    expect((await it.erase()).verifications).toBe(1);
    expect(told()).toEqual([`${trackingId} Verified`]);
    expect(await it.traces()).toEqual([]);
  }, 180_000);

  test('such as a verification without a workflow: the audit ends it first, and keeps no number either', async () => {
    await startWorker();
    const trackingId = await it.open(app, { lifetimeInSeconds: 3 });
    await app.api.delivered(trackingId);
    await it.stack.temporal.workflow.getHandle(trackingId).terminate('by a test');
    expect(await it.eraseOnce()).toMatchObject({
      finished: false,
      removed: { executions: 0, sandboxMessages: 0 },
      underWay: [{ trackingId, reason: 'workflowGone' }],
    });
    const { expiresAt } = (await app.api.status(trackingId)).body;
    await eventually('its life is over', async () => Date.now() > Date.parse(expiresAt));
    await it.audit();
    await eventually('its callback', async () => told().length === 1);
    const { verifications, executions } = await it.erase();
    expect(verifications).toBe(1);
    // Its own, that of who ended it, and the callback's; asked for again while Temporal deletes.
    expect(executions).toBeGreaterThanOrEqual(3);
    expect(await it.traces()).toEqual([]);
    expect(told()).toEqual([`${trackingId} Expired`]);
    expect(await movementsOf(it.stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
  }, 180_000);

  test('such as every replay of a callback: all its runs are deleted', async () => {
    await startWorker();
    const trackingId = await it.verified(app);
    for (const count of [1, 2, 3]) {
      await eventually('told', async () => told().length === count);
      await eventually('sent again', async () => (await replayCallback(it.tools, trackingId)) === 'started');
    }
    await eventually('told', async () => told().length === 4);
    expect((await it.erase()).executions).toBeGreaterThanOrEqual(5);
    expect(await it.traces()).toEqual([]);
  }, 180_000);
});

describe('erasing through a crash', () => {
  test('of the API, while it waits for a pending one and no worker runs, is done by a repeat', async () => {
    const worker = await startWorker();
    const trackingId = await it.open(app);
    await app.api.delivered(trackingId);
    await atRest(it.stack, trackingId);
    await worker.kill();
    const port = await anyFreePort();
    const other = await it.watched(
      it.stack.startApi({ ...it.env, PORT: String(await anyFreePort()), ADMIN_PORT: String(port) }),
    );
    const request = send(`http://127.0.0.1:${port}/admin/subjects/erase`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${it.chief.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ number: NUMBER }),
    });
    const cut = expect(request).rejects.toThrow();
    await eventually('the wish to cancel', async () => {
      const { events } = await it.stack.temporal.workflow.getHandle(trackingId).fetchHistory();
      return events?.some((event) => event.workflowExecutionCancelRequestedEventAttributes);
    });
    await other.kill();
    await cut;
    expect(await it.eraseOnce()).toMatchObject({ finished: false, underWay: [{ trackingId, reason: 'pending' }] });
    await startWorker();
    await it.stack.temporal.workflow.getHandle(trackingId).result();
    await eventually('its callback', async () => told().length === 1);
    expect((await it.erase()).verifications).toBe(1);
    await expectCancelledOnce(trackingId);
  }, 180_000);

  test('of the worker, once it has shown Cancelled, is done by a repeat', async () => {
    const worker = await startFreezingWorker(it.stack, 'after projecting Cancelled');
    const trackingId = await it.open(app);
    await app.api.delivered(trackingId);
    const first = it.eraseOnce();
    await worker.frozen();
    await worker.kill();
    expect(await first).toMatchObject({ finished: false, cancelled: 1, underWay: [{ trackingId, reason: 'pending' }] });
    await startWorker();
    await it.stack.temporal.workflow.getHandle(trackingId).result();
    await eventually('its callback', async () => told().length === 1);
    expect((await it.erase()).verifications).toBe(1);
    await expectCancelledOnce(trackingId);
  }, 180_000);

  test.each(['sandboxMessages', 'idempotency', 'recipients', 'audit'] as const)(
    'before its step in %s is done by a repeat',
    async (collection) => {
      await startWorker();
      const trackingId = await it.open(app);
      await app.api.delivered(trackingId);
      await app.api.cancel(trackingId);
      await eventually('its callback', async () => told().length === 1);
      await it.stack.temporal.workflow.getHandle(trackingId).result();
      const { database } = it.stack;
      let cuts = 0;
      const cut = async () => {
        cuts += 1;
        throw new Error('cut off by a test');
      };
      const method = collection === 'sandboxMessages' ? 'deleteMany' : 'updateMany';
      const cutOff = { ...database, [collection]: intercept(database[collection] as never, method as never, cut) };
      const broken = await startAdmin({ ...it.stack, database: cutOff });
      const asked = broken.as(it.chief.token);
      await eventually('cut off', async () => {
        const { status } = await asked.ask('POST', '/admin/subjects/erase', { number: NUMBER });
        return status === 500 && cuts > 0;
      });
      await broken.close();
      await it.erase();
      expect(await database.verifications.findOne({ _id: trackingId })).not.toHaveProperty('recipientHash');
      await expectCancelledOnce(trackingId);
    },
    180_000,
  );
});
