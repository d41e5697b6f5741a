// What a send's outcome means for its reservation.
import { describe, expect, test } from 'vitest';
import {
  nothingLeft,
  outcomeOf,
  provenByAnswer,
  type SendOutcome,
  type SendRecord,
  sendFailure,
  sendKey,
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
    fault: 'CarrierFault',
    ownTrouble: 'OwnTrouble',
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

describe('a send over several steps', () => {
  const step = (number: number, outcome?: SendOutcome): SendRecord => ({
    n: 1,
    ...(number > 1 && { step: number }),
    carrier: `c${number}`,
    method: 'sms',
    ...(outcome && { outcome }),
  });
  const accepted: SendOutcome = { kind: 'accepted', messageIds: ['m'], parts: 1 };
  const refused: SendOutcome = { kind: 'notAccepted', reason: 'no' };
  const unknown: SendOutcome = { kind: 'unknown', reason: 'silence' };

  test.each<[string, SendRecord[], SendOutcome | undefined]>([
    ['is accepted when one step was', [step(1, refused), step(2, accepted), step(3, unknown)], accepted],
    ['is accepted though a step is under way', [step(1, accepted), step(2)], accepted],
    ['is open while a step is under way', [step(1, unknown), step(2)], undefined],
    ['is in doubt when one step is and none was accepted', [step(1, unknown), step(2, refused)], unknown],
    ['is refused when all steps were', [step(1, refused), step(2, refused)], refused],
    ['is nothing without a step', [], undefined],
  ])('%s', (_, sends, outcome) => {
    expect(outcomeOf(sends, 1)).toEqual(outcome);
    expect(outcomeOf([{ n: 2, carrier: 'x', method: 'sms', outcome: accepted }, ...sends], 1)).toEqual(outcome);
  });

  test('has a key of its own for each step', () => {
    expect([sendKey('t', 1), sendKey('t', 1, 2), sendKey('t', 12)]).toEqual(['t:send:1', 't:send:1.2', 't:send:12']);
  });
});
