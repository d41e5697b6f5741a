// Records the histories that are not there yet, on the real stack: npm run histories:record [-- v2]
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { callbackWorkflowId } from '../../workflows/messages.ts';
import { startAdmin } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { startReceiver } from '../support/receiver.ts';
import { startServers } from '../support/servers.ts';
import { createStack, type Stack } from '../support/stack.ts';
import {
  type CallbackEnding,
  callbackEndings,
  type Ending,
  endings,
  folder,
  recordingKey,
  writtenHistory,
} from './recordings.ts';
import { callbackStories, type Scene, stories } from './stories.ts';

const [version = 'v1'] = process.argv.slice(2);
const fileOf = (ending: string) => `${folder}${ending}-${version}.json`;

async function recordVerification(scene: Scene, ending: Ending): Promise<void> {
  const { stack } = scene;
  const trackingId = await stories[ending](scene);
  const { outcome } = await stack.temporal.workflow.getHandle(trackingId).result();
  if (outcome !== endings[ending].outcome) throw new Error(`${ending} ended as ${outcome}`);
  await keep(stack, ending, trackingId);
}

async function recordCallback(scene: Scene, ending: CallbackEnding): Promise<void> {
  const { stack } = scene;
  const trackingId = await callbackStories[ending](scene);
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

/** What is recorded is kept. */
const missing = <E extends string>(facts: Readonly<Record<E, unknown>>) =>
  (Object.keys(facts) as E[]).filter((ending) => !existsSync(fileOf(ending)));

const wanted = { endings: missing(endings), callbacks: missing(callbackEndings) };
if (wanted.endings.length + wanted.callbacks.length === 0) {
  throw new Error(`Every ending is recorded as ${version}: name another version, or delete what nobody runs any more`);
}
mkdirSync(folder, { recursive: true });
const receiver = await startReceiver();
const { servers, stop } = await startServers();
try {
  const stack = await createStack({ keys: [recordingKey], servers });
  const admin = await startAdmin(stack);
  try {
    await Promise.all([stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }), stack.startApi()]);
    const scene = { stack, receiver, app: await stack.addApplication(), chief: await admin.operator() };
    for (const ending of wanted.endings) await recordVerification(scene, ending);
    for (const ending of wanted.callbacks) await recordCallback(scene, ending);
  } finally {
    await admin.close();
    await stack.stop();
  }
} finally {
  await stop();
  await receiver.stop();
}
