// What can become of a send, seen from the money: accepted is charged, anything that surely did not leave is given back.

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string; readonly parts: number }
  /** Refused, or never begun: certainly no message. */
  | { readonly kind: 'notAccepted'; readonly reason: string }
  | { readonly kind: 'notSent'; readonly reason: string }
  /** The request went out and no answer came back. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The types of ApplicationFailure a carrier's trouble is thrown as; nothing else leaves a send activity. */
export const sendFailure = {
  rejected: 'CarrierRejected',
  unavailable: 'CarrierUnavailable',
  unknown: 'CarrierOutcomeUnknown',
  tooLate: 'SendTooLate',
} as const;

/**
 * Whether a reservation is kept or given back once everything about its send is known. A right answer proves that an
 * unknown send arrived.
 */
export function settlementOf(outcome: SendOutcome, verified: boolean): 'charge' | 'release' {
  if (outcome.kind === 'accepted') return 'charge';
  return outcome.kind === 'unknown' && verified ? 'charge' : 'release';
}
