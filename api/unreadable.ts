// What is noted of a carrier's report that nobody can read: its carrier is configured wrongly, or speaks of something else.
import type { Logger } from './logger.ts';

/** Of one carrier it is logged once in this time; in milliseconds. */
const NOTE_EVERY_MS = 60_000;

/** Nothing of the report is in it. */
export function unreadableNote(logger: Pick<Logger, 'warn'>): (carrier: string) => void {
  const notedAt = new Map<string, number>();
  return (carrier) => {
    if (Date.now() - (notedAt.get(carrier) ?? 0) < NOTE_EVERY_MS) return;
    notedAt.set(carrier, Date.now());
    logger.warn(
      { carrier },
      'what came for a carrier is no report as its settings say: look at format and paths of its receipts, and at what else it posts there',
    );
  };
}
