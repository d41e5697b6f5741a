// Bounds the receipts that wait for a send: a carrier that sends others' receipts, or invents them, must not fill the database.
import { countUnmatched } from '../store/carrier-messages.ts';
import type { Database } from '../store/database.ts';

const MOST_UNMATCHED = 10_000;
/** The count is read from the database this often; in milliseconds. */
const COUNT_EVERY_MS = 10_000;
const WARN_EVERY_MS = 60_000;

export interface RoomDeps {
  readonly database: Pick<Database, 'carrierMessages'>;
  /** Where the operator is warned. */
  warn(message: string): void;
  /** Receipts that may wait, in all processes together; 10,000 unless told otherwise. */
  readonly mostUnmatched?: number;
}

/** Says whether one more may wait, and counts it. Other processes are seen with each count. */
export function createUnmatchedRoom({
  database,
  warn,
  mostUnmatched = MOST_UNMATCHED,
}: RoomDeps): () => Promise<boolean> {
  let waiting = 0;
  let countedAt = 0;
  let warnedAt = 0;
  return async () => {
    if (Date.now() - countedAt >= COUNT_EVERY_MS) {
      waiting = await countUnmatched(database, mostUnmatched);
      countedAt = Date.now();
    }
    if (waiting < mostUnmatched) {
      waiting += 1;
      return true;
    }
    if (Date.now() - warnedAt >= WARN_EVERY_MS) {
      warnedAt = Date.now();
      warn(
        `${mostUnmatched} receipts wait for sends nobody knows of, and no more are taken: see which carrier reports messages that were not sent from here`,
      );
    }
    return false;
  };
}
