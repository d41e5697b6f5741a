// Takes what an SMSC delivers: receipts are handed on before they are acknowledged, messages of phones are counted and dropped.
import { randomBytes } from 'node:crypto';
import type { Receipt } from '../../domain/receipt.ts';
import type { TakeReceipt } from '../carrier.ts';
import type { WholeSend } from './part.ts';
import type { Pdu } from './pdu.ts';
import { octetsOf, status } from './protocol.ts';
import { readReceipt } from './receipt.ts';
import type { SmppSettings } from './settings.ts';

export interface Deliveries {
  /** Resolves with the command_status to answer with; never rejects. */
  take(pdu: Pdu): Promise<number>;
  /** A message about to be sent whose receipts shall name their send even if its answer is lost. */
  awaitReceipts(recipient: string, idempotencyKey: string): WholeSend;
}

type DeliverySettings = Pick<SmppSettings, 'messageIds' | 'responseTimeoutSeconds' | 'messageReference'>;

/** Sends remembered, the newest; a receipt that finds none here is matched by its id alone. */
const MOST_REMEMBERED = 10_000;
const LOG_EVERY = 100;
/** Receipts that are being kept at a time: an SMSC that waits for no answer would fill the memory with them. */
const MOST_AT_ONCE = 1_000;

export function createDeliveries(
  settings: DeliverySettings,
  takeReceipt: TakeReceipt,
  log: { warn(message: string, fields?: Record<string, unknown>): void },
): Deliveries {
  let atOnce = 0;
  const late = new Map<string, string>();
  const byReference = new Map<string, string>();
  const fromPhones = counter('Messages of phones were delivered by the SMSC and dropped');
  const unnamed = counter('Receipts without a message id were delivered by the SMSC and dropped');
  const unkept = counter('Receipts could not be kept, and the SMSC was told to repeat them');

  return {
    async take(pdu) {
      const receipt = readReceipt(pdu, settings);
      if (receipt === 'none' || receipt === 'unnamed') {
        (receipt === 'none' ? fromPhones : unnamed)();
        return status.ok;
      }
      // The number makes two octets enough: of a receipt, it is the source.
      const reference = byReference.get(referenceKey(octetsOf(pdu.user_message_reference), String(pdu.source_addr)));
      return (await kept(receipt, reference)) ? status.ok : status.tryAgain;
    },
    awaitReceipts(recipient, idempotencyKey) {
      const reference = settings.messageReference ? randomBytes(2) : undefined;
      if (reference) remember(byReference, referenceKey(reference, recipient.replace(/^\+/, '')), idempotencyKey);
      return { reference, onLateId: (id) => acceptedLate(id, idempotencyKey) };
    },
  };

  /** A send given up as unknown was accepted after all: said at once, and again with each receipt of it. */
  function acceptedLate(messageId: string, idempotencyKey: string): void {
    remember(late, messageId, idempotencyKey);
    void kept({ messageId, state: 'underway', reason: 'LATE_RESPONSE' });
  }

  /** False when it failed, took longer than the SMSC is likely to wait, or too many are being kept. Taking a receipt twice changes nothing. */
  async function kept(receipt: Receipt, echoed?: string): Promise<boolean> {
    if (atOnce >= MOST_AT_ONCE) {
      unkept();
      return false;
    }
    atOnce += 1;
    const reference = echoed ?? late.get(receipt.messageId ?? '');
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, settings.responseTimeoutSeconds * 1000, false as const);
    });
    const taken = Promise.resolve()
      .then(() => takeReceipt({ ...receipt, ...(reference && { reference }) }))
      .then(
        () => true,
        () => false,
      );
    void taken.then(() => {
      atOnce -= 1;
    });
    const done = await Promise.race([taken, tooLong]);
    clearTimeout(timer);
    if (!done) unkept();
    return done;
  }

  /** Says so the first time and every hundredth: a flood must not become one of the log. */
  function counter(message: string): () => void {
    let count = 0;
    return () => {
      count += 1;
      if (count % LOG_EVERY === 1) log.warn(message, { count });
    };
  }
}

const referenceKey = (reference: Buffer, number: string) => `${reference.toString('hex')}:${number}`;

function remember(sends: Map<string, string>, name: string, idempotencyKey: string): void {
  sends.set(name, idempotencyKey);
  const [oldest] = sends.keys();
  if (sends.size > MOST_REMEMBERED && oldest !== undefined) sends.delete(oldest);
}
