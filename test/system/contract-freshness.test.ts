// CONTRACT "Status": GET shows what the answer before it said, from the moment that answer left, every time.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiClient, wrongCode } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack } from '../support/stack.ts';

/** Verifications in all; FRESHNESS_RUNS=200 is the full proof. */
const RUNS = Number(process.env.FRESHNESS_RUNS ?? 50);
const BATCH = 5;

let stack: Stack;
let app: TestApp;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  api = app.client(await stack.addApplication());
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

/** One life: what each answer said and what GET said right after it. */
async function life(recipient: string) {
  const started = await api.start({ recipient });
  const { trackingId } = started.body;
  const afterStart = await api.status(trackingId);
  const code = await api.code(trackingId, recipient);
  const wrong = await api.confirm(trackingId, wrongCode(code));
  const afterWrong = await api.status(trackingId);
  const right = await api.confirm(trackingId, code);
  return { started, afterStart, wrong, afterWrong, right, afterRight: await api.status(trackingId) };
}

test(`GET right after a start, a wrong and a right answer is never stale, ${RUNS} times of ${RUNS}`, async () => {
  let fresh = 0;
  for (let run = 0; run < RUNS; run += BATCH) {
    // Numbers of their own, so that the outbox stays short.
    const lives = await Promise.all(
      Array.from({ length: Math.min(BATCH, RUNS - run) }, (_, i) => life(`+1201555${String(1000 + run + i)}`)),
    );
    for (const { started, afterStart, wrong, afterWrong, right, afterRight } of lives) {
      expect(started.body).toMatchObject({ status: 'Pending', timesTried: 0 });
      expect(afterStart.body).toStrictEqual(started.body);
      expect(wrong.body.code).toBe('400011005');
      expect(afterWrong.body).toMatchObject({ status: 'Pending', timesTried: 1 });
      expect(right.body).toMatchObject({ status: 'Verified', timesTried: 2 });
      expect(afterRight.body).toStrictEqual(right.body);
      fresh += 1;
    }
  }
  expect(fresh).toBe(RUNS);
}, 300_000);
