// Status callbacks: what the application's receiver gets, and what becomes of receivers that do not answer 200.
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { drawWebhookSecret } from '../../secrets/webhook-signature.ts';
import { callbackResumedSignal, callbackWorkflowId, saying } from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { answer200, type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await createStack();
  await Promise.all([stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }), stack.startApi()]);
});
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = answer200;
});

const callbackOf = (trackingId: string) => stack.database.callbacks.findOne({ _id: trackingId });
const attempted = (trackingId: string) =>
  eventually('a callback attempt', async () => {
    const callback = await callbackOf(trackingId);
    return callback && callback.attempts.length > 0 && callback;
  });

/** What came for it: callbacks that tests before left to be tried again may still come. */
const receivedFor = (trackingId: string) => receiver.received.filter(({ body }) => body.trackingId === trackingId);

async function cancelled(url: string, options: { secrets?: string[]; paused?: boolean } = {}) {
  const app = await stack.addApplication({ callback: { url, ...options } });
  const trackingId = await app.api.open();
  await app.api.cancel(trackingId);
  return { app, trackingId };
}

describe('the callback of an ending', () => {
  test('is one signed POST with the five fields, which both live secrets verify', async () => {
    const secrets = [drawWebhookSecret(), drawWebhookSecret()];
    const { app, trackingId } = await cancelled(receiver.url, { secrets });
    expect((await attempted(trackingId)).state).toBe('delivered');
    expect(receivedFor(trackingId)).toHaveLength(1);
    const [{ body, text, headers } = { body: {}, text: '', headers: {} }] = receivedFor(trackingId);
    const { updatedAt } = (await app.api.status(trackingId)).body;
    const { applicationId } = app;
    expect(body).toEqual({ applicationId, trackingId, recipient: '+306948530920', status: 'Cancelled', updatedAt });
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(text, headers as Record<string, string>)).toEqual(body);
    }
    expect(() => new Webhook(drawWebhookSecret()).verify(text, headers as Record<string, string>)).toThrow();
    const timeline = (await app.api.request('GET', `/2step/${trackingId}/timeline`)).body;
    expect(timeline.callback).toBe('delivered');
    expect(timeline.events.at(-1).sentence).toBe('Callback attempt 1: delivered');
  });

  test('does not exist for an application without a callback URL', async () => {
    const app = await stack.addApplication();
    const trackingId = await app.api.open();
    await app.api.cancel(trackingId);
    await stack.temporal.workflow.getHandle(trackingId).result();
    await expect(stack.temporal.workflow.getHandle(callbackWorkflowId(trackingId)).describe()).rejects.toThrow(
      /not found/i,
    );
  });

  test.each([
    ['redirects', (r) => void r.writeHead(302, { Location: receiver.url }).end(), { kind: 'refused', httpStatus: 302 }],
    ['answers 201', (r) => void r.writeHead(201).end(), { kind: 'refused', httpStatus: 201 }],
    ['answers 500', (r) => void r.writeHead(500).end('x'.repeat(100_000)), { kind: 'refused', httpStatus: 500 }],
    ['hangs', () => undefined, { kind: 'failed', reason: 'timeout' }],
    ['hangs up', (r) => void r.destroy(), { kind: 'failed', reason: 'unreachable' }],
  ] as [string, Receiver['answer'], object][])(
    'is kept for another try by a receiver that %s',
    async (_, answer, outcome) => {
      receiver.answer = answer;
      const { trackingId } = await cancelled(receiver.url);
      expect(await attempted(trackingId)).toMatchObject({ state: 'pending', attempts: [{ outcome }] });
      expect(receivedFor(trackingId)).toHaveLength(1);
    },
  );

  test.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://192.168.1.1/',
    'http://2130706433/',
    'http://168.63.129.16/',
    'http://198.18.0.1/',
    'http://[fec0::1]/',
    'http://user:pass@example.com/',
    'http://example.com:8080/',
  ])('never goes to %s', async (url) => {
    const { trackingId } = await cancelled(url);
    const { attempts } = await attempted(trackingId);
    expect(attempts[0]?.outcome).toEqual({ kind: 'failed', reason: 'forbiddenAddress' });
  });

  test('goes nowhere once the URL was taken away, though it was there at the start', async () => {
    const callback = { url: receiver.url, secrets: [drawWebhookSecret()], paused: true };
    const app = await stack.addApplication({ callback });
    const trackingId = await app.api.open();
    await stack.database.applications.updateOne({ _id: app.applicationId }, { $unset: { 'callback.url': '' } });
    await app.api.cancel(trackingId);
    expect((await attempted(trackingId)).attempts).toMatchObject([
      { outcome: { kind: 'failed', reason: 'endpointRemoved' } },
    ]);
    expect(receivedFor(trackingId)).toEqual([]);
  });

  test('to a paused endpoint is held, and goes out when it is resumed', async () => {
    const { app, trackingId } = await cancelled(receiver.url, { paused: true });
    await eventually('held', async () => (await callbackOf(trackingId))?.state === 'paused');
    expect(receivedFor(trackingId)).toHaveLength(0);
    await stack.database.applications.updateOne({ _id: app.applicationId }, { $set: { 'callback.paused': false } });
    await stack.temporal.workflow
      .getHandle(callbackWorkflowId(trackingId))
      .signal(callbackResumedSignal, saying(callbackResumedSignal, {}));
    expect((await attempted(trackingId)).state).toBe('delivered');
    expect(receivedFor(trackingId)).toHaveLength(1);
  });

  test('comes, and the money is settled, when an operator cancels the workflow itself', async () => {
    const app = await stack.addApplication({ callback: { url: receiver.url } });
    const trackingId = await app.api.open();
    await app.api.code(trackingId);
    await stack.temporal.workflow.getHandle(trackingId).cancel();
    expect((await attempted(trackingId)).state).toBe('delivered');
    expect(receivedFor(trackingId).map(({ body }) => body.status)).toEqual(['Cancelled']);
    expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({
      outcome: 'Cancelled',
      charged: 45_000,
    });
  });

  test('survives the worker: killed before the attempt, the callback comes once another runs', async () => {
    const app = await stack.addApplication({ callback: { url: receiver.url } });
    const second = await createStackWorkers();
    const trackingId = await app.api.open();
    await second.kill();
    await app.api.cancel(trackingId);
    expect((await attempted(trackingId)).state).toBe('delivered');
    expect(receivedFor(trackingId)).toHaveLength(1);
  });
});

const createStackWorkers = () => stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host });
