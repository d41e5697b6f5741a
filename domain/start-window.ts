// How long a start may take before it counts as abandoned; the api and the workflow must judge alike (DESIGN decision 2).

/** The api answers within this time of receiving a start, or gives it up; in milliseconds. */
export const START_WINDOW_MS = 8_000;

/** After giving up, the api looks this much longer for what the workflow made of it; in milliseconds. */
export const ABANDONED_LOOK_MS = 2_000;

/**
 * True when a verification became visible as open within the window. Both sides ask this of the same stored instants, so a
 * start answered 200 is always sent, and one answered 503 for lateness never is.
 */
export function openedInTime(receivedAt: number, openedAt: number): boolean {
  return openedAt - receivedAt <= START_WINDOW_MS;
}
