// What the operator is told, in one sentence each.
import { expect, test } from 'vitest';
import { eventSentence, type OperatorEvent } from '../../domain/event.ts';

test.each<[OperatorEvent, string]>([
  [
    { kind: 'lowBalance', seq: 3, available: 499_999, lowBalance: 500_000 },
    'The balance fell to 0.499999 EUR, below the mark of 0.50 EUR',
  ],
  [
    { kind: 'unknownOutcome', trackingId: 't', send: 2, carrier: 'sandbox', reason: 'no answer', amount: 9_000 },
    'Send 2 of t by sandbox never had a known outcome (no answer); 0.009 EUR was given back',
  ],
  [
    { kind: 'runAgain', trackingId: 't' },
    'Verification t was run again in Temporal, by a reset or a new start; what it came to and its money stay as they were: see who may write there',
  ],
  [{ kind: 'workflowGone', trackingId: 't' }, 'Verification t lost its workflow in Temporal and was ended as Expired'],
  [
    { kind: 'heldBack', trackingId: 't' },
    'Verification t is pending beyond any lifetime, and reports and deletion wait for it: look at its workflow in Temporal',
  ],
  [
    { kind: 'carrierCircuitOpened', carrier: 'second', worker: 'w', reason: 'credentials refused' },
    'Carrier second takes no messages (credentials refused): they go by the next step of their route, or wait where there is none',
  ],
  [{ kind: 'carrierCircuitClosed', carrier: 'second', worker: 'w' }, 'Carrier second takes messages again'],
  [
    { kind: 'carrierUnusable', carrier: 'second', worker: 'w', reason: 'its type is unknown to this version' },
    'Carrier second could not be made, so its messages wait: its type is unknown to this version',
  ],
  [
    { kind: 'carrierDisconnected', carrier: 'second', worker: 'w', reason: 'the SMSC could not be reached' },
    'Carrier second has no connection: the SMSC could not be reached',
  ],
  [{ kind: 'carrierConnected', carrier: 'second', worker: 'w' }, 'Carrier second is connected'],
  [
    {
      kind: 'carrierRefused',
      carrier: 'second',
      worker: 'w',
      reason: 'the gateway refused the message (HTTP 422, E17)',
      words: 'No such sender',
    },
    'Carrier second did not take a message: the gateway refused the message (HTTP 422, E17); it says: No such sender',
  ],
])('%o', (event, sentence) => expect(eventSentence(event, 'EUR')).toBe(sentence));
