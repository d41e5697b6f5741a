// How long things are kept, and when an hour's numbers can no longer change.

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The longest life is 24 h; an hour later even a late settlement is done. In milliseconds. */
export const SETTLED_AFTER_MS = 25 * HOUR_MS;
/** A refused start is forgotten after this; in milliseconds. */
export const REFUSED_KEPT_MS = DAY_MS;

/** The start of the hour an instant lies in, in UTC. */
export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

/** Hours that began before this are settled. */
export function settledUntil(now: number): Date {
  return hourOf(new Date(now - SETTLED_AFTER_MS));
}

/** Verifications received before this are past their application's retention. */
export function retainedFrom(now: number, retentionInDays: number): Date {
  return new Date(now - retentionInDays * DAY_MS);
}
