// The documents as they stand in MongoDB, one interface per collection.
import type { SendOutcome } from '../domain/delivery.ts';
import type { ErrorName } from '../domain/errors.ts';
import type { AccountFunds, LedgerRow } from '../domain/ledger.ts';
import type { Method } from '../domain/phone.ts';
import type { ApplicationSettings } from '../domain/settings.ts';
import type { TimelineEvent } from '../domain/timeline.ts';
import type { Status, Verdict } from '../domain/verification.ts';

/** The account with its newest ledger row inside: one document is the unit of consistency. */
export interface AccountDocument extends AccountFunds {
  readonly name: string;
  readonly currency: string;
  readonly closed: boolean;
  readonly lastRow: LedgerRow | null;
  readonly createdAt: Date;
}

export interface ApplicationDocument {
  readonly _id: string;
  readonly accountId: string;
  readonly name: string;
  readonly secrets: readonly { readonly keyId: string; readonly hash: string }[];
  /** Tokens carry it; raising it ends them. */
  readonly epoch: number;
  readonly disabled: boolean;
  readonly settings: ApplicationSettings;
  readonly createdAt: Date;
}

/** `_id` is `<ISO country>:<method>`; the price of one part, in micros of the accounts' currency. */
export interface PriceDocument {
  readonly _id: string;
  readonly price: number;
}

/** What stays the same for the life of a verification. */
export interface VerificationFacts {
  readonly accountId: string;
  readonly applicationId: string;
  readonly method: Method;
  readonly country: string;
  readonly recipient: { readonly keyId: string; readonly sealed: string };
  readonly recipientHash: string;
  readonly recipientMasked: string;
  readonly currency: string;
  /** What the customer pays for one send, in micros: price per part times parts. */
  readonly price: number;
  readonly parts: number;
  readonly digits: number;
  /** The key that every derivation of this verification uses. */
  readonly keyId: string;
  readonly receivedAt: Date;
}

/** What moves; written whole with each version. */
export interface VerificationProgress {
  readonly outcome: 'open' | 'refused';
  /** Why a start was refused; only with `refused`. */
  readonly refusal?: ErrorName;
  readonly status: Status;
  readonly timesTried: number;
  readonly maxRetries: number;
  readonly expiresAt: Date;
  readonly updatedAt: Date;
  /** By attempt id; only judged answers and the cancellation that worked, so at most 22. */
  readonly verdicts: Readonly<Record<string, { readonly verdict: Verdict; readonly remaining: number }>>;
  readonly sends: readonly { readonly n: number; readonly carrier: string; readonly outcome: SendOutcome }[];
  readonly timeline: readonly TimelineEvent[];
}

export interface VerificationDocument extends Partial<VerificationFacts>, VerificationProgress {
  readonly _id: string;
  /** Rises with every write; an older one never replaces a newer one. */
  readonly version: number;
  /** When the first version was written. */
  readonly openedAt: Date;
}

export interface SandboxMessageDocument {
  /** The idempotency key of the send, so that a repeat is the same message. */
  readonly _id: string;
  readonly trackingId: string;
  readonly accountId: string;
  readonly recipientHash: string;
  /** Recipient, originator, method and text as sealed JSON. */
  readonly sealed: { readonly keyId: string; readonly sealed: string };
  readonly sentAt: Date;
}

export interface AuditDocument {
  readonly _id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, string | number>>;
}
