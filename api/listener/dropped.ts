// Tells what a listener dropped: one line a minute at most, with counts, however many there were.
import type { Logger } from '../logger.ts';

/**
 * `refused`: no room was left; `closedForRoom`: idle or slow for longer than the others while room was short;
 * `neverSpoke`: sent nothing after connecting; `neverRead`: left an answer unread.
 */
export type Drop = 'refused' | 'closedForRoom' | 'neverSpoke' | 'neverRead';

export interface DropLog {
  count(drop: Drop): void;
  /** Tells what was counted since the last line. */
  end(): void;
}

export function createDropLog(logger: Pick<Logger, 'warn'>, listener: string, everyMs: number): DropLog {
  const counts = new Map<Drop, number>();
  let due: NodeJS.Timeout | undefined;
  const tell = () => {
    clearTimeout(due);
    due = undefined;
    if (counts.size === 0) return;
    logger.warn({ listener, ...Object.fromEntries(counts) }, 'connections were dropped');
    counts.clear();
  };
  return {
    count(drop) {
      counts.set(drop, (counts.get(drop) ?? 0) + 1);
      due ??= setTimeout(tell, everyMs).unref();
    },
    end: tell,
  };
}
