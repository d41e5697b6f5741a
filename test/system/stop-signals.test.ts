// What a signal to stop leaves behind: sends that are under way end, requests under way are answered, and the exit is clean.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../support/api-client.ts';
import { atRest, signalled } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import type { TestProcess } from '../support/process.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

/** Accepted after 3 seconds (docs/sandbox.md). */
const LATE = '+12025550102';

let stack: Stack;
let application: TestApplication;
let worker: TestProcess;

beforeAll(async () => {
  stack = await createStack();
  application = await stack.addApplication();
});
afterEach(() => worker?.kill());
afterAll(() => stack?.stop());

const handle = (trackingId: string) => stack.temporal.workflow.getHandle(trackingId);

describe('a worker told to stop during a send', () => {
  test('by SIGTERM, SIGINT and SIGTERM again, finishes the send and exits 0; the send is accepted, not unknown', async () => {
    let api: TestProcess;
    [worker, api] = await Promise.all([stack.startWorker(), stack.startApi()]);
    const trackingId = await application.api.open({ recipient: LATE });
    await eventually('the send is under way', async () => {
      const { pendingActivities = [] } = (await handle(trackingId).describe()).raw;
      return pendingActivities?.some(({ activityType, lastStartedTime }) => {
        return activityType?.name === 'sendCode' && lastStartedTime;
      });
    });
    worker.signal('SIGTERM');
    worker.signal('SIGINT');
    await eventually('it stops', async () => worker.output().includes('STOPPING'));
    worker.signal('SIGTERM');
    expect(await application.api.messages(LATE)).toEqual([]);
    expect(await worker.ended).toEqual({ code: 0, signal: null });
    expect(worker.output()).toContain('worker stopped');
    // The message left before the process ended, and so did the news of it.
    expect(await application.api.messages(LATE)).toHaveLength(1);
    const { events } = await handle(trackingId).fetchHistory();
    expect(events?.filter((event) => event.activityTaskCompletedEventAttributes)).not.toHaveLength(0);

    worker = await stack.startWorker();
    await eventually('the send is accepted', async () => {
      const verification = await stack.database.verifications.findOne({ _id: trackingId });
      return verification?.sends[0]?.outcome?.kind === 'accepted';
    });
    const code = await application.api.code(trackingId, LATE);
    expect((await application.api.confirm(trackingId, code)).body.status).toBe('Verified');
    expect(await application.api.messages(LATE)).toHaveLength(1);
    await api.stop();
  }, 120_000);
});

describe('an API told to stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s answers the request under way, refuses new ones, exits 0',
    async (signal) => {
      let api: TestProcess;
      [worker, api] = await Promise.all([stack.startWorker(), stack.startApi()]);
      const trackingId = await application.api.open();
      const code = await application.api.code(trackingId);
      // A verdict needs the worker, so the request stays under way until it is thawed.
      await atRest(stack, trackingId);
      worker.freeze();
      const answer = application.api.confirm(trackingId, code);
      await signalled(stack, trackingId, 1);
      api.signal(signal);
      await eventually('new connections are refused', () =>
        send(`${stack.apiUrl}/livez`, { headers: { Connection: 'close' } }).then(
          () => false,
          () => true,
        ),
      );
      worker.thaw();
      expect(await answer).toMatchObject({ status: 200, body: { trackingId, status: 'Verified' } });
      expect(await api.ended).toEqual({ code: 0, signal: null });
      expect(api.output()).toContain('api stopped');
    },
    60_000,
  );
});
