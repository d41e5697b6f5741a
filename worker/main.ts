// The worker process: prepares what it needs, runs until told to stop, finishes what is under way.

import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { assertSandboxAlone } from '../admin/carrier-surroundings.ts';
import { applyCarriersFile, leftByFile } from '../admin/carriers-file.ts';
import { builtInCarriers } from '../carriers/registry.ts';
import { loadConfig } from '../config.ts';
import type { Receipt } from '../domain/receipt.ts';
import { createReceiptTaker } from '../receipts/take-receipt.ts';
import { createDataConverter } from '../secrets/data-converter.ts';
import { loadKeyRing } from '../secrets/load-key-ring.ts';
import { tellWhatPreventsStart, temporalUnreachable } from '../startup.ts';
import { ensureIndexes, openDatabase } from '../store/database.ts';
import { temporalConnection } from '../temporal.ts';
import { startCarrierPool } from './carrier-pool.ts';
import { createWorkers } from './create-workers.ts';
import { createWorkerLogger } from './logger.ts';
import { prepareNamespace } from './prepare-namespace.ts';
import { prepareSchedules } from './prepare-schedules.ts';
import { createSandboxOutbox } from './sandbox-outbox.ts';
import { holdWorkerLease, type WorkerLease } from './worker-lease.ts';

const started = tellWhatPreventsStart();
const config = loadConfig(process.env);
const logger = createWorkerLogger(config.logLevel);
// The SDK's runtime would catch SIGTERM for itself; here one signal stops all workers and then the rest.
Runtime.install({ logger, shutdownSignals: [] });

const ring = loadKeyRing(config.keyRing);
const dataConverter = createDataConverter(ring);
const database = openDatabase(config.mongodb.url, config.mongodb.database);
const { namespace } = config.temporal;

const temporal = temporalConnection();
const preparing = await Connection.connect(temporal).catch((error: Error) =>
  temporalUnreachable(temporal.address, error),
);
await prepareNamespace(preparing, namespace);
await prepareSchedules(new Client({ connection: preparing, namespace, dataConverter }));
await preparing.close();
await ensureIndexes(config.mongodb.url, config.mongodb.database);

const { sandbox, production, carriersFile, carrierAllowedHosts: carrierHosts } = config;
if (carriersFile !== undefined) {
  const operator = { database, actor: 'CARRIERS_FILE' };
  await applyCarriersFile(operator, { ring, sandbox, production, carrierHosts }, carriersFile, process.env);
} else {
  const left = await leftByFile(database);
  if (left.length > 0) {
    logger.warn(
      'CARRIERS_FILE is not set here, so what it brought stays as it is: set it; to remove all of it, to a file that holds {}',
      { left },
    );
  }
}
await assertSandboxAlone(database, { sandbox, production });

const outbox = config.sandbox ? createSandboxOutbox(database, ring) : undefined;
const connection = await NativeConnection.connect(temporal);
const receipts = createReceiptTaker({
  database,
  temporal: new Client({ connection, namespace, dataConverter }),
  warn: (message) => logger.warn(message),
});
const takeReceiptFor = (carrier: string) => (receipt: Receipt) => receipts(carrier, receipt);
const workers = await createWorkers({
  connection,
  namespace,
  database,
  ring,
  carriers: builtInCarriers({ sandboxOutbox: outbox, takeReceiptFor }),
  workflowBundle: config.workflowBundle,
  allowedHosts: config.callbackAllowedHosts,
  buildId: config.buildId,
});

const pool = await startCarrierPool({
  connection,
  namespace,
  database,
  ring,
  logger,
  sandboxOutbox: outbox,
  takeReceiptFor,
  publicUrl: config.carrierUrl,
  allowedHosts: carrierHosts,
});

let stopping: Promise<void> | undefined;
let lease: WorkerLease | undefined;
const stop = () => {
  if (stopping) return;
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  stopping = Promise.all([lease?.end(), pool.stop()]).then(() => undefined);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
// One that fails takes the others down in order, and the process ends with its error.
const runs = workers.map((worker) => worker.run().finally(stop));
lease = await holdWorkerLease(database);
if (stopping) await lease.end();
started();
logger.info('worker ready', { queues: workers.map((worker) => worker.options.taskQueue) });
try {
  const ends = await Promise.allSettled(runs);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
} finally {
  await stopping;
  outbox?.stop();
  await Promise.allSettled([connection.close(), database.close()]);
}
logger.info('worker stopped');
