// Starts Temporal's dev server, or points to the one the environment names.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { type Report, reportToTerminal } from './report.ts';
import { type RunningProcess, startProcess, waitUntilReady } from './server-process.ts';
import { obtainTemporalBinary } from './temporal-binary.ts';

export interface TemporalOptions {
  port: number;
  /** Made at start, with the server's short default retention; left out, the worker makes its own. */
  namespace?: string;
  logFile: string;
  /** Port of the web UI; without it there is none. */
  uiPort?: number;
  /** Folder that keeps the state; without it the state lives in memory. */
  dataDir?: string;
  /** Where the web UI lets payloads be decrypted. */
  codecEndpoint?: string;
  /** Values of the server's dynamic configuration, as JSON, by key. */
  dynamicConfig?: Readonly<Record<string, string>>;
  report?: Report;
}

export interface TemporalServer {
  address: string;
  uiUrl: string | undefined;
  /** Undefined when the environment named a server: nothing was started. */
  process: RunningProcess | undefined;
  pid: number | undefined;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Starts a server on 127.0.0.1 and waits until it answers; with TEMPORAL_ADDRESS set starts nothing. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const given = process.env.TEMPORAL_ADDRESS;
  if (given) {
    if (!(await answers(loadClientConnectConfig({ disableFile: true }).connectionOptions).catch(() => false))) {
      throw new Error(
        `No Temporal server answers at ${given}: correct TEMPORAL_ADDRESS, or unset it to have one started here`,
      );
    }
    return { address: given, uiUrl: undefined, process: undefined, pid: undefined, stop: async () => {} };
  }
  const binary = await obtainTemporalBinary(options.report ?? reportToTerminal);
  if (options.dataDir !== undefined) mkdirSync(options.dataDir, { recursive: true });
  const address = `127.0.0.1:${options.port}`;
  const running = await startProcess({
    name: 'Temporal',
    command: binary,
    args: dev(options),
    env: withoutTemporalSettings(process.env),
    logFile: options.logFile,
  });
  await waitUntilReady(running, options.logFile, READY_WITHIN_MS, () => answers({ address }));
  const uiUrl = options.uiPort === undefined ? undefined : `http://127.0.0.1:${options.uiPort}`;
  return { address, uiUrl, process: running, pid: running.pid, stop: running.stop };
}

function dev(options: TemporalOptions): string[] {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port)];
  args.push('--log-level', 'warn');
  if (options.namespace !== undefined) args.push('--namespace', options.namespace);
  if (options.uiPort === undefined) args.push('--headless');
  else args.push('--ui-ip', '127.0.0.1', '--ui-port', String(options.uiPort));
  if (options.codecEndpoint !== undefined) args.push('--ui-codec-endpoint', options.codecEndpoint);
  for (const [key, value] of Object.entries(options.dynamicConfig ?? {})) {
    args.push('--dynamic-config-value', `${key}=${value}`);
  }
  if (options.dataDir !== undefined) args.push('--db-filename', join(options.dataDir, 'temporal.db'));
  // Twice the throughput of the defaults, and still safe when the process is killed.
  args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  return args;
}

// Addresses and keys of other servers in the user's environment must not confuse our own.
function withoutTemporalSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function answers(options: ConnectionOptions): Promise<boolean> {
  const connection = await Connection.connect({ ...options, connectTimeout: 2_000 });
  try {
    await connection.workflowService.getSystemInfo({});
    return true;
  } finally {
    await connection.close();
  }
}
