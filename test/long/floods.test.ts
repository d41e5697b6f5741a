// Eleven thousand messages of each kind at one verification, by the API and past it: figures, and what callers are told afterwards.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byApi, type Flood, flood, openFlood, pastApi, signalsOf } from '../support/floods.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const TIMES = 11_000;

let stack: Stack;
let app: TestApplication;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
});
afterAll(() => stack?.stop());

async function figures(kind: string, it: Flood, from: number): Promise<void> {
  const seconds = Math.round((performance.now() - from) / 1000);
  const status = (await app.api.status(it.trackingId)).body.status;
  process.stdout.write(
    `${kind}: ${TIMES} in ${seconds} s, ${await signalsOf(it)} signals in its history, then ${status}\n`,
  );
}

describe('eleven thousand', () => {
  test.each(Object.entries(byApi))('%s by the API leave a bounded history', async (kind, act) => {
    const it = await openFlood(stack, app);
    const from = performance.now();
    await flood(TIMES, (n) => act(it, n));
    await figures(kind, it, from);
    expect(await signalsOf(it)).toBeLessThan(1_000);
  });

  test.each(Object.entries(pastApi))('%s past the API end it, and all is told as decided', async (kind, act) => {
    const it = await openFlood(stack, app);
    const from = performance.now();
    await flood(TIMES, () => act(it));
    await figures(kind, it, from);
    expect((await app.api.status(it.trackingId)).body.status).toBe('Failed');
    const timeline = await app.api.request('GET', `/2step/${it.trackingId}/timeline`);
    expect(JSON.stringify(timeline.body)).toContain('could hear no more');
    await toldAsDecided(it);
  });

  test('resends while no worker is up: what Temporal takes no more is told as decided', async () => {
    const own = await createStack();
    try {
      const [worker] = await Promise.all([own.startWorker(), own.startApi()]);
      const it = await openFlood(own, await own.addApplication());
      await worker.stop();
      const told = await flood(TIMES, () => pastApi['resends too soon']?.(it) ?? Promise.resolve());
      const full = told.filter((result) => result === 'full').length;
      process.stdout.write(`without a worker: Temporal took ${TIMES - full} of ${TIMES}\n`);
      expect(full).toBeGreaterThan(0);
      await toldAsDecided(it);
    } finally {
      await own.stop();
    }
  });
});

async function toldAsDecided({ app: { api }, trackingId, code }: Flood): Promise<void> {
  const codes = [await api.confirm(trackingId, code), await api.cancel(trackingId)].map(({ body }) => body.code);
  expect(codes).toEqual(['400011002', '400011002']);
}
