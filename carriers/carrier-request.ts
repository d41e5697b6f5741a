// A request that a carrier makes to us, and what we know of the carrier it speaks for.
import type { Speech } from '../domain/speech.ts';

export interface CarrierRequest {
  readonly method: string;
  /** As the carrier addressed it, with its query: what signatures are made over. */
  readonly url: string;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  /** Any JSON value, or a form as an object; undefined for XML, text, and what is malformed. */
  readonly body: unknown;
  /** The body as text, read in the charset that it names. */
  readonly rawBody: string;
  /** As it was sent: what signatures of bodies are made over. */
  readonly rawBytes: Uint8Array;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What a carrier of some type was configured with. */
export interface Configuration<Settings, Secrets> {
  readonly settings: Settings;
  readonly secrets: Secrets;
}

/** Where a carrier reaches us from outside. */
export interface CarrierUrls {
  /** For the receipts of one send, which come back with its key as `reference` in the query. */
  receipts(idempotencyKey: string): string;
  /** For what a call says once a key was pressed. Whoever has it can hear the code: it is nobody's but the carrier's. @param round from 1 */
  call(call: SealedCall, round?: number): string;
}

/** What is to be said once a key was pressed, as it travels in a URL: encrypted, and of no use elsewhere. */
export interface SealedCall {
  /** The idempotency key of the send. */
  readonly reference: string;
  readonly speech: Speech;
  /** In ms since the epoch: after it the code is of no use. */
  readonly validUntil: number;
}
