// When a status callback is tried: the first attempt, then 12 retries, counted from the first (CONTRACT "Status callback").

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Offsets from the first attempt, in milliseconds. */
export const callbackOffsets: readonly number[] = [
  0,
  30 * SECOND,
  1 * MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  1 * HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  24 * HOUR,
];

/** What one attempt came to. Only an answer of 200 counts as delivered. */
export type CallbackOutcome =
  | { readonly kind: 'delivered'; readonly httpStatus: 200 }
  | { readonly kind: 'refused'; readonly httpStatus: number }
  | { readonly kind: 'failed'; readonly reason: CallbackTrouble };

/** One attempt as it is recorded; never with a body. `at` in ms since the epoch. */
export interface CallbackAttemptRecord {
  readonly at: number;
  readonly outcome: CallbackOutcome;
}

/** Attempts that are remembered over all replays. */
export const MAX_ATTEMPTS_KEPT = 50;

export type CallbackTrouble = 'timeout' | 'unreachable' | 'forbiddenAddress' | 'endpointRemoved' | 'attemptLost';

/** One sentence for the timeline and the operator. */
export function callbackSentence(outcome: CallbackOutcome): string {
  if (outcome.kind === 'delivered') return 'delivered';
  if (outcome.kind === 'refused') return `answered ${outcome.httpStatus}, and only 200 counts`;
  switch (outcome.reason) {
    case 'timeout':
      return 'no answer within 2 s';
    case 'unreachable':
      return 'the receiver could not be reached';
    case 'forbiddenAddress':
      return 'the address is private or otherwise not allowed; where it is meant to be, name it in CALLBACK_ALLOWED_HOSTS';
    case 'endpointRemoved':
      return 'the application has no callback URL any more';
    case 'attemptLost':
      return 'the attempt did not report back';
  }
}
