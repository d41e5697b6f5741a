// What can become of a send, seen from the money: accepted is charged, anything that surely did not leave is given back.
import type { Method } from './phone.ts';
import type { Status } from './verification.ts';

export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly messageIds: readonly string[];
      readonly parts: number;
      readonly cost?: number;
    }
  /** Refused, or never begun: certainly no message. */
  | { readonly kind: 'notAccepted'; readonly reason: string }
  | { readonly kind: 'notSent'; readonly reason: string }
  /** The request went out and no answer came back. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The idempotency key of step `step` of send `n`, by which its carrier knows it. */
export const sendKey = (trackingId: string, n: number, step = 1): string =>
  `${trackingId}:send:${n}${step === 1 ? '' : `.${step}`}`;

/** One step of a send of a verification; without an outcome while it is under way. */
export interface SendRecord {
  /** The number of the send, which its reservation has, too: all its steps are paid for together. */
  readonly n: number;
  /** Counts from 1. Absent for the first. */
  readonly step?: number;
  readonly carrier: string;
  readonly method: Method;
  readonly outcome?: SendOutcome;
}

/** True when every send is decided and no message can have left: then the verification has failed. */
export function nothingLeft(sends: readonly SendRecord[]): boolean {
  return (
    sends.length > 0 && sends.every(({ outcome }) => outcome?.kind === 'notAccepted' || outcome?.kind === 'notSent')
  );
}

/**
 * A right answer proves that one message arrived: an accepted one explains it, else the first of those nobody knows about.
 * A send that is not recorded is never proven.
 */
export function provenByAnswer(status: Status, sends: readonly SendRecord[], n: number): boolean {
  if (status !== 'Verified' || sends.some((send) => send.n !== n && send.outcome?.kind === 'accepted')) return false;
  const unexplained = sends.filter(({ outcome }) => outcome === undefined || outcome.kind === 'unknown');
  return unexplained.length > 0 && Math.min(...unexplained.map((send) => send.n)) === n;
}

/** The types of ApplicationFailure a carrier's trouble is thrown as; nothing else leaves a send activity. */
export const sendFailure = {
  rejected: 'CarrierRejected',
  unavailable: 'CarrierUnavailable',
  unknown: 'CarrierOutcomeUnknown',
  tooLate: 'SendTooLate',
  fault: 'CarrierFault',
} as const;

/**
 * Whether a reservation is kept or given back once everything about its send is known; `proven` by a right answer where the
 * carrier could not tell.
 */
export function settlementOf(outcome: SendOutcome, proven: boolean): 'charge' | 'release' {
  if (outcome.kind === 'accepted') return 'charge';
  return outcome.kind === 'unknown' && proven ? 'charge' : 'release';
}
