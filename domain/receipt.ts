// What a carrier reports of a message after it took it over; a report alone never verifies anything.
import { readSendKey } from './delivery.ts';

export const deliveryStates = ['delivered', 'undelivered', 'underway'] as const;
/** `underway` changes nothing: it is kept for the story. */
export type DeliveryState = (typeof deliveryStates)[number];

/** What a carrier's word means by its table; undefined for a word that proves nothing, whatever every object has by that name. */
export function stateByWord(states: Readonly<Record<string, DeliveryState>>, word: string): DeliveryState | undefined {
  return Object.hasOwn(states, word) ? states[word] : undefined;
}

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

/** No carrier's name for a message is longer. */
export const MAX_MESSAGE_ID = 200;

/**
 * The receipt without what is not as it must be: a reason that may hold a text or a phone number, a name out of all bounds, a
 * reference that is none of our keys.
 */
export function tidyReceipt({ messageId = '', reference = '', state, reason = '' }: Receipt): Receipt {
  return {
    ...(messageId !== '' && messageId.length <= MAX_MESSAGE_ID && { messageId }),
    ...(readSendKey(reference) && { reference }),
    state,
    ...(isReasonCode(reason) && { reason }),
  };
}

/** Whether a text can be shown as a carrier's code for something: seven digits may be somebody's number. */
export function isReasonCode(reason: string): boolean {
  return /^[\w.:-]{1,48}$/.test(reason) && reason.replace(/\D/g, '').length < 7;
}

/** Receipts of one send that have the same key say the same; parts have receipts of their own. */
export const receiptKey = ({ state, reason = '', messageId = '' }: Receipt): string =>
  `${state}:${reason}:${messageId}`;
