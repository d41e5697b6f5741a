// The backlog gauge: overloaded only while fresh news says that starts wait too long.
import type { Client } from '@temporalio/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBacklogGauge } from '../../api/backlog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An engine whose oldest waiting task has this age in seconds; an error means no answer. */
function fakeEngine(age: { seconds: number | Error }) {
  const describeTaskQueue = vi.fn(async () => {
    if (age.seconds instanceof Error) throw age.seconds;
    const seconds = Math.trunc(age.seconds);
    return { stats: { approximateBacklogAge: { seconds, nanos: Math.round((age.seconds - seconds) * 1e9) } } };
  });
  const client = {
    workflowService: { describeTaskQueue },
    withDeadline: (_: number, call: () => Promise<unknown>) => call(),
  } as unknown as Client;
  return { describeTaskQueue, overloaded: createBacklogGauge(client, 'twostep') };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the backlog gauge', () => {
  test('says overloaded when the oldest start waits more than 4 s, and no longer once it does not', async () => {
    const age = { seconds: 4 };
    const { overloaded } = fakeEngine(age);
    expect(overloaded()).toBe(false);
    await pass(1_000);
    expect(overloaded()).toBe(false);
    age.seconds = 4.001;
    await pass(1_000);
    overloaded();
    await pass(0);
    expect(overloaded()).toBe(true);
    age.seconds = 0;
    await pass(1_000);
    expect(overloaded()).toBe(false);
  });

  test('asks at most once a second, however often it is asked', async () => {
    const { overloaded, describeTaskQueue } = fakeEngine({ seconds: 10 });
    for (let ms = 0; ms < 5_000; ms += 50) {
      overloaded();
      await pass(50);
    }
    expect(describeTaskQueue.mock.calls.length).toBeGreaterThanOrEqual(4);
    expect(describeTaskQueue.mock.calls.length).toBeLessThanOrEqual(6);
  });

  test('turns nobody away on old news: the first start after a quiet hour is let in when workers are back', async () => {
    const age = { seconds: 60 };
    const { overloaded } = fakeEngine(age);
    overloaded();
    await pass(0);
    expect(overloaded()).toBe(true);
    age.seconds = 0;
    await pass(3_600_000);
    expect(overloaded()).toBe(false);
  });

  test('learns by itself that a start waits in vain, so that the second one is turned away at once', async () => {
    const age = { seconds: 0 };
    const { overloaded } = fakeEngine(age);
    expect(overloaded()).toBe(false);
    age.seconds = 4.5;
    await pass(5_000);
    expect(overloaded()).toBe(true);
  });

  test('asks nothing more once all is well and no start can be waiting', async () => {
    const { overloaded, describeTaskQueue } = fakeEngine({ seconds: 0 });
    overloaded();
    await pass(60_000);
    const asked = describeTaskQueue.mock.calls.length;
    await pass(60_000);
    expect(describeTaskQueue).toHaveBeenCalledTimes(asked);
  });

  test('takes an engine without an answer for one without a backlog', async () => {
    const age: { seconds: number | Error } = { seconds: 60 };
    const { overloaded } = fakeEngine(age);
    overloaded();
    await pass(0);
    age.seconds = new Error('away');
    await pass(1_000);
    expect(overloaded()).toBe(false);
  });
});
