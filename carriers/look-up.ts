// What look-ups by HTTP have in common: how long one may take, and how soon a carrier's word that it has nothing counts.
import type { SendInDoubt } from './carrier.ts';

/** Less than it waits for a send: an attempt that asks first has to have time for sending, too. */
export const LONGEST_LOOK_UP_MS = 5_000;

/**
 * A request that got lost on its way may still be worked on for so long, and a log may be behind: before, absence says nothing. The
 * fifth attempt, the last one, comes so long after the first: later, nothing would ever be sent again.
 */
const QUIET_MS = 15_000;

/** Whether what is not there by now was never taken. @param now in ms since the epoch */
export function isQuiet({ last }: NonNullable<SendInDoubt['attempts']>, now: number): boolean {
  return now - last >= QUIET_MS;
}
