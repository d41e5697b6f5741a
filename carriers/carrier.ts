// The contract of a carrier, a way out to the phone network: one attempt per call, and never a doubt about what a failure means.
import type { Restrictions } from '../domain/message.ts';
import type { Method } from '../domain/phone.ts';

export interface OutgoingMessage {
  readonly trackingId: string;
  readonly accountId: string;
  /** E.164, with the plus. */
  readonly recipient: string;
  readonly originator: string;
  readonly method: Method;
  /** The full text, code included: never logged. */
  readonly text: string;
  /** Of a call: the BCP 47 tag a voice is chosen by. */
  readonly language?: string;
  /** Parts as the customer pays them. */
  readonly parts: number;
  /** The message is of no use after this; carriers hand it on as validity. At least 1. */
  readonly validForSeconds: number;
  /** 1 for the first time this send is tried. */
  readonly attempt: number;
  readonly restrictions?: Restrictions;
}

export interface Acceptance {
  readonly messageId: string;
  readonly parts: number;
}

export interface Carrier {
  readonly name: string;
  /**
   * Hands the message over, once. A repeat with the same idempotency key must be the same send.
   * @throws CarrierRejected, CarrierUnavailable or CarrierOutcomeUnknown, and nothing else.
   */
  send(message: OutgoingMessage, idempotencyKey: string): Promise<Acceptance>;
  /** Asks what became of a send; `unknown` when the carrier cannot tell. A carrier without such a question leaves this out. */
  lookup?(send: SendInDoubt): Promise<Acceptance | 'notSent' | 'unknown'>;
}

/** What a look-up knows of a send whose outcome is in doubt. */
export interface SendInDoubt {
  readonly idempotencyKey: string;
  readonly recipient: string;
  readonly parts: number;
}

/** Refused for good: no message left, repeating is useless. The reason holds no number and nothing of the carrier's answer. */
export class CarrierRejected extends Error {
  override readonly name = 'CarrierRejected';
}

/** Refused for now: no message left, repeating may work. */
export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';
}

/** The request went out and no answer came back: there may be a message. */
export class CarrierOutcomeUnknown extends Error {
  override readonly name = 'CarrierOutcomeUnknown';
}
