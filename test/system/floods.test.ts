// Two hundred messages of each kind at one verification: what reaches its history is bounded, and it is still answered as it should.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { byApi, flood, openFlood, signalsOf } from '../support/floods.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const TIMES = 200;
/** Tries, three states of each part of a message, and a few more. */
const MOST_SIGNALS = 65;

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

const decides = new Set(['wrong answers', 'cancellations']);

describe('two hundred', () => {
  test.concurrent.each(Object.entries(byApi))('%s leave a bounded history', async (kind, act) => {
    const it = await openFlood(stack, app);
    const answers = await flood(TIMES, (n) => act(it, n));
    expect(answers.filter((answer) => answer?.status === 500)).toEqual([]);
    expect(await signalsOf(it)).toBeLessThanOrEqual(MOST_SIGNALS);
    const { status, body } = await app.api.confirm(it.trackingId, it.code);
    expect([status, body.code ?? body.status]).toEqual(decides.has(kind) ? [400, '400011002'] : [200, 'Verified']);
  });

  test.concurrent('resends that there is no money for leave a bounded history, and the right answer verifies', async () => {
    const poor = await stack.addApplication({ balance: 0.045 });
    const it = await openFlood(stack, poor);
    const resend = () => poor.api.json('POST', `/2step/${it.trackingId}/resend`, {});
    await eventually('the cool-down is over', async () => (await resend()).status === 400, 60_000);
    const answers = await flood(TIMES, resend);
    expect(answers.filter(({ body }) => !['400001009', '429000000', '503000000'].includes(body.code))).toEqual([]);
    expect((await resend()).status).toBe(429);
    expect(await signalsOf(it)).toBeLessThanOrEqual(MOST_SIGNALS);
    expect((await poor.api.confirm(it.trackingId, it.code)).body).toMatchObject({ status: 'Verified' });
  });
});
