// The contract of a carrier, a way out to the phone network: one attempt per call, and never a doubt about what a failure means.
import type { CarrierConnections } from '../domain/carrier.ts';
import type { OtherSends } from '../domain/delivery.ts';
import type { ReceiptsFor } from '../domain/delivery-state.ts';
import type { Restrictions } from '../domain/message.ts';
import type { Method } from '../domain/method.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Speech } from '../domain/speech.ts';
import type { VendorWords } from '../domain/vendor-words.ts';

export interface OutgoingMessage {
  readonly trackingId: string;
  readonly accountId: string;
  /** E.164, with the plus. */
  readonly recipient: string;
  readonly originator: string;
  readonly method: Method;
  /** The full text, code included: never logged. */
  readonly text: string;
  /** Of a call: the same as it is spoken, once. */
  readonly speech?: Speech;
  /** Parts as the customer pays them. */
  readonly parts: number;
  /** The message is of no use after this; carriers hand it on as validity. At least 1. */
  readonly validForSeconds: number;
  /** 1 for the first time this send is tried. */
  readonly attempt: number;
  readonly restrictions?: Restrictions;
  /** What the step of the route says to this carrier alone. */
  readonly options?: Readonly<Record<string, string>>;
}

export interface Acceptance {
  /** The carrier's names for it, one for each part it counts by itself; receipts come back with them. */
  readonly messageIds: readonly string[];
  readonly parts: number;
  /** What the carrier bills, in micros of its own currency, where it says so. */
  readonly cost?: number;
}

export interface Carrier {
  readonly name: string;
  /** Whether its acceptances are followed by receipts, so that what it accepted is to be remembered. */
  readonly receipts: boolean;
  /** Where that differs by recipient, instead of `receipts`. */
  receiptsFor?(recipient: string): boolean;
  /** Set where it could report, but was given no address to report to: its silence says nothing, whatever a route waits for. */
  readonly silent?: boolean;
  /** What one of its receipts speaks for, where a message has several parts; absent where nobody knows. */
  readonly receiptsSpeakFor?: ReceiptsFor;
  /**
   * Hands the message over, once. A repeat with the same idempotency key must be the same send.
   * @throws CarrierRejected, CarrierUnavailable, CarrierOutcomeUnknown or CarrierFault, and nothing else.
   */
  send(message: OutgoingMessage, idempotencyKey: string): Promise<Acceptance>;
  /** Asks what became of a send; `unknown` when the carrier cannot tell. A carrier without such a question leaves this out. */
  lookup?(send: SendInDoubt): Promise<Acceptance | 'notSent' | 'unknown'>;
  /**
   * Tells the carrier that the code it carried was typed, by its names for the messages that may have brought it. A carrier that
   * does not want to know leaves this out. Returns false where it takes no feedback on any of them. Whatever it throws, it may be
   * called again, twice at most, and nothing else comes of it.
   */
  reportVerified?(messageIds: readonly string[]): Promise<boolean>;
  /** Where its network counts connections: how many to hold from now on. Resolves once those too many are given back in order. */
  holdBinds?(count: number): Promise<void>;
  /** How many it holds of those it is to hold, at this moment. A carrier that connects for each request leaves this out. */
  connections?(): CarrierConnections;
  /** Gives its connections back, once nothing is under way. */
  close?(): Promise<void>;
}

/** Where a carrier puts receipts that come over its own connection. Resolves once they are durable: only then it acknowledges. */
export type TakeReceipt = (receipt: Receipt) => Promise<void>;

/** What a look-up knows of a send whose outcome is in doubt. */
export interface SendInDoubt {
  readonly idempotencyKey: string;
  readonly recipient: string;
  readonly parts: number;
  /** Absent where a workflow asks that began before this was noted. */
  readonly method?: Method;
  /** As it was handed over, where that is still known: never logged. */
  readonly text?: string;
  /** When its first and its newest attempt began, in ms since the epoch; absent where nobody noted that. */
  readonly attempts?: { readonly first: number; readonly last: number };
  /** What else went to this recipient. Whatever the carrier made before this is asked had begun, and is in it. */
  others?(): Promise<OtherSends>;
}

/** What a send can fail with. Its message is worded here, and holds no number and nothing of the carrier's answer but a code we know. */
export class CarrierError extends Error {
  /** What the carrier said itself, as it said it: for `withShownWords` alone, which makes it fit to be shown. */
  readonly said: VendorWords;

  constructor(reason: string, said: VendorWords = {}) {
    super(reason);
    this.said = said;
  }
}

/** Refused for good: no message left, repeating is useless. */
export class CarrierRejected extends CarrierError {
  override readonly name = 'CarrierRejected';
}

/** Refused for now: no message left, repeating may work. */
export class CarrierUnavailable extends CarrierError {
  override readonly name = 'CarrierUnavailable';
  /** What the carrier asks for before the next try, in ms. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, retryAfterMs?: number, said?: VendorWords) {
    super(reason, said);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The carrier itself is out of order for everybody (credentials refused, no connection): no message left, and none is to blame. */
export class CarrierFault extends CarrierError {
  override readonly name = 'CarrierFault';
}

/** The request went out and no answer came back: there may be a message. */
export class CarrierOutcomeUnknown extends CarrierError {
  override readonly name = 'CarrierOutcomeUnknown';
}

/** Why a send failed, as its story tells it: with the carrier's code, and without its words. */
export function toldReason({ message, said: { code } }: CarrierError): string {
  if (code === undefined || message.includes(code)) return message;
  return message.endsWith(')') ? `${message.slice(0, -1)}, ${code})` : `${message} (${code})`;
}
