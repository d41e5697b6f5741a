// The worker process: prepares what it needs, runs until told to stop, finishes what is under way.
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { createCarriers } from '../carriers/registry.ts';
import { loadConfig } from '../config.ts';
import { createReceiptTaker } from '../receipts/take-receipt.ts';
import { createDataConverter } from '../secrets/data-converter.ts';
import { loadKeyRing } from '../secrets/load-key-ring.ts';
import { ensureIndexes, openDatabase } from '../store/database.ts';
import { temporalConnection } from '../temporal.ts';
import { createWorkers } from './create-workers.ts';
import { createWorkerLogger } from './logger.ts';
import { prepareNamespace } from './prepare-namespace.ts';
import { prepareSchedules } from './prepare-schedules.ts';
import { createSandboxOutbox } from './sandbox-outbox.ts';

const config = loadConfig(process.env);
const logger = createWorkerLogger(config.logLevel);
// The SDK's runtime would catch SIGTERM for itself; here one signal stops all workers and then the rest.
Runtime.install({ logger, shutdownSignals: [] });

const ring = loadKeyRing(config.keyRing);
const dataConverter = createDataConverter(ring);
const database = openDatabase(config.mongodb.url, config.mongodb.database);
const { namespace } = config.temporal;

const preparing = await Connection.connect(temporalConnection());
await prepareNamespace(preparing, namespace);
await prepareSchedules(new Client({ connection: preparing, namespace, dataConverter }));
await preparing.close();
await ensureIndexes(config.mongodb.url, config.mongodb.database);

const outbox = config.sandbox ? createSandboxOutbox(database, ring) : undefined;
const connection = await NativeConnection.connect(temporalConnection());
const takeReceipt = createReceiptTaker({
  database,
  temporal: new Client({ connection, namespace, dataConverter }),
  warn: (message) => logger.warn(message),
});
const workers = await createWorkers({
  connection,
  namespace,
  database,
  ring,
  carriers: createCarriers({ sandboxOutbox: outbox, takeReceipt }),
  workflowBundle: config.workflowBundle,
  allowedHosts: config.callbackAllowedHosts,
  buildId: config.buildId,
});

let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
logger.info('worker ready', { queues: workers.map((worker) => worker.options.taskQueue) });
// One that fails takes the others down in order, and the process ends with its error.
const runs = workers.map((worker) => worker.run().finally(stop));
try {
  const ends = await Promise.allSettled(runs);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
} finally {
  outbox?.stop();
  await Promise.allSettled([connection.close(), database.close()]);
}
logger.info('worker stopped');
