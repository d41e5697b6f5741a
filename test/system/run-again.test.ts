// A verification that is run again in Temporal, by a reset or a new start under its id: what it came to and its money stay.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wrongCode } from '../support/api-client.ts';
import { resultOf } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { forgeStart, payloadsOf } from '../support/forging.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let receiver: Receiver;
let app: TestApplication;

beforeAll(async () => {
  [stack, receiver] = await Promise.all([createStack(), startReceiver()]);
  await Promise.all([stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }), stack.startApi()]);
  app = await stack.addApplication({ callback: { url: receiver.url } });
});
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});

const SIGNALS_AGAIN = 1;
const NO_SIGNALS = 2;

/** Temporal's own reset, to the first or the last workflow task. */
async function reset(workflowId: string, to: 'first' | 'last', reapply: number): Promise<void> {
  const { events } = await stack.temporal.workflow.getHandle(workflowId).fetchHistory();
  const tasks = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
  await stack.temporal.workflowService.resetWorkflowExecution({
    namespace: stack.temporal.options.namespace,
    workflowExecution: { workflowId },
    reason: 'by a test',
    requestId: randomUUID(),
    workflowTaskFinishEventId: (to === 'first' ? tasks[0] : tasks.at(-1))?.eventId as never,
    resetReapplyType: reapply,
  });
}

async function startAgain(workflowId: string): Promise<void> {
  const { start } = await payloadsOf(stack, workflowId);
  await forgeStart(stack, workflowId, 'verificationWorkflow', start);
}

/** Everything a customer, or an auditor, could see of it. */
async function seen(trackingId: string) {
  const { database } = stack;
  const account = await database.accounts.findOne({ _id: app.accountId });
  return {
    projection: await database.verifications.findOne({ _id: trackingId }),
    movements: await movementsOf(database, app.accountId, trackingId),
    funds: [account?.seq, account?.available],
    messages: (await app.api.messages('+306948530920')).filter((message) => message.trackingId === trackingId),
    callbacks: receiver.received.filter(({ body }) => body.trackingId === trackingId).length,
  };
}

const told = (trackingId: string) => stack.database.events.countDocuments({ kind: 'runAgain', trackingId });

type Story = () => Promise<string>;
const open = async (fields = {}) => {
  const trackingId = await app.api.open(fields);
  await app.api.happened(trackingId, 'charged');
  return { trackingId, code: await app.api.code(trackingId) };
};
const stories: Readonly<Record<string, Story>> = {
  async verified() {
    const { trackingId, code } = await open();
    await app.api.confirm(trackingId, code);
    return trackingId;
  },
  async 'verified after a wrong answer'() {
    const { trackingId, code } = await open();
    await app.api.confirm(trackingId, wrongCode(code));
    await app.api.confirm(trackingId, code);
    return trackingId;
  },
  async failed() {
    const { trackingId, code } = await open({ maxRetries: 0 });
    await app.api.confirm(trackingId, wrongCode(code));
    return trackingId;
  },
  async cancelled() {
    const { trackingId } = await open();
    await app.api.cancel(trackingId);
    return trackingId;
  },
  async expired() {
    return (await open({ lifetimeInSeconds: 3 })).trackingId;
  },
};

const again: Readonly<Record<string, (trackingId: string) => Promise<void>>> = {
  'reset to its first task': (id) => reset(id, 'first', SIGNALS_AGAIN),
  'reset to its first task without its signals': (id) => reset(id, 'first', NO_SIGNALS),
  'started again': startAgain,
};

describe.each(Object.entries(stories))('one that was %s', (_, story) => {
  test.each(Object.entries(again))('and is %s stays as it is, and an event tells of it', async (_way, runAgain) => {
    const trackingId = await story();
    await resultOf(stack, trackingId);
    await eventually('the callback', async () => (await seen(trackingId)).callbacks === 1);
    const before = await seen(trackingId);
    await runAgain(trackingId);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Superseded' });
    expect(await seen(trackingId)).toEqual(before);
    expect(await told(trackingId)).toBe(1);
  });
});

test('one whose last task is run again stays as it is', async () => {
  const trackingId = (await stories.verified?.()) ?? '';
  await resultOf(stack, trackingId);
  await eventually('the callback', async () => (await seen(trackingId)).callbacks === 1);
  const before = await seen(trackingId);
  await reset(trackingId, 'last', SIGNALS_AGAIN);
  await resultOf(stack, trackingId);
  expect(await seen(trackingId)).toEqual(before);
});

test('a start that was refused for its balance and is started again with money is still none', async () => {
  const poor = await stack.addApplication({ balance: 0 });
  await poor.api.start();
  const refused = await stack.database.verifications.findOne({ refusal: 'insufficientBalance' });
  const trackingId = refused?._id ?? '';
  await stack.database.accounts.updateOne({ _id: poor.accountId }, { $set: { available: 1_000_000 } });
  await startAgain(trackingId);
  expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Superseded' });
  expect(await stack.database.verifications.findOne({ _id: trackingId })).toEqual(refused);
  expect(await app.api.messages('+306948530920')).not.toContainEqual(expect.objectContaining({ trackingId }));
});

describe('one that is pending', () => {
  test.each(['first', 'last'] as const)('and reset to its %s task goes on: one message, one charge', async (to) => {
    const { trackingId, code } = await open();
    await app.api.confirm(trackingId, wrongCode(code));
    await reset(trackingId, to, SIGNALS_AGAIN);
    const { body } = await app.api.confirmPatiently(trackingId, code);
    expect(body).toMatchObject({ status: 'Verified', timesTried: 2 });
    await resultOf(stack, trackingId);
    expect((await seen(trackingId)).messages).toHaveLength(1);
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
  });

  test('and reset without its signals does not forget the tries', async () => {
    const { trackingId, code } = await open({ maxRetries: 1 });
    await app.api.confirm(trackingId, wrongCode(code));
    const before = await seen(trackingId);
    await reset(trackingId, 'first', NO_SIGNALS);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Superseded' });
    expect(await seen(trackingId)).toEqual(before);
  });

  test('and terminated and started again is left to the audit', async () => {
    const { trackingId } = await open();
    await stack.temporal.workflow.getHandle(trackingId).terminate('by a test');
    const before = await seen(trackingId);
    await startAgain(trackingId);
    expect(await resultOf(stack, trackingId)).toMatchObject({ outcome: 'Superseded' });
    expect([await seen(trackingId), await told(trackingId)]).toEqual([before, 1]);
  });
});

test('the money of all of it adds up', () => expectExactLedger(stack.database, app.accountId));
