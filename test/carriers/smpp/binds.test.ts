// How many binds are held: as many as this process may hold now, each made again when it ends.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CarrierFault, CarrierUnavailable } from '../../../carriers/carrier.ts';
import { BindFailure } from '../../../carriers/smpp/bind.ts';
import { type Binds, keepBinds } from '../../../carriers/smpp/binds.ts';
import type { Connection } from '../../../carriers/smpp/connection.ts';

// Fake timers leave this one alone; so it, too, goes by their clock.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, _: unknown, { signal }: { readonly signal?: AbortSignal } = {}) =>
    new Promise<void>((resolve, reject) => {
      setTimeout(resolve, ms);
      if (signal?.aborted) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
}));

/** Connections as they stand; `end` ends one. */
let made: (Connection & { end(): void })[];
let standing: Set<Connection>;
let refused: BindFailure | undefined;
let binds: Binds;

beforeEach(() => {
  vi.useFakeTimers();
  [made, standing, refused, silent] = [[], new Set(), undefined, false];
});
afterEach(async () => {
  const closed = binds.close();
  await vi.advanceTimersByTimeAsync(100);
  await closed;
  vi.useRealTimers();
});

/** While true, connections do not come about until they are given up. */
let silent = false;

async function open(giveUp: AbortSignal): Promise<Connection> {
  if (silent) await new Promise((_, reject) => giveUp.addEventListener('abort', () => reject(giveUp.reason)));
  if (refused) throw refused;
  let end: () => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = () => {
      standing.delete(connection);
      resolve('ECONNRESET');
    };
  });
  const connection = {
    usable: () => standing.has(connection),
    request: async () => expect.unreachable(),
    ended,
    unbind: async () => end(),
    destroy: end,
    end,
  };
  made.push(connection);
  standing.add(connection);
  return connection;
}

async function start(count: number, window = 1) {
  const log = { info: () => undefined, warn: () => undefined };
  binds = keepBinds({ count, window, reconnectMaxMs: 30_000, open, log });
  await vi.advanceTimersByTimeAsync(0);
}

describe('the binds of a process', () => {
  test('become more and fewer as it is told, and messages go by those there are', async () => {
    await start(1);
    await binds.hold(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(standing.size).toBe(3);
    const used = await Promise.all([binds.room(0), binds.room(0), binds.room(0)]);
    expect(new Set(used.map(({ connection }) => connection)).size).toBe(3);
    for (const { release } of used) release();
    await binds.hold(1);
    expect(standing.size).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(made).toHaveLength(3);
  });

  test('that are too many end after what is under way on them, and get nothing more', async () => {
    await start(2);
    const [first, second] = await Promise.all([binds.room(0), binds.room(0)]);
    const held = binds.hold(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(standing.size).toBe(2);
    first.release();
    second.release();
    await binds.room(0);
    await expect(binds.room(0)).rejects.toBeInstanceOf(CarrierUnavailable);
    await vi.advanceTimersByTimeAsync(100);
    await held;
    expect(standing.size).toBe(1);
  });

  test('that end as soon as they are made are made again after longer and longer pauses, until one has stood', async () => {
    await start(1);
    const dropping = setInterval(() => made.at(-1)?.end(), 10);
    await vi.advanceTimersByTimeAsync(60_000);
    clearInterval(dropping);
    expect(made.length).toBeGreaterThan(5);
    expect(made.length).toBeLessThan(15);
    await vi.advanceTimersByTimeAsync(40_000);
    const before = made.length;
    made.at(-1)?.end();
    await vi.advanceTimersByTimeAsync(300);
    expect(made).toHaveLength(before + 1);
  });

  test('whose credentials are refused are a fault at once, without a wait', async () => {
    refused = new BindFailure('the SMSC refused the bind (ESME_RINVPASWD)', true);
    await start(1);
    const asked = Date.now();
    await expect(binds.room(2_000)).rejects.toThrow(new CarrierFault(refused.message));
    expect(Date.now()).toBe(asked);
  });

  test('that are not made yet are not waited for when all ends', async () => {
    silent = true;
    await start(2);
    const asked = Date.now();
    await binds.close();
    expect([Date.now(), made]).toEqual([asked, []]);
  });

  test('to an SMSC that is away are one fault after one wait, however many there are', async () => {
    refused = new BindFailure('the SMSC could not be reached');
    await start(12);
    const asked = Date.now();
    const answer = expect(binds.room(2_000)).rejects.toBeInstanceOf(CarrierFault);
    await vi.advanceTimersByTimeAsync(2_000);
    await answer;
    expect(Date.now() - asked).toBe(2_000);
  });
});

describe('what stands', () => {
  test('is told with the reason why there is not more, and without one when all stand', async () => {
    refused = new BindFailure('the SMSC refused the bind (ESME_RINVPASWD)', true);
    await start(2);
    expect(binds.standing()).toEqual({ wanted: 2, bound: 0, reason: refused.message });
    refused = undefined;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(binds.standing()).toEqual({ wanted: 2, bound: 2 });
    made[0]?.end();
    expect(binds.standing()).toEqual({ wanted: 2, bound: 1, reason: 'the connection to the SMSC is being made' });
  });

  test('is less while the first tries are under way, and as much as is wanted from now on', async () => {
    silent = true;
    await start(3);
    expect(binds.standing()).toMatchObject({ wanted: 3, bound: 0, reason: expect.stringContaining('being made') });
    await binds.hold(1);
    expect(binds.standing()).toMatchObject({ wanted: 1, bound: 0 });
  });
});
