// Carriers and routes as they stand in MongoDB, and what the sandbox keeps.
import type { CarrierHealth } from '../domain/carrier.ts';
import type { RoutePlace, RouteStep } from '../domain/route.ts';
import type { SealedText, SecretDocument } from './documents.ts';
import type { AuditedDocument } from './operator-documents.ts';

export interface SandboxMessageDocument {
  /** The idempotency key of the send, so that a repeat is the same message. */
  readonly _id: string;
  readonly trackingId: string;
  readonly accountId: string;
  readonly recipientHash: string;
  /** Recipient, originator, method and text as sealed JSON. */
  readonly sealed: SealedText;
  readonly sentAt: Date;
  /** When its carrier was told that its code was typed, where it wants to know. */
  readonly typedAt?: Date;
}

/** A carrier that operators configured; `_id` is its name, as routes and task queues have it. */
export interface CarrierDocument extends AuditedDocument {
  readonly type: string;
  /** What its type asks for, without secrets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Its secrets as JSON. */
  readonly secrets?: SealedText;
  /** Over all workers; none is unlimited. */
  readonly messagesPerSecond?: number;
  readonly paused: boolean;
  /** What is in the URL its receipts come to; without one none is taken over HTTP. */
  readonly receiptSecret?: SecretDocument;
  readonly from: 'file' | 'management API';
  readonly createdAt: Date;
}

/** How a carrier is doing in one worker process. `_id` is `<carrier>:<worker>`. */
export interface CarrierHealthDocument extends CarrierHealth {
  readonly _id: string;
  /** Renewed while the worker runs it: an old one is of a worker that is gone. */
  readonly seenAt: Date;
}

/** The right to hold one connection to a carrier that counts them. `_id` is `<carrier>:<number from 0>`. */
export interface CarrierLeaseDocument {
  readonly _id: string;
  readonly holder: string;
  readonly expiresAt: Date;
}

/** `_id` is made by `routeId`. */
export interface RouteDocument extends AuditedDocument, RoutePlace {
  readonly steps: readonly RouteStep[];
  readonly from: 'file' | 'management API';
}
