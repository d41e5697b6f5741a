// Starts while no worker is up: refused at once, without a workflow; taken again as soon as one is.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

/** A start that waits for a worker takes 10 s; a busy machine makes a refusal slow, but not as slow. */
const AT_ONCE_MS = 5_000;

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  // What prepares namespace and indexes is a worker; it is stopped in order, so that its lease is gone.
  const worker = await stack.startWorker();
  await stack.startApi();
  app = await stack.addApplication();
  await app.api.open();
  await worker.stop();
});
afterAll(() => stack?.stop());

async function startedWorkflows(): Promise<number> {
  let count = 0;
  for await (const _ of stack.temporal.workflow.list({ query: "WorkflowType = 'verificationWorkflow'" })) count += 1;
  return count;
}

/** Starts until one is refused; says in how many ms it was. */
async function refusedIn(): Promise<number> {
  const from = performance.now();
  const { status, body, headers } = await app.api.start();
  const took = performance.now() - from;
  expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', expect.stringMatching(/^\d+$/)]);
  return took;
}

test('are refused at once after a worker has stopped in order, and leave nothing', async () => {
  expect(await stack.database.workerLeases.countDocuments()).toBe(0);
  const [workflows, verifications] = [await startedWorkflows(), await stack.database.verifications.countDocuments()];
  // What the API was told before is forgotten by then. The first one is not told by those that waited before it.
  await delay(1_100);
  const took = [await refusedIn()];
  expect(took[0]).toBeLessThan(AT_ONCE_MS);
  for (let n = 1; n < 20; n += 1) took.push(await refusedIn());
  took.sort((a, b) => a - b);
  // Ten in twenty on a busy machine; idle ones are an order faster.
  expect(took[10]).toBeLessThan(100);
  expect([await startedWorkflows(), await stack.database.verifications.countDocuments()]).toEqual([
    workflows,
    verifications,
  ]);
});

test('are taken as soon as a worker is up, by its own lease, and refused within 15 s after all were killed', async () => {
  const [first, second] = await Promise.all([stack.startWorker(), stack.startWorker()]);
  await eventually('a start', async () => (await app.api.start()).status === 200, 20_000);
  expect(await stack.database.workerLeases.countDocuments()).toBe(2);
  await first.kill();
  expect((await app.api.start()).status).toBe(200);
  await second.kill();
  const killedAt = Date.now();
  await eventually('no lease is young', async () => {
    const [newest] = await stack.database.workerLeases.find().sort({ renewedAt: -1 }).toArray();
    return Date.now() - (newest?.renewedAt.getTime() ?? 0) > 15_500;
  });
  expect(Date.now() - killedAt).toBeLessThan(17_500);
  const took = [await refusedIn(), await refusedIn(), await refusedIn()];
  expect(Math.max(...took)).toBeLessThan(AT_ONCE_MS);
  expect(Math.min(...took)).toBeLessThan(100);
  await stack.startWorker();
  await eventually('a start', async () => (await app.api.start()).status === 200, 20_000);
});
