// What becomes of money whose verification was cut off: as much as is known, and no charge on a guess.
import { describe, expect, test } from 'vitest';
import { abandonedSettlement, type LastSeen } from '../../domain/abandoned-reservation.ts';
import type { SendOutcome, SendRecord } from '../../domain/delivery.ts';
import type { Status } from '../../domain/verification.ts';

const accepted: SendOutcome = { kind: 'accepted', messageIds: ['m'], parts: 1 };
const unknown: SendOutcome = { kind: 'unknown', reason: 'no answer' };
const refused: SendOutcome = { kind: 'notAccepted', reason: 'no' };
const send = (n: number, outcome?: SendOutcome): SendRecord => ({
  n,
  carrier: 'sandbox',
  method: 'sms',
  ...(outcome && { outcome }),
});
const seen = (status: Status, ...sends: SendRecord[]): LastSeen => ({ status, sends });

describe('an abandoned reservation', () => {
  test.each<[string, LastSeen | null, 'charge' | 'release']>([
    ['whose message was accepted', seen('Pending', send(1, accepted)), 'charge'],
    ['whose message was accepted, Expired', seen('Expired', send(1, accepted)), 'charge'],
    ['Verified, the send without a known outcome', seen('Verified', send(1, unknown)), 'charge'],
    ['Verified, the send under way when it was last seen', seen('Verified', send(1)), 'charge'],
    ['Verified, no send seen, which no answer proves', seen('Verified'), 'release'],
    ['Verified, an earlier one explains the answer', seen('Verified', send(0, unknown), send(1, unknown)), 'release'],
    ['Verified, but this send was refused', seen('Verified', send(1, refused)), 'release'],
    ['Pending, the send without a known outcome', seen('Pending', send(1, unknown)), 'release'],
    ['Pending, the send under way', seen('Pending', send(1)), 'release'],
    ['Failed, refused by the carrier', seen('Failed', send(1, refused)), 'release'],
    ['that nobody ever saw', null, 'release'],
  ])('%s: %#', (_what, last, expected) => {
    expect(abandonedSettlement(last, 1)).toBe(expected);
  });

  test('is judged by its own send, not by another one', () => {
    const last = seen('Pending', send(1, accepted), send(2, refused));
    expect([abandonedSettlement(last, 1), abandonedSettlement(last, 2)]).toEqual(['charge', 'release']);
  });
});
