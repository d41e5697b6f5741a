// A verification whose workflow is gone: what its carriers are asked, and how it ends.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { abandonedSettlement } from '../../domain/abandoned-reservation.ts';
import type { SendOutcome, SendRecord } from '../../domain/delivery.ts';
import {
  ASKED_IN_VAIN,
  endedWithoutWorkflow,
  inDoubt,
  type Orphan,
  WORKFLOW_GONE,
  wasEndedWithoutWorkflow,
} from '../../domain/orphan.ts';
import { statuses } from '../../domain/verification.ts';

const began = new Date('2026-01-02T03:04:05.000Z');
const now = new Date('2026-01-02T04:00:00.000Z');
const send = (n: number, outcome?: SendOutcome): SendRecord => ({
  n,
  carrier: 'sandbox',
  method: 'sms',
  ...(outcome && { outcome }),
});
const accepted: SendOutcome = { kind: 'accepted', messageIds: ['m'], parts: 1 };
const unknown: SendOutcome = { kind: 'unknown', reason: 'no answer' };
const askedInVain: SendOutcome = { kind: 'unknown', reason: ASKED_IN_VAIN };
const pending: Orphan = { status: 'Pending', updatedAt: began, sends: [send(1)], timeline: [] };

test.each<[string, SendRecord, boolean]>([
  ['without an outcome', send(1), true],
  ['whose outcome nobody knew', send(1, unknown), true],
  ['whose carrier was asked already and could not tell', send(1, askedInVain), false],
  ['that was accepted', send(1, accepted), false],
  ['that was not accepted', send(1, { kind: 'notAccepted', reason: 'no such number' }), false],
])('the carrier is asked about a send %s: %#', (_, each, asked) => expect(inDoubt(each)).toBe(asked));

describe('a pending verification', () => {
  test('expires, says why, and takes over what its carriers said', () => {
    const ended = endedWithoutWorkflow(
      { ...pending, sends: [send(1), send(2, accepted)] },
      [{ n: 1, outcome: accepted }],
      now,
    );
    expect(ended).toMatchObject({ status: 'Expired', updatedAt: now });
    expect(ended.sends).toEqual([send(1, accepted), send(2, accepted)]);
    expect(ended.timeline).toEqual([
      { event: 'accepted', at: now.getTime(), send: 1, carrier: 'sandbox', parts: 1 },
      { event: 'expired', at: now.getTime(), why: WORKFLOW_GONE },
    ]);
    expect(wasEndedWithoutWorkflow(ended)).toBe(true);
  });

  test('ended twice is ended once, whatever is said the second time', () => {
    const once = endedWithoutWorkflow(pending, [{ n: 1, outcome: askedInVain }], now);
    const later = new Date(now.getTime() + 1_000);
    expect(endedWithoutWorkflow(once, [{ n: 1, outcome: accepted }], later)).toEqual(once);
  });
});

test('a decided status never changes, nor does an outcome that is known; a doubt is settled in the end', () => {
  const outcome = fc.constantFrom(undefined, accepted, unknown, askedInVain);
  fc.assert(
    fc.property(
      fc.constantFrom(...statuses),
      fc.array(outcome, { maxLength: 4 }),
      outcome,
      (status, outcomes, said) => {
        const sends = outcomes.map((each, index) => send(index + 1, each));
        const found = sends.filter(inDoubt).map(({ n }) => ({ n, outcome: said ?? askedInVain }));
        const ended = endedWithoutWorkflow({ ...pending, status, sends }, found, now);
        expect(ended.status).toBe(status === 'Pending' ? 'Expired' : status);
        expect(wasEndedWithoutWorkflow(ended)).toBe(status === 'Pending');
        for (const [index, before] of sends.entries()) {
          const after = ended.sends[index];
          if (!inDoubt(before)) expect(after).toEqual(before);
          const settled = abandonedSettlement(ended, before.n);
          if (after?.outcome?.kind === 'accepted') expect(settled).toBe('charge');
        }
      },
    ),
  );
});
