// The probes: however many ask at once, database and engine are asked once, and what they said is remembered for a second.
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAdminApp } from '../../api/admin/app.ts';
import type { AdminDeps } from '../../api/admin/endpoint.ts';
import { createApp } from '../../api/app.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { createReadiness } from '../../api/readiness.ts';
import type { RouteDeps } from '../../api/routes.ts';
import { fixedRing } from '../support/key-rings.ts';
import { type Listening, listen } from '../support/listen.ts';

type Dependency = () => Promise<void>;

const fine: Dependency = async () => undefined;
const away: Dependency = async () => {
  throw new Error('away');
};
const slow =
  (ms: number, then: Dependency): Dependency =>
  async () => {
    await delay(ms);
    await then();
  };

function readinessOf(mongodb: Dependency, temporal: Dependency) {
  const asked = { mongodb: vi.fn(mongodb), temporal: vi.fn(temporal) };
  const deps = { database: { db: { command: asked.mongodb } }, engine: { ping: asked.temporal } };
  return { asked, readiness: createReadiness(deps as unknown as Pick<ApiDeps, 'database' | 'engine'>) };
}

const listening: Listening[] = [];
afterAll(() => Promise.all(listening.map((each) => each.close())));

/** The public and the management listener of one process. */
async function startBoth(mongodb: Dependency, temporal: Dependency) {
  const { asked, readiness } = readinessOf(mongodb, temporal);
  const shared = { readiness, ring: fixedRing('k1'), logger: pino({ level: 'silent' }), trustedProxies: [] };
  const apps = [
    createApp({ ...shared, sandbox: true } as unknown as RouteDeps),
    createAdminApp(shared as unknown as AdminDeps),
  ];
  const both = await Promise.all(apps.map(listen));
  listening.push(...both);
  const ask = async (url: string, path: string) => {
    const answer = await fetch(`${url}${path}`);
    return { status: answer.status, body: await answer.json(), headers: answer.headers };
  };
  return { asked, urls: both.map(({ url }) => url), ask };
}

describe('200 probes at once, half of them on the management listener', () => {
  test.each([
    ['all answer', fine, fine, 200, { mongodb: true, temporal: true }],
    ['all answer late', slow(300, fine), slow(500, fine), 200, { mongodb: true, temporal: true }],
    ['the database is away', away, fine, 503, { mongodb: false, temporal: true }],
    ['the engine is away', fine, away, 503, { mongodb: true, temporal: false }],
    ['both go away slowly', slow(300, away), slow(500, away), 503, { mongodb: false, temporal: false }],
  ])('ask once a second and get one answer where %s', async (_what, mongodb, temporal, status, checks) => {
    const { asked, urls, ask } = await startBoth(mongodb, temporal);
    const from = performance.now();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(urls[n % 2] ?? '', '/readyz')));
    // Where 200 requests take longer than a second, one more for each.
    const atMost = 1 + Math.floor((performance.now() - from) / 1_000);
    expect(asked.mongodb.mock.calls.length).toBeLessThanOrEqual(atMost);
    expect(asked.temporal.mock.calls.length).toBeLessThanOrEqual(atMost);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status, body: { checks } });
      expect(answer.headers.get('Retry-After')).toBe(status === 503 ? '2' : null);
    }
  });

  test('ask nobody by /livez', async () => {
    const { asked, urls, ask } = await startBoth(away, away);
    for (const url of urls) expect(await ask(url, '/livez')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(asked.mongodb).not.toHaveBeenCalled();
  });
});

describe('what was found', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    [0, 1],
    [1, 1],
    [500, 1],
    [999, 1],
    [1_000, 2],
    [1_500, 2],
    [60_000, 2],
  ])('is asked for again after %d ms: %d questions in all', async (ms, questions) => {
    const { asked, readiness } = readinessOf(fine, fine);
    await readiness();
    await vi.advanceTimersByTimeAsync(ms);
    await readiness();
    expect(asked.mongodb).toHaveBeenCalledTimes(questions);
    expect(asked.temporal).toHaveBeenCalledTimes(questions);
  });

  test('is remembered from the answer on, and a slow question is shared by whoever comes meanwhile', async () => {
    const { asked, readiness } = readinessOf(() => new Promise((resolve) => setTimeout(resolve, 4_000)), fine);
    const first = readiness();
    await vi.advanceTimersByTimeAsync(3_000);
    const second = readiness();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await first).toEqual(await second);
    await vi.advanceTimersByTimeAsync(900);
    await readiness();
    expect(asked.mongodb).toHaveBeenCalledTimes(1);
  });

  test('follows what went away and what came back within a second', async () => {
    let there = true;
    const { readiness } = readinessOf(async () => {
      if (!there) throw new Error('away');
    }, fine);
    const seen = [];
    for (const now of [true, false, false, true]) {
      there = now;
      await vi.advanceTimersByTimeAsync(1_000);
      seen.push((await readiness()).mongodb);
    }
    expect(seen).toEqual([true, false, false, true]);
  });

  test('is told by those that throw at once, too', async () => {
    const { readiness } = readinessOf(() => {
      throw new Error('closed');
    }, fine);
    expect(await readiness()).toEqual({ mongodb: false, temporal: true });
  });
});
