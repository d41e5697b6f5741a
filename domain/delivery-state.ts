// What all receipts of one message say together, in whatever order they came.
import type { DeliveryState, Receipt } from './receipt.ts';

/** Whether a carrier reports a message of several parts once, or each part; absent where nobody knows. */
export type ReceiptsFor = 'message' | 'part';

/**
 * What the receipts of one message say together. Of one that is reported as a whole, what proves more counts: delivered before not
 * delivered, whatever it was called and whichever came first. One of parts was delivered when each of them was, and was not when
 * one was not.
 * @param messageIds of all its parts; empty where the carrier's answer was lost
 */
export function deliveryOf(
  messageIds: readonly string[],
  receipts: readonly Pick<Receipt, 'messageId' | 'state'>[],
  receiptsFor?: ReceiptsFor,
): DeliveryState | undefined {
  if (receipts.length === 0) return undefined;
  const some = (wanted: DeliveryState) => receipts.filter(({ state }) => state === wanted);
  const delivered = some('delivered');
  const ofParts = messageIds.length > 1 && receiptsFor !== 'message';
  // Without a name for a part, a receipt speaks for the message.
  const whole = !ofParts || delivered.some(({ messageId }) => messageId === undefined);
  if (delivered.length > 0 && whole) return 'delivered';
  if (some('undelivered').length > 0) return 'undelivered';
  const each = ofParts && messageIds.every((id) => delivered.some(({ messageId }) => messageId === id));
  return each ? 'delivered' : 'underway';
}

/**
 * Whether a message of several parts reached the phone as far as anybody will tell: a part was delivered, none was not, and its
 * carrier may be one that reports a message once.
 */
export function partlyDelivered(
  messageIds: readonly string[],
  receipts: readonly Pick<Receipt, 'messageId' | 'state'>[],
  receiptsFor?: ReceiptsFor,
): boolean {
  const delivered = receipts.some(({ state }) => state === 'delivered');
  return receiptsFor === undefined && delivered && deliveryOf(messageIds, receipts) === 'underway';
}

const rank: Readonly<Record<DeliveryState, number>> = { underway: 0, undelivered: 1, delivered: 2 };

/** The receipts with one more, or the same ones where it says nothing new: repeated, older than what is known, or for one part too many. */
export function withReceipt<R extends Pick<Receipt, 'messageId' | 'state'>>(
  receipts: readonly R[],
  receipt: R,
): readonly R[] {
  const known = receipts.find(({ messageId }) => messageId === receipt.messageId);
  if (known && rank[known.state] >= rank[receipt.state]) return receipts;
  // Where there is no room, what says less makes it.
  const full = !known && receipts.length >= MAX_PARTS;
  const replaced = full ? receipts.find(({ state }) => rank[state] < rank[receipt.state]) : known;
  if (full && !replaced) return receipts;
  return [...receipts.filter((each) => each !== replaced), receipt];
}

/** More parts than any message may have. */
const MAX_PARTS = 20;
