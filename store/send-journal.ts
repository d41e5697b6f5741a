// What is known of a send before its carrier answers, for carriers that cannot be asked afterwards: begun, withdrawn, or barred.
import { type OtherSends, readSendKey } from '../domain/delivery.ts';
import { type Database, isDuplicateKey } from './database.ts';
import { otherSends } from './other-sends.ts';
import type { CarrierMessageDocument } from './receipt-documents.ts';

type Messages = Pick<Database, 'carrierMessages'>;
type Journaled = Messages & Pick<Database, 'recipients' | 'verifications' | 'carriers'>;

/** Of sends by their carriers and idempotency keys. */
export interface SendJournal {
  /**
   * Notes that an attempt is about to hand a send over. False for one that may not any more: a later attempt began, or it is
   * certain already that nothing was sent (a frozen process may wake up this late).
   */
  begin(carrier: string, idempotencyKey: string, attempt: number): Promise<boolean>;
  /** Notes that this attempt surely sent nothing. */
  withdraw(carrier: string, idempotencyKey: string, attempt: number): Promise<void>;
  /** Whether an attempt began of which nobody knows that it sent nothing. */
  mayHaveSent(carrier: string, idempotencyKey: string): Promise<boolean>;
  /** When its first and its newest attempt began, in ms since the epoch; undefined where none did. */
  attempts(carrier: string, idempotencyKey: string): Promise<{ first: number; last: number } | undefined>;
  /** What else went to a number since then, by the hashes it may stand under. */
  others(hashes: readonly string[], carrier: string, idempotencyKey: string, since: number): Promise<OtherSends>;
  /** Keeps every attempt that has not begun from beginning. False where one may have sent already. */
  bar(carrier: string, idempotencyKey: string): Promise<boolean>;
}

const idOf = (carrier: string, idempotencyKey: string) => `${carrier}:${idempotencyKey}`;

export function createSendJournal(database: Journaled): SendJournal {
  const { carrierMessages } = database;
  return {
    async begin(carrier, idempotencyKey, attempt) {
      const now = new Date();
      const begun = { attempt, open: true, begunAt: now, keptAt: now };
      if (await insertOnce(carrierMessages, carrier, idempotencyKey, { ...begun, firstBegunAt: now })) return true;
      const mayBegin = { barred: { $ne: true }, attempt: { $not: { $gte: attempt } } };
      const filter = { _id: idOf(carrier, idempotencyKey), ...mayBegin };
      const change = { $set: { ...begun, send: readSendKey(idempotencyKey) }, $min: { firstBegunAt: now } };
      return (await carrierMessages.updateOne(filter, change)).matchedCount === 1;
    },
    async withdraw(carrier, idempotencyKey, attempt) {
      await carrierMessages.updateOne({ _id: idOf(carrier, idempotencyKey), attempt }, { $set: { open: false } });
    },
    async mayHaveSent(carrier, idempotencyKey) {
      return (await carrierMessages.findOne({ _id: idOf(carrier, idempotencyKey) }))?.open === true;
    },
    async attempts(carrier, idempotencyKey) {
      const found = await carrierMessages.findOne({ _id: idOf(carrier, idempotencyKey) });
      return found?.firstBegunAt && found.begunAt
        ? { first: found.firstBegunAt.getTime(), last: found.begunAt.getTime() }
        : undefined;
    },
    others: (hashes, carrier, idempotencyKey, since) => otherSends(database, hashes, carrier, idempotencyKey, since),
    async bar(carrier, idempotencyKey) {
      const barred = { barred: true, keptAt: new Date() };
      if (await insertOnce(carrierMessages, carrier, idempotencyKey, barred)) return true;
      const filter = { _id: idOf(carrier, idempotencyKey), open: { $ne: true } };
      return (await carrierMessages.updateOne(filter, { $set: { barred: true } })).matchedCount === 1;
    },
  };
}

async function insertOnce(
  messages: Messages['carrierMessages'],
  carrier: string,
  idempotencyKey: string,
  fields: Omit<CarrierMessageDocument, '_id' | 'send' | 'receipts'>,
): Promise<boolean> {
  const send = readSendKey(idempotencyKey);
  if (!send) throw new Error('What is to be sent is no send of ours');
  try {
    await messages.insertOne({ _id: idOf(carrier, idempotencyKey), send, receipts: [], ...fields });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
