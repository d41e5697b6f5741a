// The documents as they stand in MongoDB, one interface per collection.

import type { AuditCounts } from '../domain/audit-sentence.ts';
import type { CallbackAttemptRecord } from '../domain/callback-schedule.ts';
import type { SendRecord } from '../domain/delivery.ts';
import type { ErrorName } from '../domain/errors.ts';
import type { OperatorEvent } from '../domain/event.ts';
import type { AccountFunds, LedgerRow } from '../domain/ledger.ts';
import type { Difference } from '../domain/ledger-audit.ts';
import type { SecretLife } from '../domain/live-secret.ts';
import type { Method } from '../domain/method.ts';
import type { NumberRange } from '../domain/number-range.ts';
import type { OperatorAct } from '../domain/operator-act.ts';
import type { ListedPrice } from '../domain/price-list.ts';
import type { StatusCount } from '../domain/report.ts';
import type { ApplicationSettings } from '../domain/settings.ts';
import type { TimelineEvent } from '../domain/timeline.ts';
import type { Status, Verdict } from '../domain/verification.ts';
import type { AuditedDocument } from './operator-documents.ts';

/** Ciphertext with the id of its key. */
export interface SealedText {
  readonly keyId: string;
  readonly sealed: string;
}

/** The account with its newest ledger rows inside: one document is the unit of consistency. */
export interface AccountDocument extends AccountFunds, Omit<AuditedDocument, '_id'> {
  readonly name: string;
  readonly currency: string;
  /** The newest rows, the oldest first, 64 at most; all others are in the ledger, and of these some may be. */
  readonly tail: readonly LedgerRow[];
  readonly createdAt: Date;
}

export interface ApplicationDocument extends AuditedDocument {
  readonly _id: string;
  readonly accountId: string;
  readonly name: string;
  /** The newest first, two at most that are live. */
  readonly secrets: readonly SecretDocument[];
  /** When each was last used, by its name, to the minute (store/last-uses.ts). */
  readonly secretUses?: Readonly<Record<string, Date>>;
  /** Tokens carry it; raising it ends them. */
  readonly epoch: number;
  readonly disabled: boolean;
  readonly settings: ApplicationSettings;
  /** Where endings are told; secrets sealed, the newest first, two at most that are live, kept when the URL is taken away. */
  readonly callback?: {
    readonly url?: string;
    readonly secrets: readonly SigningSecretDocument[];
    readonly paused: boolean;
  };
  /** A deleted application stays as a stub, for the retention of its verifications. */
  readonly deletedAt?: Date;
  readonly createdAt: Date;
}

export interface SecretDocument extends SecretLife {
  readonly keyId: string;
  readonly hash: string;
}

export interface SigningSecretDocument extends SealedText, SecretLife {}

/** The newest verifications of a number, found by its keyed hash. */
export interface RecipientDocument {
  readonly _id: string;
  /** The oldest first. */
  readonly trackingIds: readonly string[];
}

/** `_id` is `<ISO country>:<method>`; money in micros of the accounts' currency, for one part. */
export interface PriceDocument extends ListedPrice {
  readonly _id: string;
}

/** `_id` is the prefix. */
export interface NumberRangeDocument extends AuditedDocument, NumberRange {}

/** Whom a verification goes to; taken out of it when the person is erased. */
export interface RecipientFacts {
  readonly recipient: SealedText;
  readonly recipientHash: string;
  readonly recipientMasked: string;
}

/** What stays the same for the life of a verification. */
export interface VerificationFacts extends RecipientFacts {
  readonly accountId: string;
  readonly applicationId: string;
  readonly method: Method;
  readonly country: string;
  readonly currency: string;
  /** What the customer pays for the first send, in micros: price per part times parts. */
  readonly price: number;
  /** The methods a resend may use. */
  readonly methods: readonly Method[];
  /** A resend by SMS, which cannot reach the number, goes by voice. */
  readonly landlineByVoice?: boolean;
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
  /** When the newest send was asked for. */
  readonly lastSendAt: Date;
  readonly resends: number;
  /** By attempt id: judged answers, the cancellation that worked, resends; at most 47. */
  readonly verdicts: Readonly<Record<string, JudgedAttempt>>;
  readonly sends: readonly SendRecord[];
  readonly timeline: readonly TimelineEvent[];
}

export interface JudgedAttempt {
  readonly verdict: Verdict;
  /** Wrong answers still allowed. */
  readonly remaining: number;
  /** With `tooSoon` only. */
  readonly retryAfterSeconds?: number;
}

export interface VerificationDocument extends Partial<VerificationFacts>, VerificationProgress {
  readonly _id: string;
  /** Rises with every write; an older one never replaces a newer one. */
  readonly version: number;
  /** When the first version was written. */
  readonly openedAt: Date;
  /** The run of its workflow that writes it. */
  readonly run?: string;
}

export interface CallbackDocument {
  /** The trackingId. */
  readonly _id: string;
  readonly accountId: string;
  readonly applicationId: string;
  readonly state: 'pending' | 'paused' | 'delivered' | 'givenUp';
  /** Oldest first, replays included, the newest 50. */
  readonly attempts: readonly CallbackAttemptRecord[];
  readonly version: number;
}

/** A worker process that takes up verifications. */
export interface WorkerLeaseDocument {
  /** `<pid>@<host>` and a random id. */
  readonly _id: string;
  /** By the clock of the database. */
  readonly renewedAt: Date;
}

export interface IdempotencyDocument {
  /** HMAC of account, application and key. */
  readonly _id: string;
  readonly trackingId: string;
  /** Empty once the person was erased: no body is the same. */
  readonly bodyHash: string;
  readonly createdAt: Date;
}

/** What became of the starts of one application in one hour, written once nothing of it can change any more. */
export interface ReportTotalDocument {
  /** `<applicationId>:<hour in ISO 8601>` */
  readonly _id: string;
  readonly accountId: string;
  readonly applicationId: string;
  readonly hour: Date;
  readonly groups: readonly StatusCount[];
}

/** Starts received before `until` are in the hourly totals. */
export interface ReportStateDocument {
  readonly _id: 'totals';
  readonly until: Date;
}

/** What the operator may want to be told. `_id` makes it happen once. */
export type EventDocument = OperatorEvent & {
  readonly _id: string;
  /** Absent where it is about no account, as with carriers. */
  readonly accountId?: string;
  readonly at: Date;
};

/** What operators, or the ledger audit, did about the money of one verification; for its timeline. */
export interface OperatorActsDocument {
  /** The trackingId. */
  readonly _id: string;
  readonly acts: readonly OperatorAct[];
}

/** The newest result of an audit. */
export interface AuditResultDocument extends AuditCounts {
  readonly _id: 'ledger';
  readonly at: Date;
  readonly sentence: string;
  /** The first ones. */
  readonly differences: readonly Difference[];
  /** Verifications without a workflow whose carriers are to be asked before their money is settled. */
  readonly doubtful: readonly string[];
}
