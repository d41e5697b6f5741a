// A carrier as one process runs it: one object for all its connections, one circuit for as long as it stands.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from '../../carriers/carrier.ts';
import { type CarrierRun, type CarrierRunDeps, createCarrierRun, type Wanted } from '../../worker/carrier-run.ts';

/** What a worker was given, each time one was started; and for which feedback is taken now. */
const { given, telling, fakeWorker } = vi.hoisted(() => {
  const fakeWorker = (stopped = () => {}) => {
    let shutdown: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      shutdown = () => {
        stopped();
        resolve();
      };
    });
    return { run: () => ended, getState: () => 'RUNNING', shutdown: () => shutdown() };
  };
  return { given: [] as Carrier[], telling: new Set<object>(), fakeWorker };
});

vi.mock('../../worker/delivery-worker.ts', () => ({
  createDeliveryWorker: async (_: unknown, carrier: Carrier) => {
    given.push(carrier);
    return fakeWorker();
  },
}));
vi.mock('../../worker/feedback-worker.ts', () => ({
  createFeedbackWorker: async () => {
    const mine = {};
    telling.add(mine);
    return fakeWorker(() => {
      acts.push('told no more');
      telling.delete(mine);
    });
  },
}));

/** What was done with every carrier that was made, in its order. */
let acts: string[];
/** What it says to every message. */
let failure: Error;
/** What was told of that. */
let refused: Error[];
let run: CarrierRun;

beforeEach(() => {
  given.length = 0;
  telling.clear();
  acts = [];
  failure = new CarrierFault('down');
  refused = [];
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const deps = { logger, takeReceiptFor: () => async () => undefined } as unknown as CarrierRunDeps;
  run = createCarrierRun('fake', deps, {
    opened: () => void acts.push('opened'),
    unusable: (reason) => void acts.push(`unusable: ${reason}`),
    circuitChanged: ({ state }) => void acts.push(`circuit ${state}`),
    refused: (error) => void refused.push(error),
  });
});

function wanted(changes: Partial<Wanted> = {}): Wanted {
  const fingerprint = changes.fingerprint ?? 'a';
  const usable = {
    binds: 12,
    create: ({ binds }: { readonly binds: number }): Carrier => {
      acts.push(`made ${fingerprint} with ${binds}`);
      return {
        name: 'fake',
        receipts: true,
        async send() {
          acts.push('asked');
          throw failure;
        },
        holdBinds: async (count) => void acts.push(`holds ${count}`),
        close: async () => void acts.push(`closed ${fingerprint}`),
      };
    },
  };
  return { fingerprint, usable, messagesPerSecond: undefined, paused: false, binds: 1, ...changes };
}

async function want(next: Wanted | undefined) {
  run.want(next);
  await run.settled();
}

const send = () => given.at(-1)?.send({} as OutgoingMessage, 'key');

describe('a carrier whose network counts connections', () => {
  test('is one carrier that is told how many it may hold, and is closed when it may hold none', async () => {
    for (const binds of [1, 12, 12, 11, 0]) await want(wanted({ binds }));
    expect(acts).toEqual(['made a with 1', 'opened', 'holds 12', 'holds 11', 'told no more', 'closed a']);
    expect(given).toHaveLength(1);
  });

  test('is asked once for each message, however many connections are out of order', async () => {
    await want(wanted({ binds: 12 }));
    await expect(send()).rejects.toThrow('down');
    expect(acts.filter((act) => act === 'asked')).toHaveLength(1);
  });
});

test('what is wanted at whatever moment is done, and nobody has to say it again', async () => {
  for (let moment = 0; moment < 40; moment += 1) {
    run.want(wanted({ paused: true }));
    for (let turn = 0; turn < moment; turn += 1) await Promise.resolve();
    await want(undefined);
    expect(acts.at(-1)).toBe('closed a');
    acts.length = 0;
    await want(wanted({ paused: true }));
    await want(undefined);
  }
});

test('a circuit that opened is still open after a pause, and is told of once', async () => {
  await want(wanted());
  for (let n = 0; n < 2; n += 1) await expect(send()).rejects.toThrow('down');
  await want(wanted({ paused: true }));
  await want(wanted());
  expect(given).toHaveLength(2);
  await expect(send()).rejects.toThrow('circuit');
  expect(acts.filter((act) => /circuit|opened/.test(act))).toEqual(['opened', 'circuit open']);
});

test.each([
  [new CarrierFault('down', { code: 'E1', words: 'Account closed' })],
  [new CarrierRejected('refused', { code: 'E2', words: 'No such sender' })],
  [new CarrierUnavailable('busy', 1_000, { code: 'E3', words: 'Too many requests' })],
  [new CarrierOutcomeUnknown('no answer that says it', { code: 'E4', words: 'Try later' })],
  [new CarrierRejected('refused without a word')],
])('what it does not take is told as it said it: %o', async (error) => {
  failure = error;
  await want(wanted());
  await expect(send()).rejects.toBe(error);
  expect(refused).toEqual([error]);
});

test('what is no word of the carrier is not told as one', async () => {
  failure = new TypeError('a fault of ours');
  await want(wanted());
  await expect(send()).rejects.toThrow('a fault of ours');
  expect(refused).toEqual([]);
});

test('a carrier is told of typed codes by one worker, through a pause, until it is closed', async () => {
  for (const paused of [true, false, true, false]) {
    await want(wanted({ paused }));
    expect(telling.size).toBe(1);
  }
  expect(acts).not.toContain('told no more');
  await want(undefined);
  expect(telling.size).toBe(0);
  expect(acts.slice(-2)).toEqual(['told no more', 'closed a']);
});
