// How long things are kept, and when an hour's numbers can no longer change.

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** After this nothing is received for an hour any more; what is still pending in it holds it back by itself. In milliseconds. */
export const SETTLED_AFTER_MS = 2 * HOUR_MS;
/** No life is longer than a day: an hour held back for so long is held back by something that is stuck. In milliseconds. */
export const STUCK_AFTER_MS = 26 * HOUR_MS;
/** A refused start is forgotten after this; in milliseconds. */
export const REFUSED_KEPT_MS = DAY_MS;

/** Events, and callbacks or acts that outlived their verification, are kept for this; in milliseconds. */
export const STRAY_KEPT_MS = 400 * DAY_MS;

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
