// The stories that are recorded: each brings one verification to its ending. Numbers are invented; codes are long, to be found if they leak.
import { resumeCallbacks } from '../../admin/callbacks.ts';
import type { RouteStep } from '../../domain/route.ts';
import type { TestOperator } from '../support/admin.ts';
import { wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { answer200, type Receiver } from '../support/receiver.ts';
import type { Stack, TestApplication } from '../support/stack.ts';
import { ARGUMENT, type CallbackEnding, type Ending } from './recordings.ts';

export interface Scene {
  readonly stack: Stack;
  readonly app: TestApplication;
  readonly receiver: Receiver;
  readonly chief: TestOperator;
}

/** Returns the id of its verification. */
type Story = (scene: Scene) => Promise<string>;

/** Accepted, and nothing is heard of it again; never answered, and nobody can be asked. */
const [SILENT, DOUBTFUL] = ['+12025550109', '+12025550104'];

const message = { template: 'Dear @@name, @@pin', arguments: { name: ARGUMENT }, digits: 10 };

async function confirmed({ api }: TestApplication, wrongAnswers: number, fields: Record<string, unknown> = {}) {
  const trackingId = await api.open({ ...message, ...fields });
  const code = await api.code(trackingId, fields.recipient as string | undefined);
  for (let n = 0; n < wrongAnswers; n += 1) await api.confirm(trackingId, wrongCode(code));
  if (fields.maxRetries !== wrongAnswers - 1) await api.confirm(trackingId, code);
  return trackingId;
}

async function delivered({ api }: TestApplication, fields: Record<string, unknown> = {}) {
  const trackingId = await api.open({ ...message, ...fields });
  await api.delivered(trackingId, fields.recipient as string | undefined);
  return trackingId;
}

/** Sends once more when that may be, and waits for the second message. */
async function resent({ api }: TestApplication, trackingId: string, method: string, recipient?: string) {
  const resend = () => api.json('POST', `/2step/${trackingId}/resend`, { method });
  await eventually('the cool-down is over', async () => (await resend()).status === 200, 60_000);
  await eventually('both messages', async () => (await api.delivered(trackingId, recipient)).length === 2);
}

const through = (carrier: string, more: Partial<RouteStep> = {}): RouteStep => ({ carrier, method: 'sms', ...more });

/** An application of its own, whose messages go by these steps through carriers that stand in for real ones. */
async function routed({ stack, chief }: Scene, ...steps: readonly RouteStep[]): Promise<TestApplication> {
  const settings: Readonly<Record<string, object>> = { broken: { outOfOrder: true }, curious: { feedback: true } };
  for (const { carrier } of steps) {
    await chief.get('PUT', `/admin/carriers/${carrier}`, { type: 'sandbox', settings: settings[carrier] ?? {} });
  }
  const app = await stack.addApplication();
  await chief.get('PUT', `/admin/routes/${app.applicationId}/everywhere`, { steps });
  return app;
}

export const stories: Readonly<Record<Ending, Story>> = {
  verified: ({ app }) => confirmed(app, 0),
  'verified-after-wrong': ({ app }) => confirmed(app, 2),
  'failed-by-tries': ({ app }) => confirmed(app, 2, { maxRetries: 1 }),
  'failed-by-delivery': ({ app }) => app.api.open({ ...message, recipient: '+12025550100' }),
  expired: ({ app }) => delivered(app, { lifetimeInSeconds: 3 }),
  async cancelled({ app }) {
    const trackingId = await delivered(app);
    await app.api.cancel(trackingId);
    return trackingId;
  },
  async 'refused-by-balance'({ stack }) {
    const poor = await stack.addApplication({ balance: 0 });
    await poor.api.start(message);
    const refused = await stack.database.verifications.findOne({ refusal: 'insufficientBalance' });
    if (!refused) throw new Error('The start was not refused');
    return refused._id;
  },
  'unknown-then-released': ({ app }) => app.api.open({ ...message, recipient: DOUBTFUL, lifetimeInSeconds: 5 }),
  'refused-twice-then-accepted': ({ app }) => confirmed(app, 0, { recipient: '+12025550101' }),
  async 'resent-then-verified'({ app }) {
    const trackingId = await delivered(app);
    const code = await app.api.code(trackingId);
    await resent(app, trackingId, 'voice');
    await app.api.confirm(trackingId, code);
    return trackingId;
  },
  async 'verified-with-callback'({ stack, receiver }) {
    return await confirmed(await stack.addApplication({ callback: { url: receiver.url } }), 0);
  },
  async 'verified-with-feedback'(scene) {
    return await confirmed(await routed(scene, through('curious')), 0);
  },
  async 'failed-over'(scene) {
    return await confirmed(await routed(scene, through('broken'), through('second')), 0);
  },
  async 'failed-over-in-doubt'(scene) {
    const { api } = await routed(scene, through('second', { waitForReceiptSeconds: 1 }), through('third'));
    return await api.open({ ...message, recipient: DOUBTFUL, lifetimeInSeconds: 60 });
  },
  async 'voice-after-sms'(scene) {
    const voice = through('third', { method: 'voice' });
    const { api } = await routed(scene, through('second', { waitForReceiptSeconds: 1 }), voice);
    const trackingId = await api.open({ ...message, recipient: SILENT });
    await api.happened(trackingId, 'charged', 2);
    await api.confirm(trackingId, await api.code(trackingId, SILENT));
    return trackingId;
  },
  async 'resent-while-waiting'(scene) {
    const app = await routed(scene, through('second', { waitForReceiptSeconds: 200 }), through('third'));
    const trackingId = await delivered(app, { recipient: SILENT });
    await resent(app, trackingId, 'sms', SILENT);
    await app.api.confirm(trackingId, await app.api.code(trackingId, SILENT));
    return trackingId;
  },
};

export const callbackStories: Readonly<Record<CallbackEnding, Story>> = {
  'callback-at-once': (scene) => stories['verified-with-callback'](scene),
  async 'callback-paused-then-refused-once'({ stack, receiver }) {
    const told = await stack.addApplication({ callback: { url: receiver.url, paused: true } });
    const trackingId = await confirmed(told, 0);
    const isPaused = async () => (await stack.database.callbacks.findOne({ _id: trackingId }))?.state === 'paused';
    await eventually('the callback is held back', isPaused);
    receiver.answer = (response) => {
      receiver.answer = answer200;
      response.writeHead(500).end();
    };
    const { database, ring, temporal } = stack;
    await resumeCallbacks({ database, ring, temporal, allowedHosts: [], actor: 'recording' }, told.applicationId);
    return trackingId;
  },
};
