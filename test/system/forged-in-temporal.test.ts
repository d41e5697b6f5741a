// Whoever may write into Temporal but holds no keys sends nothing, cancels nothing, is charged to nobody; and stops nobody.
import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerNumber } from '../../domain/answer.ts';
import { answerDigests } from '../../secrets/answer-digest.ts';
import { createPayloadCodec } from '../../secrets/payload-codec.ts';
import {
  callbackResumedSignal,
  callbackWorkflowId,
  orphanWorkflowId,
  saying,
  testMessageWorkflowId,
} from '../../workflows/messages.ts';
import { wrongCode } from '../support/api-client.ts';
import { signalled } from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { forgeSignal, forgeStart, inClear, payloadsOf } from '../support/forging.ts';
import { fixedRing } from '../support/key-rings.ts';
import { movementsOf } from '../support/ledger.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';
import { verificationInput } from '../support/verification-input.ts';

let stack: Stack;
let receiver: Receiver;
let app: TestApplication;

beforeAll(async () => {
  [stack, receiver] = await Promise.all([createStack(), startReceiver()]);
  await Promise.all([stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});

interface Target {
  readonly trackingId: string;
  readonly code: string;
}

async function opened(): Promise<Target> {
  const trackingId = await app.api.open();
  await app.api.happened(trackingId, 'charged');
  return { trackingId, code: await app.api.code(trackingId) };
}

/** Sealed as this service seals, but for another workflow, namespace, or under other keys. */
async function sealed(value: unknown, owner: { namespace?: string; workflowId?: string }, ring = stack.ring) {
  const { namespace } = stack.temporal.options;
  const context = { type: 'workflow', namespace, workflowId: 'other', ...owner } as const;
  return await createPayloadCodec(ring).encode([inClear(value)], context);
}

const cancellation = () => ({ signal: 'cancellation', attemptId: randomUUID(), receivedAt: Date.now() });
const answer = ({ trackingId, code }: Target) => ({
  signal: 'confirmationAttempt',
  attemptId: randomUUID(),
  digests: answerDigests(stack.ring, trackingId, answerNumber(code, code.length)),
  receivedAt: Date.now(),
});

type Forgery = (target: Target) => Payload[] | Promise<Payload[]>;
const clear = (value: unknown) => [inClear(value)];

describe('a forged signal changes nothing, and the right answer still verifies', () => {
  test.each<[string, string, Forgery]>([
    ['a cancellation in clear', 'cancellation', () => clear(cancellation())],
    ['a cancellation without anything', 'cancellation', () => []],
    ['a cancellation of null', 'cancellation', () => clear(null)],
    ['a cancellation of an empty payload', 'cancellation', () => [{}]],
    ['a cancellation sealed for another workflow', 'cancellation', () => sealed(cancellation(), {})],
    [
      'a cancellation sealed for the same id in another namespace',
      'cancellation',
      ({ trackingId: workflowId }) => sealed(cancellation(), { workflowId, namespace: 'other' }),
    ],
    [
      'a cancellation sealed by other keys of the same name',
      'cancellation',
      ({ trackingId: workflowId }) => sealed(cancellation(), { workflowId }, fixedRing('k1')),
    ],
    ['a right answer in clear', 'confirmationAttempt', (target) => clear(answer(target))],
    ['a right answer sealed for another workflow', 'confirmationAttempt', (target) => sealed(answer(target), {})],
    [
      'a resend in clear',
      'resend',
      () => clear({ signal: 'resend', attemptId: 'r', method: 'sms', receivedAt: Date.now() + 60_000 }),
    ],
    [
      'a receipt in clear',
      'deliveryReport',
      () => clear({ signal: 'deliveryReport', n: 1, step: 1, carrier: 'sandbox', state: 'undelivered', at: 0 }),
    ],
    ['a wish for a new projection without anything', 'reproject', () => []],
    ['a wish for a new projection in clear', 'reproject', () => clear({ signal: 'reproject' })],
    ['an abandoned start without anything', 'startAbandoned', () => []],
    ['a name nobody knows', 'verified', () => clear({ signal: 'verified' })],
    ['an argument beside an empty one', 'cancellation', () => [{}, inClear(cancellation())]],
  ])('%s', async (_, name, forge) => {
    const target = await opened();
    const before = await stack.database.verifications.findOne({ _id: target.trackingId });
    await forgeSignal(stack, target.trackingId, name, await forge(target));
    await signalled(stack, target.trackingId, 1);
    const { status, body } = await app.api.confirm(target.trackingId, target.code);
    expect([status, body.status, body.timesTried]).toEqual([200, 'Verified', 1]);
    const after = await stack.database.verifications.findOne({ _id: target.trackingId });
    // One version: what was forged did not even make the projection be written.
    expect([after?.version, after?.sends]).toEqual([(before?.version ?? 0) + 1, before?.sends]);
    expect(await movementsOf(stack.database, app.accountId, target.trackingId)).toEqual(['reserve', 'charge']);
  });

  test.each(['cancellation', 'resend', 'deliveryReport', 'reproject'])(
    'a wrong answer of its own, sent on as %s',
    async (name) => {
      const { trackingId, code } = await opened();
      await app.api.confirm(trackingId, wrongCode(code));
      const { signals } = await payloadsOf(stack, trackingId);
      await forgeSignal(stack, trackingId, name, signals[0] ?? []);
      await signalled(stack, trackingId, 2);
      const { body } = await app.api.confirm(trackingId, code);
      expect(body).toMatchObject({ status: 'Verified', timesTried: 2 });
    },
  );

  test('a resumption of a callback that is held', async () => {
    const held = await stack.addApplication({ callback: { url: receiver.url, paused: true } });
    const trackingId = await held.api.open();
    await held.api.cancel(trackingId);
    const callbackOf = () => stack.database.callbacks.findOne({ _id: trackingId });
    await eventually('held', async () => (await callbackOf())?.state === 'paused');
    await stack.database.applications.updateOne({ _id: held.applicationId }, { $set: { 'callback.paused': false } });
    const id = callbackWorkflowId(trackingId);
    for (const forged of [[], clear({ signal: 'callbackResumed' }), await sealed({ signal: 'callbackResumed' }, {})]) {
      await forgeSignal(stack, id, 'callbackResumed', forged);
    }
    await signalled(stack, id, 3);
    const handle = stack.temporal.workflow.getHandle(id);
    await eventually('the forged ones were read', async () => !(await handle.describe()).raw.pendingWorkflowTask);
    expect([(await callbackOf())?.state, receiver.received]).toEqual(['paused', []]);
    await handle.signal(callbackResumedSignal, saying(callbackResumedSignal, {}));
    await eventually('delivered', async () => (await callbackOf())?.state === 'delivered');
  });
});

describe('a forged start ends at once as NotSealed, and nothing is sent, charged or told', () => {
  const free = () => verificationInput(stack.ring, app.accountId, Date.now(), { unitPrices: { sms: 0 } }).input;
  const event = (trackingId: string) => ({ applicationId: app.applicationId, trackingId, status: 'Verified' });
  test.each<[string, string, (id: string) => string, (id: string) => Payload[] | Promise<Payload[]>]>([
    ['a verification in clear', 'verificationWorkflow', (id) => id, (trackingId) => clear({ ...free(), trackingId })],
    ['a verification of nothing', 'verificationWorkflow', (id) => id, () => []],
    [
      'a verification sealed for another workflow',
      'verificationWorkflow',
      (id) => id,
      (trackingId) => sealed({ ...free(), trackingId }, {}),
    ],
    [
      'the start of another verification',
      'verificationWorkflow',
      (id) => id,
      async () => (await payloadsOf(stack, await app.api.open())).start,
    ],
    [
      'a sealed start under an id that is not its own',
      'verificationWorkflow',
      (id) => id,
      (workflowId) => sealed(free(), { workflowId }),
    ],
    [
      'a callback in clear',
      'callbackWorkflow',
      callbackWorkflowId,
      (id) => clear({ accountId: app.accountId, url: receiver.url, event: event(id) }),
    ],
    ['an orphan in clear', 'orphanWorkflow', orphanWorkflowId, (id) => clear(id)],
    [
      'a test message in clear',
      'testMessageWorkflow',
      testMessageWorkflowId,
      (trackingId) => [
        inClear('sandbox'),
        inClear({ trackingId, recipient: '+12025550110', originator: 'Bank', method: 'sms' }),
      ],
    ],
    ['an audit in clear', 'ledgerAuditWorkflow', (id) => `audit-${id}`, () => clear({ abandonedAfterMs: 0 })],
    ['a sweep with an argument', 'retentionWorkflow', (id) => `sweep-${id}`, () => clear({ everything: true })],
  ])('%s', async (_, type, idOf, forge) => {
    const trackingId = randomUUID();
    const id = idOf(trackingId);
    const posted = receiver.received.length;
    const payloads = await forge(trackingId);
    await forgeStart(stack, id, type, payloads);
    const failed = await stack.temporal.workflow
      .getHandle(id)
      .result()
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(WorkflowFailedError);
    expect((failed as WorkflowFailedError).cause).toMatchObject({ type: 'NotSealed', nonRetryable: true });
    expect(await stack.database.verifications.findOne({ _id: trackingId })).toBeNull();
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual([]);
    expect(receiver.received).toHaveLength(posted);
    expect((await app.api.messages('+12025550110')).length).toBe(0);
  });
});
