// What operator commands work with, from the environment; for the entries of scripts only.
import { Client, Connection } from '@temporalio/client';
import { loadConfig } from '../config.ts';
import { createDataConverter } from '../secrets/data-converter.ts';
import { loadKeyRing } from '../secrets/load-key-ring.ts';
import { openDatabase } from '../store/database.ts';
import { temporalConnection } from '../temporal.ts';

/** Opens database, keys and engine, runs the command, closes them. A failure is one sentence and exit code 1. */
export async function runCommand(command: (tools: Tools) => Promise<string>): Promise<void> {
  let tools: Tools | undefined;
  try {
    tools = openTools();
    process.stdout.write(`${await command(tools)}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'It failed'}\n`);
    process.exitCode = 1;
  } finally {
    await Promise.allSettled([tools?.temporal.connection.close(), tools?.database.close()]);
  }
}

export type Tools = ReturnType<typeof openTools>;

function openTools() {
  const config = loadConfig(process.env);
  const ring = loadKeyRing(config.keyRing);
  // Connects when it is first used: most commands do without the engine.
  const connection = Connection.lazy(temporalConnection());
  const { namespace } = config.temporal;
  return {
    config,
    ring,
    database: openDatabase(config.mongodb.url, config.mongodb.database),
    temporal: new Client({ connection, namespace, dataConverter: createDataConverter(ring) }),
    allowedHosts: config.callbackAllowedHosts,
  };
}
