// The last line of a story that is not over: what a send waits for at this moment.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CarrierHealth, SANDBOX_CARRIER } from '../../domain/carrier.ts';
import type { SendRecord } from '../../domain/delivery.ts';
import type { TimelineEvent } from '../../domain/timeline.ts';
import { statuses } from '../../domain/verification.ts';
import { type CarrierNow, undecidedSends, waitSentence } from '../../domain/waiting.ts';

const began = Date.parse('2026-01-02T03:04:05.000Z');
const at = (ms: number) => new Date(began + ms);
const send: SendRecord = { n: 1, carrier: 'acme', method: 'sms' };
const opened = { event: 'opened', at: began } as TimelineEvent;
const timeline = [opened];
const worker: CarrierHealth = { carrier: 'acme', worker: 'w', state: 'closed', since: at(0) };
const well: CarrierNow = { configured: true, paused: false, workers: [worker] };
const sentence = (now: CarrierNow, ms = 1_000, story = timeline, record = send) =>
  waitSentence({ timeline: story }, record, now, at(ms));

describe('a send that is not decided waits', () => {
  test.each<[Partial<CarrierNow>, string]>([
    [{ paused: true }, 'it is paused by an operator'],
    [{ configured: false, workers: [] }, 'it is configured no longer'],
    [{ workers: [] }, 'no worker runs it'],
    [
      { workers: [{ ...worker, state: 'open', reason: 'the SMSC could not be reached' }] },
      'it is out of order (the SMSC could not be reached), and is tried again',
    ],
    [{ workers: [{ ...worker, state: 'open' }] }, 'it is out of order, and is tried again'],
    [{ workers: [{ ...worker, state: 'unusable', reason: 'no host' }] }, 'it could not be made (no host)'],
    [
      { workers: [{ ...worker, connections: { wanted: 2, bound: 0, reason: 'refused', noneSince: at(0) } }] },
      'it has no connection (refused), and is tried again',
    ],
  ])('as %o says', (changes, reason) => {
    expect(sentence({ ...well, ...changes })).toBe(`Send 1 waits for acme: ${reason}`);
  });

  test('without a reason where one worker can take it, and a word once that takes long', () => {
    const now = { ...well, workers: [{ ...worker, state: 'open' } as const, worker] };
    expect([sentence(now), sentence(now, 9_999)]).toEqual([undefined, undefined]);
    expect(sentence(now, 10_000)).toBe('Send 1 waits for acme, which has not taken it yet');
  });

  test('from when its newest step began', () => {
    const next: TimelineEvent = {
      event: 'nextStep',
      at: began + 60_000,
      send: 1,
      carrier: 'acme',
      method: 'sms',
      reason: 'r',
    };
    const other: TimelineEvent = { ...next, at: began + 90_000, send: 2 };
    const story = [opened, next, other];
    expect(sentence(well, 69_999, story)).toBeUndefined();
    expect(sentence(well, 70_000, story)).toContain('has not taken it yet');
  });

  test('for the built-in sandbox without being configured', () => {
    const record = { ...send, carrier: SANDBOX_CARRIER };
    const none = { configured: false, paused: false, workers: [] };
    expect(sentence(none, 1_000, timeline, record)).toBeUndefined();
    expect(sentence(none, 10_000, timeline, record)).toBe('Send 1 waits for sandbox, which has not taken it yet');
  });
});

test('nothing is waited for once a verification is over, or its life, and no send that is decided is', () => {
  const decided: SendRecord = { ...send, n: 2, outcome: { kind: 'unknown', reason: 'no answer' } };
  fc.assert(
    fc.property(
      fc.constantFrom(...statuses),
      fc.integer({ min: -1_000, max: 1_000 }),
      fc.array(fc.boolean()),
      (status, left, which) => {
        const sends = which.map((open) => (open ? send : decided));
        const found = undecidedSends({ status, expiresAt: at(left), sends, timeline }, at(0));
        expect(found).toEqual(status === 'Pending' && left > 0 ? sends.filter((each) => each === send) : []);
      },
    ),
  );
});
