// The state of a verification: its endings by example, its laws by property.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attemptsRemaining,
  end,
  judgeAnswer,
  judgeCancellation,
  openState,
  statuses,
  type VerificationState,
  verdictOfDecided,
} from '../../domain/verification.ts';

const OPENED = 1_000_000;
const EXPIRES = OPENED + 300_000;
const pending = (maxRetries = 3) => openState(maxRetries, EXPIRES, OPENED);
const decided = (status: 'Verified' | 'Cancelled' | 'Expired' | 'Failed') => ({ ...pending(), status, timesTried: 2 });

describe('a pending verification', () => {
  test('is Verified by a right answer in time, which counts as a try', () => {
    const { state, verdict } = judgeAnswer(pending(), true, OPENED + 5, OPENED + 7);
    expect(verdict).toBe('verified');
    expect(state).toMatchObject({ status: 'Verified', timesTried: 1, updatedAt: OPENED + 7 });
  });

  test.each([0, 1, 3, 20])('with maxRetries %i fails with the wrong answer after that many', (maxRetries) => {
    let state = pending(maxRetries);
    for (let n = 1; n <= maxRetries; n += 1) {
      const judged = judgeAnswer(state, false, OPENED, OPENED + n);
      expect(judged.verdict).toBe('wrongAnswer');
      state = judged.state;
      expect([state.timesTried, attemptsRemaining(state)]).toEqual([n, maxRetries + 1 - n]);
    }
    const last = judgeAnswer(state, false, OPENED, OPENED + 99);
    expect(last.verdict).toBe('maxRetriesReached');
    expect(last.state).toMatchObject({ status: 'Failed', timesTried: maxRetries + 1 });
    expect(attemptsRemaining(last.state)).toBe(0);
  });

  test('is Verified by a right answer at its last try', () => {
    const tried = { ...pending(1), timesTried: 1 };
    expect(judgeAnswer(tried, true, OPENED, OPENED).state).toMatchObject({ status: 'Verified', timesTried: 2 });
  });

  test.each([
    ['arrived in time, judged late', EXPIRES - 1, EXPIRES + 60_000, 'verified'],
    ['arrived at the instant of expiry', EXPIRES, EXPIRES, 'expired'],
    ['arrived late, judged late', EXPIRES + 1, EXPIRES + 2, 'expired'],
    ['stamped by a clock that runs ahead', EXPIRES + 5_000, EXPIRES - 1, 'verified'],
    ['stamped by a clock that runs behind', EXPIRES - 5_000, EXPIRES + 1, 'verified'],
  ])('meets an answer that %s (received %i, judged %i): %s', (_what, receivedAt, now, verdict) => {
    const judged = judgeAnswer(pending(), true, receivedAt, now);
    expect(judged.verdict).toBe(verdict);
    const cancelled = judgeCancellation(pending(), receivedAt, now);
    expect(cancelled.verdict).toBe(verdict === 'expired' ? 'expired' : 'cancelled');
    if (verdict === 'expired') expect([judged.state, cancelled.state]).toEqual([pending(), pending()]);
  });

  test('is Cancelled without a try, and ended by its timer or by its carrier', () => {
    const { state } = judgeCancellation(pending(), OPENED, OPENED + 3);
    expect(state).toMatchObject({ status: 'Cancelled', timesTried: 0, updatedAt: OPENED + 3 });
    expect(end(pending(), 'Expired', EXPIRES)).toMatchObject({ status: 'Expired', updatedAt: EXPIRES });
    expect(end(pending(), 'Failed', OPENED + 1)).toMatchObject({ status: 'Failed', timesTried: 0 });
  });
});

describe('a decided verification', () => {
  test.each([
    ['Verified', 'notPending'],
    ['Cancelled', 'notPending'],
    ['Failed', 'notPending'],
    ['Expired', 'expired'],
  ] as const)('that is %s meets everything with %s', (status, verdict) => {
    const state = decided(status);
    expect(verdictOfDecided(status)).toBe(verdict);
    expect(judgeAnswer(state, true, OPENED, OPENED)).toEqual({ state, verdict });
    expect(judgeCancellation(state, OPENED, OPENED)).toEqual({ state, verdict });
    expect(end(state, 'Expired', EXPIRES)).toBe(state);
  });

  test('by another reason than time says so even when asked after its time', () => {
    expect(judgeAnswer(decided('Verified'), true, EXPIRES + 1, EXPIRES + 1).verdict).toBe('notPending');
  });
});

type Step = { kind: 'answer' | 'cancel' | 'expire' | 'fail'; right: boolean; receivedAt: number; now: number };
const instant = fc.integer({ min: OPENED, max: EXPIRES + 300_000 });
const kind = fc.constantFrom('answer', 'answer', 'answer', 'answer', 'cancel', 'expire', 'fail') as fc.Arbitrary<
  Step['kind']
>;
const step = fc.record({ kind, right: fc.boolean(), receivedAt: instant, now: instant });

function take(state: VerificationState, { kind, right, receivedAt, now }: Step) {
  if (kind === 'answer') return judgeAnswer(state, right, receivedAt, now);
  if (kind === 'cancel') return judgeCancellation(state, receivedAt, now);
  return { state: end(state, kind === 'expire' ? 'Expired' : 'Failed', now), verdict: undefined };
}

test('whatever happens, a decided status never changes, tries count every judged answer, and time is min(received, now)', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.nat(20), (steps, maxRetries) => {
      let state = pending(maxRetries);
      let [judged, wrong] = [0, 0];
      for (const each of steps) {
        const { state: next, verdict } = take(state, each);
        expect(statuses).toContain(next.status);
        if (state.status !== 'Pending') {
          expect(next).toBe(state);
          continue;
        }
        const late = Math.min(each.receivedAt, each.now) >= EXPIRES;
        if (each.kind === 'answer' || each.kind === 'cancel') expect(verdict === 'expired').toBe(late);
        if (each.kind === 'answer' && !late) {
          judged += 1;
          if (!each.right) wrong += 1;
          expect(next.status).toBe(each.right ? 'Verified' : wrong === maxRetries + 1 ? 'Failed' : 'Pending');
        }
        if (next !== state) expect(next.updatedAt).toBe(each.now);
        expect(next.timesTried).toBe(judged);
        expect([next.maxRetries, next.expiresAt]).toEqual([maxRetries, EXPIRES]);
        state = next;
      }
    }),
    { numRuns: 500 },
  );
});
