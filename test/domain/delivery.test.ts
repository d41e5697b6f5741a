// What a send's outcome means for its reservation.
import { describe, expect, test } from 'vitest';
import {
  nothingLeft,
  provenByAnswer,
  type SendOutcome,
  type SendRecord,
  sendFailure,
  settlementOf,
} from '../../domain/delivery.ts';

const reason = 'a reason';

describe('a reservation', () => {
  test.each<[SendOutcome, boolean, string]>([
    [{ kind: 'accepted', messageIds: ['m'], parts: 1 }, false, 'charge'],
    [{ kind: 'accepted', messageIds: ['m'], parts: 1 }, true, 'charge'],
    [{ kind: 'notAccepted', reason }, false, 'release'],
    [{ kind: 'notAccepted', reason }, true, 'release'],
    [{ kind: 'notSent', reason }, false, 'release'],
    [{ kind: 'notSent', reason }, true, 'release'],
    [{ kind: 'unknown', reason }, false, 'release'],
    [{ kind: 'unknown', reason }, true, 'charge'],
  ])('whose send is %o, verified %s, ends as %s', (outcome, verified, settlement) => {
    expect(settlementOf(outcome, verified)).toBe(settlement);
  });
});

describe('no message can have left', () => {
  const outcomes: Readonly<Record<string, SendOutcome | undefined>> = {
    accepted: { kind: 'accepted', messageIds: ['m'], parts: 1 },
    notAccepted: { kind: 'notAccepted', reason },
    notSent: { kind: 'notSent', reason },
    unknown: { kind: 'unknown', reason },
    underWay: undefined,
  };
  const sends = (names: string[]) =>
    names.map((name, index): SendRecord => {
      const outcome = outcomes[name];
      return { n: index + 1, carrier: 'sandbox', method: 'sms', ...(outcome && { outcome }) };
    });

  test.each([
    [['notAccepted']],
    [['notSent']],
    [['notAccepted', 'notSent']],
    [['notSent', 'notAccepted', 'notAccepted']],
  ])('when the sends ended as %j', (names) => {
    expect(nothingLeft(sends(names))).toBe(true);
  });

  test.each([
    [[]],
    [['accepted']],
    [['unknown']],
    [['underWay']],
    [['notAccepted', 'accepted']],
    [['unknown', 'notAccepted']],
    [['notSent', 'unknown']],
    [['notSent', 'underWay']],
    [['underWay', 'notAccepted']],
  ])('is not certain when they stand at %j', (names) => {
    expect(nothingLeft(sends(names))).toBe(false);
  });
});

test('the types of failures that histories hold keep their names', () => {
  expect(sendFailure).toEqual({
    rejected: 'CarrierRejected',
    unavailable: 'CarrierUnavailable',
    unknown: 'CarrierOutcomeUnknown',
    tooLate: 'SendTooLate',
  });
});

test('a right answer proves one send: an accepted one, else the first of unknown outcome or under way', () => {
  const send = (n: number, kind: 'accepted' | 'unknown'): SendRecord => {
    const outcome: SendOutcome = kind === 'accepted' ? { kind, messageIds: ['m'], parts: 1 } : { kind, reason: 'r' };
    return { n, carrier: 'c', method: 'sms', outcome };
  };
  expect(provenByAnswer('Verified', [send(1, 'unknown')], 1)).toBe(true);
  expect(provenByAnswer('Verified', [send(1, 'accepted'), send(2, 'unknown')], 2)).toBe(false);
  expect(provenByAnswer('Verified', [send(1, 'unknown'), send(2, 'unknown')], 1)).toBe(true);
  expect(provenByAnswer('Verified', [send(1, 'unknown'), send(2, 'unknown')], 2)).toBe(false);
  expect(provenByAnswer('Verified', [{ n: 1, carrier: 'c', method: 'sms' }, send(2, 'unknown')], 2)).toBe(false);
  expect(provenByAnswer('Verified', [], 1)).toBe(false);
  expect(provenByAnswer('Expired', [send(1, 'unknown')], 1)).toBe(false);
});
