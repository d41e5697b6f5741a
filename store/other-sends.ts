// What else was handed over for a number, by our own journal: a look-up must not take another send's message for its own.
import type { OtherSends } from '../domain/delivery.ts';
import type { Database } from './database.ts';
import { MAX_FOUND, notedVerifications } from './recipients.ts';

/** A message is made at most so long after its request began, however slow the carrier is; in milliseconds. */
const LONGEST_MAKING_MS = 300_000;

type OtherSendsData = Pick<Database, 'recipients' | 'verifications' | 'carriers' | 'carrierMessages'>;

/**
 * Of all sends to the number but one, through whatever carrier: two may stand for the same account.
 * @param hashes the number may stand under @param since in ms since the epoch: what was made before is of no matter
 */
export async function otherSends(
  database: OtherSendsData,
  hashes: readonly string[],
  carrier: string,
  idempotencyKey: string,
  since: number,
): Promise<OtherSends> {
  const noted = await notedVerifications(database, hashes);
  const from = new Date(since - LONGEST_MAKING_MS);
  const alive = { _id: { $in: noted }, expiresAt: { $gte: from } };
  const trackingIds = await database.verifications.find(alive, { projection: { _id: 1 } }).toArray();
  const carriers = await database.carriers.find({}, { projection: { _id: 1 } }).toArray();
  const messageIds = new Set<string>();
  let inDoubt = noted.length >= MAX_FOUND;
  for (const { _id: trackingId } of trackingIds) {
    for (const { _id: name } of carriers) {
      // Sends alone: what their carriers named them stands under other ids.
      const keys = { $gte: `${name}:${trackingId}:send:`, $lt: `${name}:${trackingId}:send;` };
      for (const row of await database.carrierMessages.find({ _id: keys }).toArray()) {
        if (row._id === `${carrier}:${idempotencyKey}`) continue;
        const named = [
          ...(row.acceptance?.messageIds ?? []),
          ...row.receipts.flatMap(({ messageId }) => messageId ?? []),
        ];
        for (const messageId of named) messageIds.add(messageId);
        const mayHaveSent = row.open === true && (row.begunAt === undefined || row.begunAt >= from);
        if (mayHaveSent && named.length === 0) inDoubt = true;
      }
    }
  }
  return { messageIds, inDoubt };
}
