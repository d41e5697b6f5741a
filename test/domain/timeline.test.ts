// The story support reads: one sentence per event, amounts as money.
import { describe, expect, test } from 'vitest';
import { chargedIn, sentenceFor, storyOf, type TimelineEvent, withoutRepeats } from '../../domain/timeline.ts';

const at = Date.parse('2026-01-02T03:04:05.678Z');
const send = { at, send: 1, carrier: 'sandbox' } as const;

const rules = {
  lifetimeInSeconds: 300,
  maxRetries: 3,
  digits: 6,
  originator: 'Acme',
  originatorFrom: 'the request',
  templateFrom: "the application's default",
};

describe('a sentence', () => {
  test.each<[TimelineEvent, string]>([
    [
      { event: 'opened', at, price: 90_000, parts: 2, expiresAt: at + 300_000, rules },
      "Opened; 0.09 EUR reserved for 2 parts; may be answered until 2026-01-02T03:09:05.678Z; 6 digits, 3 retries; sender Acme of the request, template of the application's default",
    ],
    [
      { event: 'opened', at, price: 40_000, parts: 1, expiresAt: at + 300_000, rules, askedMethod: 'sms' },
      "Opened by voice instead of sms, since the number is a landline; 0.04 EUR reserved; may be answered until 2026-01-02T03:09:05.678Z; 6 digits, 3 retries; sender Acme of the request, template of the application's default",
    ],
    [
      { event: 'resent', at, send: 2, method: 'sms', price: 9_000 },
      'Asked for once more, by sms; 0.009 EUR reserved for send 2',
    ],
    [
      { event: 'resent', at, send: 2, method: 'voice', price: 40_000, askedMethod: 'sms' },
      'Asked for once more, by voice instead of sms, since the number is a landline; 0.04 EUR reserved for send 2',
    ],
    [
      { event: 'resent', at, send: 2, method: 'sms', price: 9_000, originator: '12025550123' },
      'Asked for once more, by sms, from 12025550123; 0.009 EUR reserved for send 2',
    ],
    [
      { ...send, event: 'nextStep', method: 'sms', originator: 'Acme', reason: 'no receipt came within 30 s' },
      'Send 1 goes on through sandbox by sms, from Acme: no receipt came within 30 s',
    ],
    [
      { ...send, event: 'nextStep', method: 'voice', reason: 'no receipt came within 30 s' },
      'Send 1 goes on through sandbox by voice: no receipt came within 30 s',
    ],
    [{ ...send, event: 'accepted', parts: 1 }, 'Send 1 accepted by sandbox'],
    [{ ...send, event: 'accepted', parts: 2 }, 'Send 1 accepted by sandbox in 2 parts'],
    [
      { ...send, event: 'accepted', parts: 1, silent: true },
      'Send 1 accepted by sandbox; no receipt is waited for, since PUBLIC_URL is no address it could report to',
    ],
    [{ ...send, event: 'notAccepted', reason: 'no such number' }, 'Send 1 not accepted by sandbox: no such number'],
    [{ ...send, event: 'unknown', reason: 'no answer' }, 'Send 1 by sandbox has no known outcome: no answer'],
    [{ ...send, event: 'notSent', reason: 'too late' }, 'Send 1 by sandbox never left: too late'],
    [{ ...send, event: 'receipt', state: 'delivered' }, 'Send 1 by sandbox was delivered'],
    [
      { ...send, step: 2, event: 'receipt', state: 'undelivered', reason: 'EXPIRED' },
      'Send 1 by sandbox was not delivered: EXPIRED',
    ],
    [{ ...send, event: 'receipt', state: 'underway' }, 'Send 1 by sandbox is under way'],
    [
      { event: 'notResent', at, send: 2, reason: 'the balance did not suffice' },
      'Asked for once more, and not sent: the balance did not suffice',
    ],
    [{ event: 'wrongAnswer', at, remaining: 2 }, 'Wrong answer, 2 tries left'],
    [{ event: 'wrongAnswer', at, remaining: 1 }, 'Wrong answer, 1 try left'],
    [{ event: 'charged', at, amount: 45_000, send: 1 }, '0.045 EUR charged for send 1'],
    [{ event: 'released', at, amount: 1_000_000, send: 1 }, '1.00 EUR given back for send 1'],
    [{ event: 'carrierTold', at, carrier: 'acme' }, 'Told acme that its code was typed'],
    [{ event: 'carrierNotTold', at, carrier: 'acme' }, 'acme could not be told that its code was typed'],
    [{ event: 'verified', at, why: 'right answer at try 2' }, 'Verified: right answer at try 2'],
    [{ event: 'cancelled', at, why: 'by the application' }, 'Cancelled: by the application'],
    [{ event: 'expired', at, why: 'no right answer came in time' }, 'Expired: no right answer came in time'],
    [{ event: 'failed', at, why: 'no carrier' }, 'Failed: no carrier'],
  ])('for %o', (event, sentence) => expect(sentenceFor(event, 'EUR')).toBe(sentence));

  test.each([
    [1, '0.000001'],
    [10, '0.00001'],
    [0, '0.00'],
    [12_345_678, '12.345678'],
    [100_000_000, '100.00'],
  ])('shows %i micros as %s', (amount, shown) => {
    expect(sentenceFor({ event: 'charged', at, amount, send: 1 }, 'EUR')).toBe(`${shown} EUR charged for send 1`);
  });
});

test('a story is a markdown list with the newest line first, each with its time of day', () => {
  const story = storyOf(
    [
      { event: 'wrongAnswer', at, remaining: 1 },
      { event: 'expired', at: at + 1, why: 'no right answer came in time' },
    ],
    'EUR',
  );
  expect(story.split('\n')).toEqual([
    '- `03:04:05.679` Expired: no right answer came in time',
    '- `03:04:05.678` Wrong answer, 1 try left',
  ]);
  expect(storyOf([], 'EUR')).toBe('');
});

test('a doubt that stays is told once, until something else is told of its send', () => {
  const doubt: TimelineEvent = { ...send, event: 'unknown', reason: 'no answer' };
  const next: TimelineEvent = { ...send, event: 'nextStep', method: 'sms', reason: 'its outcome was not known' };
  const wrong: TimelineEvent = { event: 'wrongAnswer', at, remaining: 1 };
  const other: TimelineEvent = { ...doubt, send: 2 };
  const worse: TimelineEvent = { ...doubt, reason: 'the send was cut short' };
  const events = [doubt, wrong, doubt, other, doubt, worse, next, doubt, doubt];
  expect(withoutRepeats(events)).toEqual([doubt, wrong, other, worse, next, doubt]);
  expect(storyOf([doubt, doubt], 'EUR').split('\n')).toHaveLength(1);
});

test('what was charged is the sum over all sends; what was only reserved or given back is none of it', () => {
  const charged = (amount: number, send: number): TimelineEvent => ({ event: 'charged', at, amount, send });
  expect(chargedIn([])).toBe(0);
  expect(chargedIn([{ event: 'resent', at, send: 2, method: 'voice', price: 55_000 }])).toBe(0);
  expect(chargedIn([charged(45_000, 1), { event: 'released', at, amount: 9, send: 3 }, charged(55_000, 2)])).toBe(
    100_000,
  );
});
