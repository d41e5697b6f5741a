// Who is told after a right answer: each carrier that wants to know once, of its messages that may have brought the code.
import { describe, expect, test } from 'vitest';
import type { SendRecord } from '../../domain/delivery.ts';
import { typedMessages } from '../../domain/feedback.ts';
import type { DeliveryState } from '../../domain/receipt.ts';

const accepted = (carrier: string, messageId: string, state?: DeliveryState, feedback = true): SendRecord => ({
  n: 1,
  carrier,
  method: 'sms',
  outcome: { kind: 'accepted', messageIds: [messageId], parts: 1, ...(feedback && { feedback }) },
  ...(state && { receipts: [{ messageId, state }] }),
});
const refused: SendRecord = { n: 1, carrier: 'a', method: 'sms', outcome: { kind: 'notAccepted', reason: 'no' } };

describe('after a right answer', () => {
  test.each<[string, SendRecord[], unknown]>([
    ['nobody, of no send', [], []],
    ['nobody, of a send refused, unknown or under way', [refused, { n: 2, carrier: 'a', method: 'sms' }], []],
    ['nobody, by whom no feedback is wanted', [accepted('a', '1', 'delivered', false)], []],
    ['the carrier that accepted', [refused, accepted('b', '1')], [{ carrier: 'b', messageIds: ['1'] }]],
    [
      'both that accepted, since either message may have been read',
      [accepted('a', '1', 'underway'), accepted('b', '2', 'delivered')],
      [
        { carrier: 'a', messageIds: ['1'] },
        { carrier: 'b', messageIds: ['2'] },
      ],
    ],
    [
      'one carrier once, of all its messages',
      [accepted('a', '1'), accepted('b', '2', undefined, false), accepted('a', '3')],
      [{ carrier: 'a', messageIds: ['1', '3'] }],
    ],
    [
      'not the carrier that could not deliver, when another message may have arrived',
      [accepted('a', '1', 'undelivered'), accepted('b', '2', undefined, false)],
      [],
    ],
    [
      'the carrier that could not deliver by its receipt, when no other message was accepted: the receipt is wrong',
      [accepted('a', '1', 'undelivered'), refused],
      [{ carrier: 'a', messageIds: ['1'] }],
    ],
  ])('is told: %s', (_, sends, told) => expect(typedMessages(sends)).toEqual(told));

  test('a message without a name is not told of', () => {
    const nameless: SendRecord = {
      ...refused,
      outcome: { kind: 'accepted', messageIds: [], parts: 1, feedback: true },
    };
    expect(typedMessages([nameless])).toEqual([]);
  });
});
