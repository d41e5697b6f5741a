// The sandbox carrier: "delivers" into an outbox one can read, and lets ten numbers choose their outcome (docs/sandbox.md).
import { setTimeout as delay } from 'node:timers/promises';
import { SANDBOX_CARRIER } from '../domain/carrier.ts';
import type { Receipt } from '../domain/receipt.ts';
import {
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
  type TakeReceipt,
} from './carrier.ts';
import type { SandboxSettings } from './sandbox-settings.ts';

/** Where delivered messages are kept; keeping the same key twice keeps one message. */
export interface SandboxOutbox {
  keep(message: OutgoingMessage, idempotencyKey: string): Promise<void>;
  has(idempotencyKey: string): Promise<boolean>;
  /** Notes that the code of a message was typed. */
  noteTyped(idempotencyKey: string): Promise<void>;
}

type Scenario =
  | 'refused'
  | 'refusedTwice'
  | 'acceptedLate'
  | 'timeoutThenDelivered'
  | 'timeout'
  | 'undelivered'
  | 'delivered'
  | 'receiptFirst'
  | 'fault'
  | 'silent';

/** No other number is magic. */
const scenarios: Readonly<Record<string, Scenario>> = {
  '+12025550100': 'refused',
  '+12025550101': 'refusedTwice',
  '+12025550102': 'acceptedLate',
  '+12025550103': 'timeoutThenDelivered',
  '+12025550104': 'timeout',
  '+12025550105': 'undelivered',
  '+12025550106': 'delivered',
  '+12025550107': 'receiptFirst',
  '+12025550108': 'fault',
  '+12025550109': 'silent',
};

/** What is sent to any other number is accepted, and no more is heard of it: nothing is to be remembered for a receipt. */
const withReceipts: ReadonlySet<Scenario | undefined> = new Set<Scenario>([
  'undelivered',
  'delivered',
  'receiptFirst',
  'silent',
]);
const LATE_MS = 3_000;
const TIMEOUT_MS = 1_000;
const TIMED_OUT = 'the carrier did not answer in time';
const RECEIPT_AFTER_MS = 1_000;
/** A receipt that is not acknowledged comes again this often. */
const RECEIPT_TRIES = 30;

/** A carrier that keeps what it is given. Under other names than its own it stands in for real ones, and may be told how to. */
export function createSandboxCarrier(
  outbox: SandboxOutbox,
  takeReceipt: TakeReceipt,
  name = SANDBOX_CARRIER,
  { outOfOrder = false, delayInSeconds = 0, receipts = false, feedback = false }: SandboxSettings = {},
): Carrier {
  const later = (receipt: Receipt) => void report(takeReceipt, receipt);
  return {
    name,
    receipts,
    receiptsFor: (recipient) => receipts || withReceipts.has(scenarios[recipient]),
    async send(message, idempotencyKey) {
      if (delayInSeconds > 0) await delay(delayInSeconds * 1000);
      if (outOfOrder) throw new CarrierFault('it is set to be out of order');
      const acceptance = { messageIds: [idempotencyKey], parts: message.parts };
      const scenario = scenarios[message.recipient];
      switch (scenario) {
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
        case 'fault':
          throw new CarrierFault('the carrier refuses the credentials');
      }
      await outbox.keep(message, idempotencyKey);
      const delivered: Receipt = { messageId: idempotencyKey, state: 'delivered' };
      if (scenario === 'receiptFirst') await takeReceipt(delivered).catch(() => later(delivered));
      if (scenario === 'delivered') later(delivered);
      if (scenario === 'undelivered') later({ ...delivered, state: 'undelivered', reason: 'UNREACHABLE' });
      return acceptance;
    },
    async lookup({ idempotencyKey, recipient, parts }) {
      if (scenarios[recipient] === 'timeout') return 'unknown';
      return (await outbox.has(idempotencyKey)) ? { messageIds: [idempotencyKey], parts } : 'notSent';
    },
    ...(feedback && {
      async reportVerified(messageIds: readonly string[]) {
        if (outOfOrder) throw new CarrierFault('it is set to be out of order');
        for (const messageId of messageIds) await outbox.noteTyped(messageId);
        return true;
      },
    }),
  };
}

/** A receipt like a network's: a moment after the answer, and again until it is taken. */
async function report(takeReceipt: TakeReceipt, receipt: Receipt): Promise<void> {
  for (let tries = 0; tries < RECEIPT_TRIES; tries += 1) {
    await delay(RECEIPT_AFTER_MS, undefined, { ref: false });
    try {
      await takeReceipt(receipt);
      return;
    } catch {
      // Not taken: it comes again.
    }
  }
}
