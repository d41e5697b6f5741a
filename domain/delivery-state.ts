// What all receipts of one message say together, in whatever order they came.
import type { DeliveryState, Receipt } from './receipt.ts';

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
