// The API process: wires everything, listens, drains on SIGTERM.
import type { Server } from 'node:http';
import { Client, Connection } from '@temporalio/client';
import type Koa from 'koa';
import { assertSandboxAlone } from '../admin/carrier-surroundings.ts';
import { loadConfig } from '../config.ts';
import { createReceiptTaker } from '../receipts/take-receipt.ts';
import { createDataConverter } from '../secrets/data-converter.ts';
import { loadKeyRing } from '../secrets/load-key-ring.ts';
import { cannotListen, type ListensOn, tellWhatPreventsStart } from '../startup.ts';
import { openDatabase } from '../store/database.ts';
import { findVerifications } from '../store/verifications.ts';
import { temporalConnection } from '../temporal.ts';
import { createAdminApp } from './admin/app.ts';
import { createApp } from './app.ts';
import { createBacklogGauge } from './backlog.ts';
import { createCodecEndpoint } from './codec-endpoint.ts';
import { drain } from './drain.ts';
import { createEngine } from './engine.ts';
import { connectionLimits } from './listener/limits.ts';
import { createListener } from './listener/listener.ts';
import { createLogger } from './logger.ts';
import { createOutcomeWatcher } from './outcomes.ts';
import { createReadiness } from './readiness.ts';
import { createWorkerWatch } from './worker-watch.ts';

const LOOPBACK = '127.0.0.1';

const started = tellWhatPreventsStart();
const config = loadConfig(process.env);
const logger = createLogger(config.logLevel);
const limits = connectionLimits(config.maxConnections);
const ring = loadKeyRing(config.keyRing);
const database = openDatabase(config.mongodb.url, config.mongodb.database);
const connection = Connection.lazy(temporalConnection());
const { namespace } = config.temporal;
const client = new Client({ connection, namespace, dataConverter: createDataConverter(ring) });

await assertSandboxAlone(database, config);
const engine = createEngine(client);
const readiness = createReadiness({ database, engine });
const app = createApp({
  database,
  ring,
  logger,
  engine,
  readiness,
  outcomes: createOutcomeWatcher((ids) => findVerifications(database, ids)),
  takeReceipt: createReceiptTaker({ database, temporal: client, warn: (message) => logger.warn(message) }),
  overloaded: createBacklogGauge(client, namespace),
  workerUp: createWorkerWatch(database),
  trustedProxies: config.api.trustedProxies,
  publicUrl: config.api.publicUrl,
  fallbackCarrier: config.sandbox ? 'sandbox' : undefined,
  sandbox: config.sandbox,
});
const servers: Server[] = [];
if (config.admin) {
  const { trustedProxies, publicUrl } = config.api;
  const admin = createAdminApp({
    database,
    ring,
    temporal: client,
    readiness,
    logger,
    trustedProxies,
    allowedHosts: config.callbackAllowedHosts,
    carrierHosts: config.carrierAllowedHosts,
    publicUrl,
    sandbox: config.sandbox,
    production: config.production,
  });
  servers.push(await listen('admin', admin, { ...config.admin, portFrom: 'ADMIN_PORT', hostFrom: 'ADMIN_HOST' }));
  logger.info(config.admin, 'admin listening');
}
if (config.codec) {
  const codec = createCodecEndpoint({ ring, database, logger, ...config.codec });
  servers.push(await listen('codec', codec, { port: config.codec.port, host: LOOPBACK, portFrom: 'CODEC_PORT' }));
  logger.info({ port: config.codec.port }, 'codec endpoint listening');
}
// Last, since whoever started this takes it for ready then.
const { port, host } = config.api;
servers.push(await listen('api', app, { port, host, portFrom: 'PORT', hostFrom: 'HOST' }));
logger.info({ port, host }, 'api listening');

started();
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!stopping) void stop(signal);
    stopping = true;
  });
}

function listen(name: keyof typeof limits, koa: Koa, on: ListensOn): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createListener(koa.callback(), { name, maxConnections: limits[name], logger });
    server.once('error', (error) => reject(cannotListen(error, on)));
    server.listen(on.port, on.host, () => resolve(server));
  });
}

async function stop(signal: string): Promise<void> {
  logger.info({ signal }, 'api draining');
  await drain(servers);
  await Promise.allSettled([connection.close(), database.close()]);
  logger.info('api stopped');
}
