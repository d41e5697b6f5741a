// A worker process of the tests: the real one, with something around its database or its outbox.

import { writeSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { builtInCarriers } from '../../carriers/registry.ts';
import { loadConfig } from '../../config.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { createReceiptTaker } from '../../receipts/take-receipt.ts';
import { createDataConverter } from '../../secrets/data-converter.ts';
import { loadKeyRing } from '../../secrets/load-key-ring.ts';
import { type Database, ensureIndexes, openDatabase } from '../../store/database.ts';
import { temporalConnection } from '../../temporal.ts';
import { createWorkers } from '../../worker/create-workers.ts';
import { createWorkerLogger } from '../../worker/logger.ts';
import { prepareNamespace } from '../../worker/prepare-namespace.ts';
import { createSandboxOutbox } from '../../worker/sandbox-outbox.ts';
import { holdWorkerLease } from '../../worker/worker-lease.ts';

type RunningOutbox = ReturnType<typeof createSandboxOutbox>;

export interface Around {
  readonly database: (database: Database) => Database;
  readonly sandboxOutbox?: (outbox: RunningOutbox) => RunningOutbox;
  /** Called when it is about to ask for work. */
  readonly ready?: () => void;
}

/** Runs until it is killed. */
export async function runWorker({
  database: around,
  sandboxOutbox = (outbox) => outbox,
  ready,
}: Around): Promise<void> {
  const config = loadConfig(process.env);
  Runtime.install({ logger: createWorkerLogger('warn') });
  const ring = loadKeyRing(config.keyRing);
  const database = openDatabase(config.mongodb.url, config.mongodb.database);
  const { namespace } = config.temporal;
  const client = await Connection.connect(temporalConnection());
  await prepareNamespace(client, namespace);
  await client.close();
  await ensureIndexes(config.mongodb.url, config.mongodb.database);
  const connection = await NativeConnection.connect(temporalConnection());
  const receipts = createReceiptTaker({
    database,
    temporal: new Client({ connection, namespace, dataConverter: createDataConverter(ring) }),
    warn: () => undefined,
  });
  const takeReceiptFor = (carrier: string) => (receipt: Receipt) => receipts(carrier, receipt);
  const workers = await createWorkers({
    connection,
    namespace,
    database: around(database),
    ring,
    carriers: builtInCarriers({ sandboxOutbox: sandboxOutbox(createSandboxOutbox(database, ring)), takeReceiptFor }),
    workflowBundle: config.workflowBundle,
    allowedHosts: config.callbackAllowedHosts,
  });
  await holdWorkerLease(database);
  writeSync(1, 'worker ready\n');
  ready?.();
  await Promise.all(workers.map((worker) => worker.run()));
}
