// What the api and a verification say to each other: ids, queues, inputs, signals, queries. Loads in any runtime.
import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { OwedCallback } from '../activities/callbacks.ts';
import type { CallbackAttemptRecord } from '../domain/callback-schedule.ts';
import type { ErrorName } from '../domain/errors.ts';
import type { Restrictions } from '../domain/message.ts';
import type { Method } from '../domain/method.ts';
import type { DeliveryReport } from '../domain/receipt.ts';
import type { Routes } from '../domain/route.ts';
import type { ChosenTemplate } from '../domain/settings.ts';
import type { TimelineEvent } from '../domain/timeline.ts';
import type { Status } from '../domain/verification.ts';

export const VERIFICATION_WORKFLOW = 'verificationWorkflow';
export const CALLBACK_WORKFLOW = 'callbackWorkflow';
export const VERIFICATIONS_QUEUE = 'verifications';
/** The queue of the activity workers that call back. */
export const CALLBACKS_QUEUE = 'callbacks';

/** The task queue of a carrier's own activity workers, so that a slow carrier holds up nobody else. */
export const deliveriesQueue = (carrier: string): string => `deliveries-${carrier}`;

/** The task queue of what a carrier is told of typed codes, so that it takes neither rate nor slots from sends. */
export const feedbackQueue = (carrier: string): string => `feedback-${carrier}`;

/** A verification's workflow is found under its trackingId. */
export const verificationWorkflowId = (trackingId: string): string => trackingId;

/** The callback of a verification, under an id of its own. */
export const callbackWorkflowId = (trackingId: string): string => `callback-${trackingId}`;

/** Whatever ends a verification that lost its workflow, under an id of its own, so that its history is found by it. */
export const orphanWorkflowId = (trackingId: string): string => `orphan-${trackingId}`;

/** A test message, under an id of its own. */
export const testMessageWorkflowId = (trackingId: string): string => `test-message-${trackingId}`;

/** Everything a verification is decided by, fixed at its start; travels only as ciphertext. Times in ms since the epoch. */
export interface VerificationInput {
  readonly trackingId: string;
  readonly accountId: string;
  readonly applicationId: string;
  /** When the api received the start; lifetime and lateness count from here. */
  readonly receivedAt: number;
  readonly expiresAt: number;
  readonly recipient: string;
  readonly recipientMasked: string;
  readonly country: string;
  readonly method: Method;
  /** What was asked for, where that is another: SMS to a landline. */
  readonly askedMethod?: Method;
  /** The number is a landline, and the application lets it be called where SMS is asked for. */
  readonly landlineByVoice?: boolean;
  readonly template: string;
  /** What a call speaks. */
  readonly language?: string;
  /** For a resend by another method than the first. */
  readonly templates?: Readonly<Partial<Record<Method, ChosenTemplate>>>;
  readonly webOtpDomain?: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** Where the template comes from, in words; for the story. */
  readonly templateFrom: string;
  readonly originator: string;
  readonly originatorFrom: string;
  readonly restrictions?: Restrictions;
  readonly maxParts: number;
  readonly maxRetries: number;
  readonly digits: number;
  /** Key of the ring for every derivation of this verification. */
  readonly keyId: string;
  /** What the code is derived from, with the key. */
  readonly seed: string;
  /** SHA-256 of the right answer's keyed digest. */
  readonly rightAnswerHash: string;
  /** Price of one part by each method this number can be reached by, in micros. */
  readonly unitPrices: Readonly<Partial<Record<Method, number>>>;
  readonly currency: string;
  /** One for the method of the start, and for each that a resend may use. */
  readonly routes: Routes;
  /** Where the ending is told, when the application had a callback URL at the start. */
  readonly callbackUrl?: string;
}

export interface CallbackInput extends OwedCallback {
  /** With a replay: what was attempted before. */
  readonly earlier?: readonly CallbackAttemptRecord[];
}

export interface VerificationResult {
  /** `Superseded`: another run of this verification was before it, and stands. */
  readonly outcome: Status | 'Refused' | 'Superseded';
  readonly refusal?: ErrorName;
  readonly timesTried: number;
  /** What the customer paid, in micros. */
  readonly charged: number;
}

export interface ConfirmationAttempt {
  /** Repeating an id is the same attempt. */
  readonly attemptId: string;
  /** Keyed digest of the answer by key id. */
  readonly digests: Readonly<Record<string, string>>;
  readonly receivedAt: number;
}

export interface Cancellation {
  readonly attemptId: string;
  readonly receivedAt: number;
}

/** Asks for the code to be sent once more, by the same method or another. */
export interface Resend {
  readonly attemptId: string;
  readonly method: Method;
  readonly receivedAt: number;
}

export interface Snapshot {
  readonly status: Status;
  readonly timesTried: number;
  readonly maxRetries: number;
  readonly expiresAt: string;
  readonly recipient: string;
  readonly timeline: readonly TimelineEvent[];
}

/** Every signal says inside its seal which one it is: none can be sent on as another, and none is empty. */
export interface Said {
  readonly signal: string;
}

const sealedSignal = <T extends object = object>(name: string) => defineSignal<[T & Said]>(name);

/** A message as its signal carries it. */
export function saying<T extends object>(signal: { readonly name: string }, message: T): T & Said {
  return { ...message, signal: signal.name };
}

/** An answer somebody gave. Changes state, answers nothing: the verdict is projected. */
export const confirmationAttemptSignal = sealedSignal<ConfirmationAttempt>('confirmationAttempt');
export const cancellationSignal = sealedSignal<Cancellation>('cancellation');
export const resendSignal = sealedSignal<Resend>('resend');
/** What a carrier reported of a send; sent as often as it comes in. */
export const deliveryReportSignal = sealedSignal<DeliveryReport>('deliveryReport');
/** The operator lets callbacks to this endpoint go out again. */
export const callbackResumedSignal = sealedSignal('callbackResumed');
/** The operator wants the projection written anew. */
export const reprojectSignal = sealedSignal('reproject');
/** The api gave the start up before it saw it open. */
export const startAbandonedSignal = sealedSignal('startAbandoned');
/** The state as the workflow has it, for support and the web UI. */
export const snapshotQuery = defineQuery<Snapshot>('snapshot');

export const searchAttributes = {
  status: defineSearchAttributeKey('VerificationStatus', 'KEYWORD'),
  method: defineSearchAttributeKey('VerificationMethod', 'KEYWORD'),
  country: defineSearchAttributeKey('RecipientCountry', 'KEYWORD'),
  applicationId: defineSearchAttributeKey('ApplicationId', 'KEYWORD'),
  carrier: defineSearchAttributeKey('DeliveryCarrier', 'KEYWORD'),
} as const;
