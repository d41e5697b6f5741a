// What Twilio is asked to do where we cannot take a report for now: its connection overrides, a fragment that it keeps to itself.

/**
 * Five more times, within the 15 seconds that Twilio allows for all, when we answer 5xx, do not answer, or cannot be reached. By itself
 * it tries once more, and only where no connection came about. What we answer 4xx is hopeless, and not repeated.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export const REPEATS = '#rc=5&rp=5xx,ct,rt';

/** A URL of ours as Twilio is given it. */
export function repeated(url: string): string {
  return `${url}${REPEATS}`;
}
