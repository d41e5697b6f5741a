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

/**
 * What the receipts of one message say together: it was delivered when each of its parts was, and was not when one was not.
 * @param messageIds of all its parts; empty where the carrier's answer was lost
 */
export function deliveryOf(
  messageIds: readonly string[],
  receipts: readonly Pick<Receipt, 'messageId' | 'state'>[],
): DeliveryState | undefined {
  if (receipts.length === 0) return undefined;
  if (receipts.some(({ state }) => state === 'undelivered')) return 'undelivered';
  const delivered = receipts.filter(({ state }) => state === 'delivered');
  // Without names for its parts, a delivered one speaks for the message.
  const all = messageIds.length === 0 || delivered.some(({ messageId }) => messageId === undefined);
  const each = messageIds.every((id) => delivered.some(({ messageId }) => messageId === id));
  return delivered.length > 0 && (all || each) ? 'delivered' : 'underway';
}

const rank: Readonly<Record<DeliveryState, number>> = { underway: 0, undelivered: 1, delivered: 2 };

/** The receipts with one more, or the same ones where it says nothing new: repeated, older than what is known, or for one part too many. */
export function withReceipt<R extends Pick<Receipt, 'messageId' | 'state'>>(
  receipts: readonly R[],
  receipt: R,
): readonly R[] {
  const known = receipts.find(({ messageId }) => messageId === receipt.messageId);
  if (known && rank[known.state] >= rank[receipt.state]) return receipts;
  if (!known && receipts.length >= MAX_PARTS) return receipts;
  return [...receipts.filter((each) => each !== known), receipt];
}

/** More parts than any message may have. */
const MAX_PARTS = 20;
