// A worker that stops its own process (SIGSTOP) once, at the point FREEZE_AT names, for a test to kill it or wake it there.
import { writeSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { createCarriers } from '../../carriers/registry.ts';
import { loadConfig } from '../../config.ts';
import { loadKeyRing } from '../../secrets/load-key-ring.ts';
import { type Database, ensureIndexes, openDatabase } from '../../store/database.ts';
import { temporalConnection } from '../../temporal.ts';
import { createWorkers } from '../../worker/create-workers.ts';
import { createWorkerLogger } from '../../worker/logger.ts';
import { prepareNamespace } from '../../worker/prepare-namespace.ts';
import { createSandboxOutbox } from '../../worker/sandbox-outbox.ts';
import { FROZEN_LINE, type FreezePoint, WOKEN_LINE } from './freezing.ts';
import { intercept } from './intercept.ts';

let armed = true;

/** Freezes when this is the point the test asked for; goes on when it is woken. */
function reach(point: FreezePoint): void {
  if (!armed || process.env.FREEZE_AT !== point) return;
  armed = false;
  writeSync(1, `${FROZEN_LINE}\n`);
  process.kill(process.pid, 'SIGSTOP');
}

function freezing(database: Database): Database {
  const written = (args: readonly unknown[]) => (args[1] as { $set?: Record<string, unknown> }).$set ?? {};
  return {
    ...database,
    accounts: intercept(database.accounts, 'updateOne', async (args, run) => {
      const { kind, _id } = (written(args).lastRow ?? {}) as { kind?: string; _id?: string };
      if (kind === 'reserve') reach('before reserving');
      const result = await run();
      if (kind === 'reserve' && _id?.endsWith(':2')) reach('after reserving a resend');
      if (kind === 'reserve' && !armed) writeSync(1, `${WOKEN_LINE}\n`);
      if (kind === 'reserve') reach('after reserving');
      return result;
    }),
    verifications: intercept(
      intercept(database.verifications, 'insertOne', async (_, run) => {
        const result = await run();
        reach('after opening');
        return result;
      }),
      'updateOne',
      async (args, run) => {
        const result = await run();
        if (written(args).outcome === 'refused') reach('after refusing');
        if (written(args).resends === 1) reach('after projecting a resend');
        reach(`after projecting ${written(args).status}` as FreezePoint);
        return result;
      },
    ),
  };
}

const config = loadConfig(process.env);
Runtime.install({ logger: createWorkerLogger('warn') });
const ring = loadKeyRing(config.keyRing);
const database = openDatabase(config.mongodb.url, config.mongodb.database);
const { namespace } = config.temporal;
const client = await Connection.connect(temporalConnection());
await prepareNamespace(client, namespace);
await client.close();
await ensureIndexes(config.mongodb.url, config.mongodb.database);

const sandboxOutbox = intercept(createSandboxOutbox(database, ring), 'keep', async (_, run) => {
  reach('before the carrier accepts');
  const result = await run();
  reach('after the carrier accepted');
  return result;
});
const workers = await createWorkers({
  connection: await NativeConnection.connect(temporalConnection()),
  namespace,
  database: freezing(database),
  ring,
  carriers: createCarriers({ sandboxOutbox }),
  workflowBundle: config.workflowBundle,
  allowedHosts: [],
});
writeSync(1, 'worker ready\n');
reach('before asking for work');
await Promise.all(workers.map((worker) => worker.run()));
