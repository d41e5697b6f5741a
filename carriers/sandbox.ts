// The sandbox carrier: "delivers" into an outbox one can read, and lets ten numbers choose their outcome (docs/sandbox.md).
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Carrier,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from './carrier.ts';

/** Where delivered messages are kept; keeping the same key twice keeps one message. */
export interface SandboxOutbox {
  keep(message: OutgoingMessage, idempotencyKey: string): Promise<void>;
  has(idempotencyKey: string): Promise<boolean>;
}

type Scenario = 'refused' | 'refusedTwice' | 'acceptedLate' | 'timeoutThenDelivered' | 'timeout';

/** No other number is magic. */
const scenarios: Readonly<Record<string, Scenario>> = {
  '+12025550100': 'refused',
  '+12025550101': 'refusedTwice',
  '+12025550102': 'acceptedLate',
  '+12025550103': 'timeoutThenDelivered',
  '+12025550104': 'timeout',
};

const LATE_MS = 3_000;
const TIMEOUT_MS = 1_000;
const TIMED_OUT = 'the carrier did not answer in time';

/** A carrier that keeps what it is given. */
export function createSandboxCarrier(outbox: SandboxOutbox): Carrier {
  return {
    name: 'sandbox',
    receipts: false,
    async send(message, idempotencyKey) {
      const acceptance = { messageIds: [idempotencyKey], parts: message.parts };
      switch (scenarios[message.recipient]) {
        case 'refused':
          throw new CarrierRejected('the number is refused by the network');
        case 'refusedTwice':
          if (message.attempt <= 2) throw new CarrierUnavailable('the network is busy');
          break;
        case 'acceptedLate':
          await delay(LATE_MS);
          break;
        case 'timeoutThenDelivered':
          await outbox.keep(message, idempotencyKey);
          await delay(TIMEOUT_MS);
          throw new CarrierOutcomeUnknown(TIMED_OUT);
        case 'timeout':
          await delay(TIMEOUT_MS);
          throw new CarrierOutcomeUnknown(TIMED_OUT);
      }
      await outbox.keep(message, idempotencyKey);
      return acceptance;
    },
    async lookup({ idempotencyKey, recipient, parts }) {
      if (scenarios[recipient] === 'timeout') return 'unknown';
      return (await outbox.has(idempotencyKey)) ? { messageIds: [idempotencyKey], parts } : 'notSent';
    },
  };
}
