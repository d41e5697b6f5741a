// A worker that is killed leaves its workflows to be replayed by another: every history, also of a day when the database was
// slow and activities overtook each other, must replay.
import { readFileSync } from 'node:fs';
import type { ReplayHistoriesIterable, ReplayWorkerOptions } from '@temporalio/worker';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createWorkflowDataConverter } from '../../secrets/data-converter.ts';
import { callbackWorkflowId } from '../../workflows/messages.ts';
import { wrongCode } from '../support/api-client.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const VERIFICATIONS = Number(process.env.SLOW_VERIFICATIONS ?? 60);

const AT_ONCE = 15;

let stack: Stack;
let receiver: Receiver;
let apps: TestApplication[];

beforeAll(async () => {
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) };
  Runtime.install({ logger: new DefaultLogger('ERROR', () => {}), telemetryOptions: { logging } });
  receiver = await startReceiver();
  stack = await createStack();
  const env = { CALLBACK_ALLOWED_HOSTS: receiver.host };
  await Promise.all([stack.startApi(), stack.startWorker(env, 'test/support/slow-worker.ts')]);
  // Many, since the movements of one account go one after the other.
  apps = await Promise.all(
    Array.from({ length: VERIFICATIONS / 3 }, () => stack.addApplication({ callback: { url: receiver.url } })),
  );
});
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});

/** Plays one of five courses; the API may give up on a slow day, which is no matter here. */
async function play(n: number): Promise<string | undefined> {
  const { api } = apps[n % apps.length] ?? {};
  if (!api) return undefined;
  const recipient = `+3069485${30_000 + n}`;
  const course = n % 5;
  const started = await api.start({ recipient, lifetimeInSeconds: course === 0 ? 5 : 60 });
  if (started.status !== 200) return undefined;
  const { trackingId } = started.body;
  if (course === 0) return trackingId;
  if (course === 1) {
    await api.cancel(trackingId);
    return trackingId;
  }
  const code = await api.code(trackingId, recipient);
  if (course > 2) await Promise.all(Array.from({ length: course - 2 }, () => api.confirm(trackingId, wrongCode(code))));
  await api.confirm(trackingId, code);
  return trackingId;
}

test(`the histories of ${VERIFICATIONS} verifications and their callbacks on a slow database replay`, async () => {
  const played: (string | undefined)[] = [];
  // A few at a time: all at once, a busy machine takes up most of them too late.
  for (let from = 0; from < VERIFICATIONS; from += AT_ONCE) {
    played.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => play(from + n)))));
  }
  const ids = played.flatMap((id) => (id === undefined ? [] : [id]));
  expect(ids.length).toBeGreaterThan(VERIFICATIONS / 2);
  const handles = ids.map((id) => stack.temporal.workflow.getHandle(id));
  await Promise.all(handles.map((handle) => handle.result()));
  const callbacks = ids.map((id) => stack.temporal.workflow.getHandle(callbackWorkflowId(id)));
  await Promise.all(callbacks.map((handle) => handle.result()));
  async function* histories(): ReplayHistoriesIterable {
    for (const handle of [...handles, ...callbacks]) {
      yield { workflowId: handle.workflowId, history: await handle.fetchHistory() };
    }
  }
  const code = readFileSync(inject('servers').workflowBundle, 'utf8');
  // Its type leaves the namespace out, for which everything is sealed.
  const options: ReplayWorkerOptions = {
    workflowBundle: { code },
    dataConverter: createWorkflowDataConverter(stack.ring),
    ...{ namespace: stack.temporal.options.namespace },
  };
  const broken: string[] = [];
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories())) {
    replayed += 1;
    if (error) broken.push(`${workflowId}: ${error.message}`);
  }
  expect(broken).toEqual([]);
  expect(replayed).toBe(2 * ids.length);
}, 300_000);
