// The state of one verification and every transition it can make; time and correctness come in as arguments.

export const statuses = ['Pending', 'Verified', 'Cancelled', 'Expired', 'Failed'] as const;
export type Status = (typeof statuses)[number];

/** What an answer or a cancellation was met with. */
export type Verdict =
  | 'verified'
  | 'wrongAnswer'
  | 'maxRetriesReached'
  | 'cancelled'
  | 'expired'
  | 'notPending'
  | ResendVerdict;

/** What a wish for another send was met with, beyond the verdicts of a decided verification. */
export type ResendVerdict = 'resent' | 'tooSoon' | 'tooMany' | 'insufficientBalance' | 'invalidTemplate';

export interface VerificationState {
  readonly status: Status;
  /** Answers judged, the right one included. */
  readonly timesTried: number;
  /** Wrong answers allowed after the first. */
  readonly maxRetries: number;
  /** Milliseconds since the epoch, as all times here. */
  readonly expiresAt: number;
  readonly updatedAt: number;
}

export interface Judgement {
  readonly state: VerificationState;
  readonly verdict: Verdict;
}

/** The state a verification is born with. */
export function openState(maxRetries: number, expiresAt: number, now: number): VerificationState {
  return { status: 'Pending', timesTried: 0, maxRetries, expiresAt, updatedAt: now };
}

/**
 * Judges one answer. Whether it was in time is decided by the moment it arrived at the API, never by the moment it is judged;
 * a clock of the API that runs ahead cannot shorten a life, one that runs behind is bounded by `now`.
 */
export function judgeAnswer(state: VerificationState, right: boolean, receivedAt: number, now: number): Judgement {
  const barred = barredBy(state, receivedAt, now);
  if (barred) return { state, verdict: barred };
  const timesTried = state.timesTried + 1;
  const tried = { ...state, timesTried, updatedAt: now };
  if (right) return { state: { ...tried, status: 'Verified' }, verdict: 'verified' };
  if (timesTried > state.maxRetries) return { state: { ...tried, status: 'Failed' }, verdict: 'maxRetriesReached' };
  return { state: tried, verdict: 'wrongAnswer' };
}

/** Judges a cancellation, by the same rule of time. */
export function judgeCancellation(state: VerificationState, receivedAt: number, now: number): Judgement {
  const barred = barredBy(state, receivedAt, now);
  if (barred) return { state, verdict: barred };
  return { state: { ...state, status: 'Cancelled', updatedAt: now }, verdict: 'cancelled' };
}

/** Ends a pending verification; a decided status never changes. */
export function end(
  state: VerificationState,
  status: Exclude<Status, 'Pending' | 'Verified'>,
  now: number,
): VerificationState {
  return state.status === 'Pending' ? { ...state, status, updatedAt: now } : state;
}

/** Wrong answers that are still allowed before the status becomes Failed. */
export function attemptsRemaining(state: Pick<VerificationState, 'status' | 'timesTried' | 'maxRetries'>): number {
  return state.status === 'Pending' ? state.maxRetries + 1 - state.timesTried : 0;
}

/** What an answer or cancellation meets when the status is already decided. */
export function verdictOfDecided(status: Exclude<Status, 'Pending'>): 'expired' | 'notPending' {
  return status === 'Expired' ? 'expired' : 'notPending';
}

function barredBy(state: VerificationState, receivedAt: number, now: number): 'expired' | 'notPending' | undefined {
  if (state.status !== 'Pending') return verdictOfDecided(state.status);
  return Math.min(receivedAt, now) >= state.expiresAt ? 'expired' : undefined;
}
