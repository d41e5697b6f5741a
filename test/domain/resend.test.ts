// When a code may be sent again: cool-down, at most five, and never after the end.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_RESENDS, RESEND_COOL_DOWN_MS, type ResendSituation, resendRefusal } from '../../domain/resend.ts';

const T = 1_000_000;
const pending: ResendSituation = { status: 'Pending', expiresAt: T + 300_000, lastSendAt: T, resends: 0 };
const at = (ms: number, situation: Partial<ResendSituation> = {}) =>
  resendRefusal({ ...pending, ...situation }, T + ms, T + ms);

describe('a resend', () => {
  test('is refused within 30 s of the last wish, with the seconds that are left, and allowed from then on', () => {
    expect(at(1_000)).toEqual({ verdict: 'tooSoon', retryAfterSeconds: 29 });
    expect(at(29_999)).toEqual({ verdict: 'tooSoon', retryAfterSeconds: 1 });
    expect(at(30_000)).toBeUndefined();
  });

  test('is refused after five, until the verification is over', () => {
    expect(at(60_000, { resends: MAX_RESENDS - 1 })).toBeUndefined();
    expect(at(60_000, { resends: MAX_RESENDS })).toEqual({ verdict: 'tooMany', retryAfterSeconds: 240 });
  });

  test('of a decided or expired verification is met like an answer', () => {
    expect(at(60_000, { status: 'Verified' })?.verdict).toBe('notPending');
    expect(at(60_000, { status: 'Expired' })?.verdict).toBe('expired');
    expect(at(300_000)?.verdict).toBe('expired');
  });

  test('is judged alike whenever its task runs, as long as it arrived in time', () => {
    fc.assert(
      fc.property(fc.nat(299_999), fc.nat(600_000), fc.nat(6), (arrived, later, resends) => {
        const situation = { ...pending, resends };
        const first = resendRefusal(situation, T + arrived, T + arrived);
        expect(resendRefusal(situation, T + arrived, T + arrived + later)).toEqual(first);
        if (!first) expect(arrived).toBeGreaterThanOrEqual(RESEND_COOL_DOWN_MS);
      }),
    );
  });
});
