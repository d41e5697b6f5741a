// What a carrier reports of a message after it took it over; a report alone never verifies anything.

/** `underway` changes nothing: it is kept for the story. */
export type DeliveryState = 'delivered' | 'undelivered' | 'underway';

export interface Receipt {
  /** As the carrier named it when it accepted, in the form `carriers/` gives it. */
  readonly messageId?: string;
  /** Our idempotency key, where the carrier hands it back: it finds a send whose answer was lost. */
  readonly reference?: string;
  readonly state: DeliveryState;
  /** The carrier's code for it, such as `EXPIRED` or `001`: no text of the carrier's, no number. */
  readonly reason?: string;
}

/** A receipt that found its send: `n` and `step` name it within its verification. Repeating one changes nothing. */
export interface DeliveryReport {
  readonly n: number;
  readonly step: number;
  readonly carrier: string;
  readonly messageId?: string;
  readonly state: DeliveryState;
  readonly reason?: string;
  /** When it came in, in ms since the epoch. */
  readonly at: number;
}
