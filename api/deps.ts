// What the endpoints are given: the database, the keys, the engine; nothing of it is global.
import type { ReceiptTaker } from '../receipts/take-receipt.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import type { Database } from '../store/database.ts';
import type { AccountDocument, ApplicationDocument } from '../store/documents.ts';
import type { Commands } from './command.ts';
import type { Engine } from './engine.ts';
import type { Logger } from './logger.ts';
import type { OutcomeWatcher } from './outcomes.ts';
import type { Readiness } from './readiness.ts';

export interface ApiDeps {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly engine: Engine;
  readonly outcomes: OutcomeWatcher;
  readonly readiness: Readiness;
  readonly takeReceipt: ReceiptTaker;
  readonly logger: Logger;
  /** Where this API is reached from outside. */
  readonly publicUrl: string;
  /** Addresses or subnets of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** The carrier of numbers that no route is for; absent where there is none. */
  readonly fallbackCarrier?: string | undefined;
  /** Whether `/sandbox/messages` answers. */
  readonly sandbox: boolean;
}

/** What turns starts away at once. */
export interface StartGates {
  /** Starts wait too long for a worker. */
  overloaded(): boolean;
  /** Whether a worker is up. */
  workerUp(): Promise<boolean>;
}

/** What the endpoints of verifications share. */
export interface CommandDeps {
  readonly commands: Commands;
}

/** Who is asking, as found by the access token. */
export interface Caller {
  readonly application: ApplicationDocument;
  readonly account: AccountDocument;
}

/** What middleware leaves for the endpoints in `ctx.state`. */
export interface ApiState {
  requestId: string;
  /** When the request came in, in ms since the epoch; lifetimes and lateness count from here. */
  receivedAt: number;
  caller: Caller;
}
