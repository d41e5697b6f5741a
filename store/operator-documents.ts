// What operators and their acts leave in MongoDB.
import type { Scope } from '../domain/operator.ts';
import type { SecretDocument } from './documents.ts';

/** A person or program that may use the management API. */
export interface OperatorDocument extends AuditedDocument {
  /** The public part of the token. */
  readonly _id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly secret: SecretDocument;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** The public part of the token of the one who made it; absent where a command did. */
  readonly createdById?: string;
  readonly expiresAt?: Date;
  /** To the minute (store/last-uses.ts). */
  readonly lastUsedAt?: Date;
  readonly revokedAt?: Date;
}

/** What an operator changes: each change raises the version and takes its audit row along (store/audited.ts). */
export interface AuditedDocument {
  readonly _id: string;
  /** Absent until the first change. */
  readonly version?: number;
  /** The row of the newest change while the trail may lack it. */
  readonly lastAct?: AuditDocument;
}

export interface AuditDocument {
  readonly _id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** With an operator's token, its public part. */
  readonly operatorId?: string;
}
