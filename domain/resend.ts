// When a code may be sent again: not within the cool-down, and not more than five times (CONTRACT "resend").
import { type Status, verdictOfDecided } from './verification.ts';

/** Between two sends that were asked for, in milliseconds. */
export const RESEND_COOL_DOWN_MS = 30_000;
export const MAX_RESENDS = 5;

export interface ResendSituation {
  readonly status: Status;
  readonly expiresAt: number;
  /** When the wish for the newest send arrived, in ms since the epoch. */
  readonly lastSendAt: number;
  readonly resends: number;
}

export interface ResendRefusal {
  readonly verdict: 'expired' | 'notPending' | 'tooSoon' | 'tooMany';
  /** With `tooSoon` and `tooMany`, when it is worth another try. */
  readonly retryAfterSeconds?: number;
}

/**
 * Why another send may not be made now, or undefined when it may. The cool-down counts between arrivals at the API, so that
 * a task run again judges as it did the first time.
 */
export function resendRefusal(situation: ResendSituation, receivedAt: number, now: number): ResendRefusal | undefined {
  const { status, expiresAt, lastSendAt, resends } = situation;
  const secondsUntil = (at: number) => Math.ceil((at - receivedAt) / 1000);
  if (status !== 'Pending') return { verdict: verdictOfDecided(status) };
  if (Math.min(receivedAt, now) >= expiresAt) return { verdict: 'expired' };
  // There is no more until it is over.
  if (resends >= MAX_RESENDS) return { verdict: 'tooMany', retryAfterSeconds: secondsUntil(expiresAt) };
  const left = lastSendAt + RESEND_COOL_DOWN_MS - receivedAt;
  return left > 0 ? { verdict: 'tooSoon', retryAfterSeconds: secondsUntil(receivedAt + left) } : undefined;
}
