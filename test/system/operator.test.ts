// What operators do about callbacks and projections, on the running service.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type CallbackTools,
  pauseCallbacks,
  replayCallback,
  replayRange,
  resumeCallbacks,
  sendTestEvent,
} from '../../admin/callbacks.ts';
import { reprojectOpen } from '../../admin/reproject.ts';
import { drawWebhookSecret } from '../../secrets/webhook-signature.ts';
import { eventually } from '../support/eventually.ts';
import { answer200, type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let receiver: Receiver;
let tools: CallbackTools;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await createStack();
  await Promise.all([stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }), stack.startApi()]);
  const { database, ring, temporal } = stack;
  tools = { database, ring, temporal, allowedHosts: [receiver.host], actor: 'test' };
});
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = answer200;
});

const withEndpoint = () => stack.addApplication({ callback: { url: receiver.url, secrets: [drawWebhookSecret()] } });
const ended = async (app: Awaited<ReturnType<typeof withEndpoint>>) => {
  const trackingId = await app.api.open();
  await app.api.cancel(trackingId);
  return trackingId;
};
const stateOf = async (trackingId: string) => (await stack.database.callbacks.findOne({ _id: trackingId }))?.state;
const inState = (trackingId: string, state: string) =>
  eventually(`the callback is ${state}`, async () => (await stateOf(trackingId)) === state);

describe('an operator', () => {
  test('holds callbacks back and lets them go: none is sent in between, all are sent after', async () => {
    const app = await withEndpoint();
    await pauseCallbacks(tools, app.applicationId);
    const ids = [await ended(app), await ended(app)];
    for (const id of ids) await inState(id, 'paused');
    expect(receiver.received).toHaveLength(0);
    expect(await resumeCallbacks(tools, app.applicationId)).toBe(2);
    for (const id of ids) await inState(id, 'delivered');
    expect(receiver.received.map(({ body }) => body.trackingId).sort()).toEqual([...ids].sort());
  });

  test('sends one callback again, or all of a period, under the same webhook-id, and attempts add up', async () => {
    const app = await withEndpoint();
    const from = new Date();
    const ids = [await ended(app), await ended(app)];
    for (const id of ids) await inState(id, 'delivered');
    const [first = ''] = ids;
    expect(await replayCallback(tools, first)).toBe('started');
    await eventually(
      'two attempts',
      async () => (await stack.database.callbacks.findOne({ _id: first }))?.attempts.length === 2,
    );
    const results = await eventually('replayed', async () => {
      const all = await replayRange(tools, app.applicationId, from, new Date(Date.now() + 1000));
      return all.every((result) => result === 'started') && all;
    });
    expect(results).toHaveLength(2);
    await eventually('every POST', async () => receiver.received.length >= 5);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(ids));
  });

  test('cannot replay what has not ended, is unknown, or has no endpoint', async () => {
    const app = await withEndpoint();
    expect(await replayCallback(tools, await app.api.open())).toBe('notEnded');
    expect(await replayCallback(tools, '00000000-0000-4000-8000-000000000000')).toBe('notEnded');
    const without = await stack.addApplication();
    const trackingId = await without.api.open();
    await without.api.cancel(trackingId);
    expect(await replayCallback(tools, trackingId)).toBe('noEndpoint');
    await expect(pauseCallbacks(tools, without.applicationId)).rejects.toThrow('has no callback URL');
  });

  test('sends a test event, signed, and learns what came of it', async () => {
    const app = await withEndpoint();
    expect(await sendTestEvent(tools, app.applicationId)).toEqual({ kind: 'delivered', httpStatus: 200 });
    expect(receiver.received[0]?.body).toMatchObject({ applicationId: app.applicationId, status: 'Verified' });
    expect(receiver.received[0]?.headers['webhook-signature']).toMatch(/^v1,/);
    receiver.answer = (response) => void response.writeHead(404).end();
    expect(await sendTestEvent(tools, app.applicationId)).toEqual({ kind: 'refused', httpStatus: 404 });
  });

  test('has lost projections of open verifications written anew, and they go on as if nothing had been', async () => {
    const app = await stack.addApplication();
    const trackingId = await app.api.open();
    const code = await app.api.code(trackingId);
    const before = (await app.api.status(trackingId)).body;
    await stack.database.verifications.deleteOne({ _id: trackingId });
    expect((await app.api.status(trackingId)).body.code).toBe('404011006');
    await eventually('listed', async () => (await reprojectOpen(tools, stack.temporal)) >= 1);
    await eventually('there again', async () => (await app.api.status(trackingId)).status === 200);
    expect((await app.api.status(trackingId)).body).toEqual(before);
    expect((await app.api.confirm(trackingId, code)).body.status).toBe('Verified');
  });
});
