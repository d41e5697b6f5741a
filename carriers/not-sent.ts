// How soon a carrier's word that it has nothing of a send may be taken for it.
import type { SendInDoubt } from './carrier.ts';

/** A request that got lost on its way may still be worked on for so long, and a log may be behind: before, absence says nothing. */
const QUIET_MS = 15_000;

/** Whether what is not there by now was never taken. @param now in ms since the epoch */
export function isQuiet({ last }: NonNullable<SendInDoubt['attempts']>, now: number): boolean {
  return now - last >= QUIET_MS;
}
