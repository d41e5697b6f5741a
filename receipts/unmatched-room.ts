// Bounds the receipts that wait for a send: a carrier that sends others' receipts, or invents them, must not fill the database.
import { countUnmatched } from '../store/carrier-messages.ts';
import type { Database } from '../store/database.ts';

export const MOST_UNMATCHED = 10_000;
/** The count is read from the database this often; in milliseconds. */
const COUNT_EVERY_MS = 10_000;
const WARN_EVERY_MS = 60_000;

/** Says whether one more may wait, and counts it. Other processes are seen with each count. */
export function createUnmatchedRoom({
  database,
  warn,
}: {
  readonly database: Pick<Database, 'carrierMessages'>;
  warn(message: string): void;
}): () => Promise<boolean> {
  let waiting = 0;
  let countedAt = 0;
  let warnedAt = 0;
  return async () => {
    if (Date.now() - countedAt >= COUNT_EVERY_MS) {
      waiting = await countUnmatched(database, MOST_UNMATCHED);
      countedAt = Date.now();
    }
    if (waiting < MOST_UNMATCHED) {
      waiting += 1;
      return true;
    }
    if (Date.now() - warnedAt >= WARN_EVERY_MS) {
      warnedAt = Date.now();
      warn(
        `${MOST_UNMATCHED} receipts wait for sends nobody knows of, and no more are taken: see which carrier reports messages that were not sent from here`,
      );
    }
    return false;
  };
}
