// The whole service for one test file: a Temporal namespace, a database and keys of its own, api and workers as processes.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { inject } from 'vitest';
import type { ApplicationSettings } from '../../domain/settings.ts';
import { defaultSettings } from '../../domain/settings.ts';
import { anyFreePort } from '../../local/ports.ts';
import { drawApplicationId, drawApplicationSecret, hashSecret, secretIdOf } from '../../secrets/credentials.ts';
import { createDataConverter } from '../../secrets/data-converter.ts';
import { type KeyRing, parseKeyRing } from '../../secrets/key-ring.ts';
import { sealText } from '../../secrets/recipient.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { addApplication, addMissingPrices } from '../../store/demo.ts';
import { demoPrices } from '../../worker/demo-prices.ts';
import { ApiClient } from './api-client.ts';
import { addFundedAccount } from './funded-account.ts';
import { startProcess, type TestProcess } from './process.ts';
import { programArgs } from './program.ts';
import type { TestServers } from './servers.ts';

export interface TestApplication {
  readonly accountId: string;
  readonly applicationId: string;
  readonly applicationSecret: string;
  /** The name of its one secret. */
  readonly secretId: string;
  readonly api: ApiClient;
}

export interface Stack {
  readonly database: Database;
  readonly ring: KeyRing;
  readonly temporal: Client;
  readonly env: NodeJS.ProcessEnv;
  readonly apiUrl: string;
  /** An account with its own application and a client that holds its token; balance in whole units. */
  addApplication(options?: {
    balance?: number;
    settings?: Partial<ApplicationSettings>;
    callback?: { url: string; secrets?: readonly string[]; paused?: boolean };
  }): Promise<TestApplication>;
  startApi(env?: NodeJS.ProcessEnv): Promise<TestProcess>;
  startWorker(env?: NodeJS.ProcessEnv, file?: string): Promise<TestProcess>;
  stop(): Promise<void>;
}

/** One key with this id, as a KEY_RING entry. */
export function drawKey(id: string) {
  return { id, secret: randomBytes(32).toString('base64') };
}

/** The servers given, and for the rest those of the test run; a script outside vitest gives them all. */
function serversFor(given: Partial<TestServers> = {}): TestServers {
  const { temporalAddress, mongodbUrl, workflowBundle } = given;
  if (temporalAddress && mongodbUrl && workflowBundle) return { temporalAddress, mongodbUrl, workflowBundle };
  return { ...inject('servers'), ...given };
}

/** Prepares everything but starts no process of ours; the caller starts what its story needs, and may bring own servers. */
export async function createStack(
  options: { keys?: { id: string; secret: string }[]; servers?: Partial<TestServers> } = {},
): Promise<Stack> {
  const servers = serversFor(options.servers);
  const name = `t${randomBytes(6).toString('hex')}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'twostep-stack-'));
  const port = await anyFreePort();
  const keyRing = JSON.stringify({ keys: options.keys ?? [drawKey('k1')] });
  const ring = parseKeyRing(keyRing);
  const database = openDatabase(servers.mongodbUrl, name);
  const connection = await Connection.connect({ address: servers.temporalAddress });
  const temporal = new Client({ connection, namespace: name, dataConverter: createDataConverter(ring) });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'test',
    TEMPORAL_ADDRESS: servers.temporalAddress,
    TEMPORAL_NAMESPACE: name,
    MONGODB_URL: servers.mongodbUrl,
    MONGODB_DATABASE: name,
    DATA_DIR: dataDir,
    KEY_RING: keyRing,
    PORT: String(port),
    SANDBOX: 'enabled',
    WORKFLOW_BUNDLE: servers.workflowBundle,
  };
  const apiUrl = `http://127.0.0.1:${port}`;
  const processes: TestProcess[] = [];
  const started = async (file: string, extra: NodeJS.ProcessEnv, readyLine: string) => {
    const child = await startProcess(programArgs(file, servers.program), { ...env, ...extra }, readyLine);
    processes.push(child);
    return child;
  };
  await addMissingPrices(database, demoPrices());
  return {
    database,
    ring,
    temporal,
    env,
    apiUrl,
    async addApplication({ balance = 1000, settings = {}, callback } = {}) {
      const accountId = await addFundedAccount(database, balance * 1_000_000);
      const [applicationId, applicationSecret] = [drawApplicationId(), drawApplicationSecret()];
      const hash = hashSecret(ring, applicationId, applicationSecret);
      const createdAt = new Date();
      await addApplication(database, {
        _id: applicationId,
        accountId,
        name: 'test',
        secrets: [hash],
        epoch: 1,
        disabled: false,
        settings: { ...defaultSettings, ...settings },
        ...(callback && {
          callback: {
            url: callback.url,
            secrets: (callback.secrets ?? []).map((secret) => sealText(ring, secret, applicationId)),
            paused: callback.paused ?? false,
          },
        }),
        createdAt,
      });
      return {
        accountId,
        applicationId,
        applicationSecret,
        secretId: secretIdOf(hash.hash),
        api: new ApiClient(apiUrl, applicationId, applicationSecret),
      };
    },
    startApi: (extra = {}) => started('api/main.ts', extra, 'api listening'),
    startWorker: (extra = {}, file = 'worker/main.ts') => started(file, extra, 'worker ready'),
    async stop() {
      await Promise.all(processes.map((child) => child.kill()));
      await Promise.all([connection.close(), database.close()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
