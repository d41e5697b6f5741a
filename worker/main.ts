// The worker process: prepares what it needs, runs until told to stop, finishes what is under way.
import { Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { createCarriers } from '../carriers/registry.ts';
import { loadConfig } from '../config.ts';
import { loadKeyRing } from '../secrets/load-key-ring.ts';
import { ensureIndexes, openDatabase } from '../store/database.ts';
import { temporalConnection } from '../temporal.ts';
import { createWorkers } from './create-workers.ts';
import { createWorkerLogger } from './logger.ts';
import { prepareNamespace } from './prepare-namespace.ts';
import { createSandboxOutbox } from './sandbox-outbox.ts';

const config = loadConfig(process.env);
const logger = createWorkerLogger(config.logLevel);
// The SDK's runtime would catch SIGTERM for itself; here one signal stops all workers and then the rest.
Runtime.install({ logger, shutdownSignals: [] });

const ring = loadKeyRing(config.keyRing);
const database = openDatabase(config.mongodb.url, config.mongodb.database);
const { namespace } = config.temporal;

const client = await Connection.connect(temporalConnection());
await prepareNamespace(client, namespace);
await client.close();
await ensureIndexes(database);

const outbox = config.sandbox ? createSandboxOutbox(database, ring) : undefined;
const connection = await NativeConnection.connect(temporalConnection());
const workers = await createWorkers({
  connection,
  namespace,
  database,
  ring,
  carriers: createCarriers({ sandboxOutbox: outbox }),
  workflowBundle: config.workflowBundle,
  buildId: config.buildId,
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    for (const worker of workers) worker.shutdown();
  });
}
logger.info('worker ready', { queues: workers.map((worker) => worker.options.taskQueue) });
try {
  await Promise.all(workers.map((worker) => worker.run()));
} finally {
  outbox?.stop();
  await Promise.allSettled([connection.close(), database.close()]);
}
logger.info('worker stopped');
