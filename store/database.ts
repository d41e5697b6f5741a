// The connection to MongoDB and the collections behind it; majority writes, primary reads, every operation bounded.
import { type Collection, type Db, MongoClient } from 'mongodb';
import type { LedgerRow } from '../domain/ledger.ts';
import type {
  CarrierDocument,
  CarrierHealthDocument,
  CarrierLeaseDocument,
  RouteDocument,
  SandboxMessageDocument,
} from './carrier-documents.ts';
import type {
  AccountDocument,
  ApplicationDocument,
  AuditResultDocument,
  CallbackDocument,
  EventDocument,
  IdempotencyDocument,
  NumberRangeDocument,
  OperatorActsDocument,
  PriceDocument,
  RecipientDocument,
  ReportStateDocument,
  ReportTotalDocument,
  VerificationDocument,
  WorkerLeaseDocument,
} from './documents.ts';
import type { AuditDocument, OperatorDocument } from './operator-documents.ts';
import type { CarrierMessageDocument, LateReceiptsDocument } from './receipt-documents.ts';

export interface Database {
  readonly db: Db;
  readonly accounts: Collection<AccountDocument>;
  readonly ledger: Collection<LedgerRow>;
  readonly applications: Collection<ApplicationDocument>;
  readonly prices: Collection<PriceDocument>;
  readonly numberRanges: Collection<NumberRangeDocument>;
  readonly verifications: Collection<VerificationDocument>;
  readonly sandboxMessages: Collection<SandboxMessageDocument>;
  readonly audit: Collection<AuditDocument>;
  readonly audits: Collection<AuditResultDocument>;
  readonly events: Collection<EventDocument>;
  readonly operatorActs: Collection<OperatorActsDocument>;
  readonly operators: Collection<OperatorDocument>;
  readonly recipients: Collection<RecipientDocument>;
  readonly callbacks: Collection<CallbackDocument>;
  readonly carriers: Collection<CarrierDocument>;
  readonly carrierHealth: Collection<CarrierHealthDocument>;
  readonly carrierLeases: Collection<CarrierLeaseDocument>;
  readonly carrierMessages: Collection<CarrierMessageDocument>;
  readonly lateReceipts: Collection<LateReceiptsDocument>;
  readonly routes: Collection<RouteDocument>;
  readonly idempotency: Collection<IdempotencyDocument>;
  readonly workerLeases: Collection<WorkerLeaseDocument>;
  readonly reportTotals: Collection<ReportTotalDocument>;
  readonly reportState: Collection<ReportStateDocument>;
  close(): Promise<void>;
}

/** Every database operation ends within this time, in milliseconds: the local activities have 2 s in all. */
const OPERATION_TIMEOUT_MS = 1_800;

/** Between attempts to connect for the first time, in milliseconds. */
const CONNECT_PAUSE_MS = 200;

/** Building an index takes as long as the collection is large; in milliseconds. */
const INDEX_TIMEOUT_MS = 3_600_000;

/**
 * Opens a client; it connects and reconnects by itself, so the server may come later.
 * @param socketTimeoutMS after how long an operation counts as failed
 */
export function openDatabase(url: string, name: string, socketTimeoutMS = OPERATION_TIMEOUT_MS): Database {
  const client = new MongoClient(url, {
    appName: 'twostep',
    writeConcern: { w: 'majority' },
    readPreference: 'primary',
    retryWrites: false,
    ignoreUndefined: true,
    maxPoolSize: 50,
    serverSelectionTimeoutMS: OPERATION_TIMEOUT_MS,
    connectTimeoutMS: OPERATION_TIMEOUT_MS,
    socketTimeoutMS,
    waitQueueTimeoutMS: OPERATION_TIMEOUT_MS,
  });
  const giveUp = keepConnecting(client);
  const db = client.db(name);
  return {
    db,
    accounts: db.collection('accounts'),
    ledger: db.collection('ledger'),
    applications: db.collection('applications'),
    prices: db.collection('prices'),
    numberRanges: db.collection('numberRanges'),
    verifications: db.collection('verifications'),
    sandboxMessages: db.collection('sandboxMessages'),
    audit: db.collection('audit'),
    audits: db.collection('audits'),
    events: db.collection('events'),
    operatorActs: db.collection('operatorActs'),
    operators: db.collection('operators'),
    recipients: db.collection('recipients'),
    callbacks: db.collection('callbacks'),
    carriers: db.collection('carriers'),
    carrierHealth: db.collection('carrierHealth'),
    carrierLeases: db.collection('carrierLeases'),
    carrierMessages: db.collection('carrierMessages'),
    lateReceipts: db.collection('lateReceipts'),
    routes: db.collection('routes'),
    idempotency: db.collection('idempotency'),
    workerLeases: db.collection('workerLeases'),
    reportTotals: db.collection('reportTotals'),
    reportState: db.collection('reportState'),
    async close() {
      giveUp();
      await client.close();
    },
  };
}

