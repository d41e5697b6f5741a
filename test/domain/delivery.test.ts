// What a send's outcome means for its reservation.
import { describe, expect, test } from 'vitest';
import { type SendOutcome, sendFailure, settlementOf } from '../../domain/delivery.ts';

const reason = 'a reason';

describe('a reservation', () => {
  test.each<[SendOutcome, boolean, string]>([
    [{ kind: 'accepted', messageId: 'm', parts: 1 }, false, 'charge'],
    [{ kind: 'accepted', messageId: 'm', parts: 1 }, true, 'charge'],
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

test('the types of failures that histories hold keep their names', () => {
  expect(sendFailure).toEqual({
    rejected: 'CarrierRejected',
    unavailable: 'CarrierUnavailable',
    unknown: 'CarrierOutcomeUnknown',
    tooLate: 'SendTooLate',
  });
});
