// Records a history of every ending on the real stack: npm run histories:record [-- v2]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resumeCallbacks } from '../../admin/callbacks.ts';
import { callbackWorkflowId } from '../../workflows/messages.ts';
import { wrongCode } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { answer200, startReceiver } from '../support/receiver.ts';
import { startServers } from '../support/servers.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';
import {
  ARGUMENT,
  type CallbackEnding,
  callbackEndings,
  type Ending,
  endings,
  folder,
  recordingKey,
  writtenHistory,
} from './recordings.ts';

const [version = 'v1'] = process.argv.slice(2);
const fileOf = (ending: string) => `${folder}${ending}-${version}.json`;

/** Brings one verification to its ending and returns its id. Numbers are invented; codes are long, to be found if they leak. */
type Story = (app: TestApplication, stack: Stack) => Promise<string>;

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
  await api.delivered(trackingId);
  return trackingId;
}

const stories: Readonly<Record<Ending, Story>> = {
  verified: (app) => confirmed(app, 0),
  'verified-after-wrong': (app) => confirmed(app, 2),
  'failed-by-tries': (app) => confirmed(app, 2, { maxRetries: 1 }),
  'failed-by-delivery': ({ api }) => api.open({ ...message, recipient: '+12025550100' }),
  expired: (app) => delivered(app, { lifetimeInSeconds: 3 }),
  async cancelled(app) {
    const trackingId = await delivered(app);
    await app.api.cancel(trackingId);
    return trackingId;
  },
  async 'refused-by-balance'(_app, stack) {
    const poor = await stack.addApplication({ balance: 0 });
    await poor.api.start(message);
    const refused = await stack.database.verifications.findOne({ refusal: 'insufficientBalance' });
    if (!refused) throw new Error('The start was not refused');
    return refused._id;
  },
  'unknown-then-released': ({ api }) => api.open({ ...message, recipient: '+12025550104', lifetimeInSeconds: 5 }),
  'refused-twice-then-accepted': (app) => confirmed(app, 0, { recipient: '+12025550101' }),
  async 'resent-then-verified'(app) {
    const trackingId = await delivered(app);
    const code = await app.api.code(trackingId);
    const resend = () => app.api.json('POST', `/2step/${trackingId}/resend`, { method: 'voice' });
    await eventually('the cool-down is over', async () => (await resend()).status === 200, 60_000);
    await eventually('both messages', async () => (await app.api.delivered(trackingId)).length === 2);
    await app.api.confirm(trackingId, code);
    return trackingId;
  },
  async 'verified-with-callback'(_app, stack) {
    const told = await stack.addApplication({ callback: { url: receiver.url } });
    return await confirmed(told, 0);
  },
};

const callbackStories: Readonly<Record<CallbackEnding, Story>> = {
  'callback-at-once': (app, stack) => stories['verified-with-callback'](app, stack),
  async 'callback-paused-then-refused-once'(_app, stack) {
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

async function recordVerification(stack: Stack, app: TestApplication, ending: Ending): Promise<void> {
  const trackingId = await stories[ending](app, stack);
  const { outcome } = await stack.temporal.workflow.getHandle(trackingId).result();
  if (outcome !== endings[ending].outcome) throw new Error(`${ending} ended as ${outcome}`);
  await keep(stack, ending, trackingId);
}

async function recordCallback(stack: Stack, app: TestApplication, ending: CallbackEnding): Promise<void> {
  const trackingId = await callbackStories[ending](app, stack);
  await stack.temporal.workflow.getHandle(trackingId).result();
  const workflowId = callbackWorkflowId(trackingId);
  const { attempts } = await stack.temporal.workflow.getHandle(workflowId).result();
  if (attempts !== callbackEndings[ending]) throw new Error(`${ending} took ${attempts} attempts`);
  await keep(stack, ending, workflowId);
}

async function keep(stack: Stack, ending: string, workflowId: string): Promise<void> {
  const handle = stack.temporal.workflow.getHandle(workflowId);
  const history = await eventually(`the history of ${ending}`, () => handle.fetchHistory());
  writeFileSync(fileOf(ending), writtenHistory(history));
  process.stdout.write(`${ending}-${version}: ${history.events?.length} events\n`);
}

const there = Object.keys({ ...endings, ...callbackEndings }).filter((ending) => existsSync(fileOf(ending)));
if (there.length > 0) {
  throw new Error(
    `Recorded histories are kept: name another version than ${version}, or delete its files while nobody runs it`,
  );
}
mkdirSync(folder, { recursive: true });
const receiver = await startReceiver();
const { servers, stop } = await startServers();
try {
  const stack = await createStack({ keys: [recordingKey], servers });
  try {
    await Promise.all([stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }), stack.startApi()]);
    const app = await stack.addApplication();
    for (const ending of Object.keys(stories)) await recordVerification(stack, app, ending as Ending);
    for (const ending of Object.keys(callbackStories)) await recordCallback(stack, app, ending as CallbackEnding);
  } finally {
    await stack.stop();
  }
} finally {
  await stop();
  await receiver.stop();
}