/** The driver stays closed for good once its first connection failed, so that one is repeated until it works. */
function keepConnecting(client: MongoClient): () => void {
  let closed = false;
  const connect = async (): Promise<void> => {
    if (closed) return;
    try {
      await client.connect();
      if (closed) await client.close();
    } catch {
      setTimeout(connect, CONNECT_PAUSE_MS).unref();
    }
  };
  void connect();
  return () => {
    closed = true;
  };
}

/** Answers when the primary does. @throws when it does not within the operation time-out. */
export async function ping(database: Database): Promise<void> {
  await database.db.command({ ping: 1 });
}

/** Creates the indexes; repeating is harmless. The embedded database takes note of the first alone. */
export async function ensureIndexes(url: string, name: string): Promise<void> {
  const database = openDatabase(url, name, INDEX_TIMEOUT_MS);
  const { ledger, verifications, callbacks, idempotency, sandboxMessages, events, reportTotals, audit } = database;
  const { carrierMessages, lateReceipts } = database;
  try {
    await ledger.createIndex({ accountId: 1, seq: 1 }, { unique: true });
    await ledger.createIndex({ accountId: 1, kind: 1, seq: 1 });
    // Reports, by account and application; retention and hourly totals; what is overdue.
    await verifications.createIndex({ accountId: 1, receivedAt: 1, outcome: 1, country: 1, status: 1, updatedAt: 1 });
    await verifications.createIndex({ applicationId: 1, receivedAt: 1, _id: 1 });
    await verifications.createIndex({ applicationId: 1, updatedAt: 1 });
    await verifications.createIndex({ receivedAt: 1, _id: 1 });
    // Lists of operators.
    await verifications.createIndex({ accountId: 1, receivedAt: 1, _id: 1 });
    await verifications.createIndex({ 'sends.carrier': 1, receivedAt: 1, _id: 1 });
    await verifications.createIndex({ status: 1, expiresAt: 1 });
    await verifications.createIndex({ outcome: 1, openedAt: 1 });
    // Everything about a person, to be erased.
    await verifications.createIndex({ recipientHash: 1 });
    await idempotency.createIndex({ trackingId: 1 });
    await audit.createIndex({ 'details.recipient': 1 });
    await reportTotals.createIndex({ accountId: 1, hour: 1 });
    await callbacks.createIndex({ applicationId: 1, state: 1 });
    await idempotency.createIndex({ createdAt: 1 });
    await sandboxMessages.createIndex({ recipientHash: 1 });
    await sandboxMessages.createIndex({ sentAt: 1 });
    // Those without a send are counted and forgotten early.
    await carrierMessages.createIndex({ 'send.trackingId': 1, keptAt: 1 });
    await carrierMessages.createIndex({ keptAt: 1 });
    await lateReceipts.createIndex({ 'receipts.at': 1 });
    await events.createIndex({ at: 1 });
    await audit.createIndex({ at: 1, _id: 1 });
  } finally {
    await database.close();
  }
}

const DUPLICATE_KEY = 11000;

/** True for the error of an insert or guarded upsert that met a document with the same key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === DUPLICATE_KEY;
}
