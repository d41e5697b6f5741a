// A carrier's request whose signature does not fit: what its sender is told, and what operators find in the log.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { notGenuineRefusal } from '../../api/not-genuine.ts';

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') }));
afterEach(() => vi.useRealTimers());

describe('what comes for a carrier with a signature that does not fit', () => {
  test('is refused as 401000000, and the sentence speaks of the signature', () => {
    const refused = notGenuineRefusal({ warn: vi.fn() })('twilio');
    expect([refused.errorName, refused.message]).toEqual([
      'unauthorised',
      'The signature is missing, wrong or too old',
    ]);
  });

  test('is logged once a minute for each carrier, and names what to look at', () => {
    const warn = vi.fn();
    const refusal = notGenuineRefusal({ warn });
    for (const carrier of ['twilio', 'twilio', 'vonage']) refusal(carrier);
    expect(warn.mock.calls.map(([{ carrier }]) => carrier)).toEqual(['twilio', 'vonage']);
    expect(warn.mock.calls[0]?.[1]).toContain('PUBLIC_URL');
    vi.advanceTimersByTime(60_000);
    refusal('twilio');
    expect(warn).toHaveBeenCalledTimes(3);
  });
});
