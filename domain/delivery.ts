// What can become of a send, seen from the money: accepted is charged, anything that surely did not leave is given back.
import type { ReceiptsFor } from './delivery-state.ts';
import type { Method } from './method.ts';
import type { DeliveryReport } from './receipt.ts';
import type { Status } from './verification.ts';

export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly messageIds: readonly string[];
      readonly parts: number;
      readonly cost?: number;
      /** Its carrier wants to be told when the code was typed, or it is not known whether it does. */
      readonly feedback?: boolean;
      /** No receipt can follow: its carrier knows no address to report to. */
      readonly silent?: boolean;
      /** What one receipt of its carrier speaks for, where a message has several parts. */
      readonly receiptsFor?: ReceiptsFor;
    }
  /** Refused, or never begun: certainly no message. */
  | { readonly kind: 'notAccepted'; readonly reason: string }
  | { readonly kind: 'notSent'; readonly reason: string }
  /** The request went out and no answer came back. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The idempotency key of step `step` of send `n`, by which its carrier knows it. */
export const sendKey = (trackingId: string, n: number, step = 1): string =>
  `${trackingId}:send:${n}${step === 1 ? '' : `.${step}`}`;

/** What a `sendKey` says; undefined for any other text, so that what comes from outside can be trusted. */
export function readSendKey(key: string): SendPlace | undefined {
  const [, trackingId, n, step = '1'] = sendKeyFormat.exec(key) ?? [];
  return trackingId === undefined ? undefined : { trackingId, n: Number(n), step: Number(step) };
}

/** The first step is never written out: a send has one key alone. */
const sendKeyFormat =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):send:([1-9]\d{0,3})(?:\.([2-9]|[1-9]\d))?$/;

/** Where a send stands: its number and step within its verification. */
export interface SendPlace {
  readonly trackingId: string;
  readonly n: number;
  readonly step: number;
}

/** Sends to the same recipient through any carrier, so that no message of theirs is taken for another's. */
export interface OtherSends {
  /** What their carriers named them. */
  readonly messageIds: ReadonlySet<string>;
  /** Whether one of them may have left under a name nobody knows, or not all of them can be seen. */
  readonly inDoubt: boolean;
}

/** One step of a send of a verification; without an outcome while it is under way. */
export interface SendRecord {
  /** The number of the send, which its reservation has, too: all its steps are paid for together. */
  readonly n: number;
  /** Counts from 1. Absent for the first. */
  readonly step?: number;
  readonly carrier: string;
  readonly method: Method;
  readonly outcome?: SendOutcome;
  /** What the carrier reported of it, in the order it came; one for each part at most, the newest of a part. */
  readonly receipts?: readonly Pick<DeliveryReport, 'messageId' | 'state' | 'reason'>[];
}

/** True when every send is decided and no message can have left: then the verification has failed. */
export function nothingLeft(sends: readonly SendRecord[]): boolean {
  return (
    sends.length > 0 && sends.every(({ outcome }) => outcome?.kind === 'notAccepted' || outcome?.kind === 'notSent')
  );
}

/** What is known of a send over all its steps: one acceptance settles it, one doubt keeps it open; none while a step is under way. */
export function outcomeOf(sends: readonly SendRecord[], n: number): SendOutcome | undefined {
  const outcomes = sends.filter((send) => send.n === n).map(({ outcome }) => outcome);
  const accepted = outcomes.find((outcome) => outcome?.kind === 'accepted');
  if (accepted || outcomes.includes(undefined)) return accepted;
  return outcomes.findLast((outcome) => outcome?.kind === 'unknown') ?? outcomes.at(-1);
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

/** A carrier that is busy, or keeps silent and is asked each time, is tried this often. */
export const MOST_ANSWERED_ATTEMPTS = 5;

/** The types of ApplicationFailure a carrier's trouble is thrown as; nothing else leaves a send activity. */
export const sendFailure = {
  rejected: 'CarrierRejected',
  unavailable: 'CarrierUnavailable',
  unknown: 'CarrierOutcomeUnknown',
  tooLate: 'SendTooLate',
  fault: 'CarrierFault',
  ownTrouble: 'OwnTrouble',
} as const;

/**
 * Whether a reservation is kept or given back once everything about its send is known; `proven` by a right answer where the
 * carrier could not tell.
 */
export function settlementOf(outcome: SendOutcome, proven: boolean): 'charge' | 'release' {
  if (outcome.kind === 'accepted') return 'charge';
  return outcome.kind === 'unknown' && proven ? 'charge' : 'release';
}
