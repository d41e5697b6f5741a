// CONTRACT "Confirm": the moment an answer arrived decides whether it was in time, not the moment it is judged.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../api/engine.ts';
import type { ApiAnswer, ApiClient } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { atRest, signalled } from '../support/engine.ts';
import type { TestProcess } from '../support/process.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const LIFETIME_SECONDS = 3;
/** workflows/verification.ts waits this long after the end of a life. */
const GRACE_MS = 1_000;
/** A busy machine may miss the moment that is meant; then another verification is taken. */
const TRIES = 8;
const RECIPIENT = '+306948530920';

let stack: Stack;
let app: TestApp;
let application: TestApplication;
let api: ApiClient;
let worker: TestProcess;
/** When the API took the newest answer in, by its own clock. */
let receivedAt: number;
/** Until when the API is held up on its way to the engine. */
let heldUpUntil = 0;

beforeAll(async () => {
  stack = await createStack();
  worker = await stack.startWorker();
  const engine = createEngine(stack.temporal);
  app = await startApp(stack, {
    engine: {
      ...engine,
      async confirm(trackingId, attempt) {
        receivedAt = attempt.receivedAt;
        await delay(Math.max(0, heldUpUntil - Date.now()));
        return await engine.confirm(trackingId, attempt);
      },
    },
  });
  application = await stack.addApplication();
  api = app.client(application);
});
afterAll(async () => {
  worker?.thaw();
  await app?.close();
  await stack?.stop();
});

/** The code, unless the machine is too busy to deliver it by then. */
async function codeInTime(trackingId: string, deadline: number): Promise<string | undefined> {
  while (Date.now() < deadline) {
    const message = (await api.messages(RECIPIENT)).find((each) => each.trackingId === trackingId);
    if (message) return /\d{6}/.exec(message.text)?.[0];
    await delay(50);
  }
  return undefined;
}

/**
 * The right answer, given so long after the end of the life (before it when negative), while the worker is frozen from
 * before that moment until the timer of the end has long fired.
 */
async function answerAround(afterExpiryMs: number, handedOnAfterMs: number) {
  const { body } = await api.start({ lifetimeInSeconds: LIFETIME_SECONDS });
  const { trackingId } = body;
  const expiresAt = Date.parse(body.expiresAt);
  const code = await codeInTime(trackingId, expiresAt - 1_000);
  if (code === undefined) return undefined;
  await atRest(stack, trackingId);
  await delay(Math.max(0, expiresAt - 400 - Date.now()));
  worker.freeze();
  await delay(Math.max(0, expiresAt + afterExpiryMs - Date.now()));
  heldUpUntil = expiresAt + handedOnAfterMs;
  const answer = api.confirm(trackingId, code);
  await Promise.all([signalled(stack, trackingId, 1), delay(Math.max(0, expiresAt + GRACE_MS + 300 - Date.now()))]);
  worker.thaw();
  return { trackingId, expiresAt, answer: await answer };
}

/** Answers until one arrived within the wanted span after the end of the life. */
async function answeredWithin(from: number, to: number, aimedAt: number, handedOnAfterMs = aimedAt) {
  for (let n = 0; n < TRIES; n++) {
    const story = await answerAround(aimedAt, handedOnAfterMs);
    if (!story) continue;
    const late = receivedAt - story.expiresAt;
    // 503: the machine was too busy for a verdict within the 5 s a caller waits.
    if (late >= from && late < to && story.answer.status !== 503) return story;
  }
  throw new Error(`No answer of ${TRIES} arrived at the moment that was meant`);
}

const codeOf = ({ status, body }: ApiAnswer) => [status, body.code];

test('an answer of the last moment, handed on and judged only after the end of the life, verifies', async () => {
  const { trackingId, expiresAt, answer } = await answeredWithin(-200, 0, -100, 200);
  expect(answer).toMatchObject({ status: 200, body: { status: 'Verified', timesTried: 1 } });
  expect(Date.parse(answer.body.updatedAt)).toBeGreaterThan(expiresAt);
  expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({ outcome: 'Verified' });
}, 120_000);

test('an answer after the end, while the verification still waits for those in time, is 400011003', async () => {
  const { trackingId, answer } = await answeredWithin(0, GRACE_MS - 200, 150);
  expect(codeOf(answer)).toEqual([400, '400011003']);
  expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({ outcome: 'Expired' });
  expect((await api.status(trackingId)).body).toMatchObject({ status: 'Expired', timesTried: 0 });
}, 120_000);

test('with the worker running, too, an answer after the end is 400011003, and one before it verifies', async () => {
  const { body } = await api.start({ lifetimeInSeconds: 10 });
  const code = await api.code(body.trackingId);
  await delay(Math.max(0, Date.parse(body.expiresAt) + 20 - Date.now()));
  expect(codeOf(await api.confirm(body.trackingId, code))).toEqual([400, '400011003']);
  const other = await api.open({ lifetimeInSeconds: 60 });
  expect((await api.confirm(other, await api.code(other))).body.status).toBe('Verified');
});
