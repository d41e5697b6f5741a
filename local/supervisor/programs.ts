// Runs our own programs: the seed once, the worker and the API for as long as the stack is up.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileSize, lastLines, readFrom } from '../servers/log-file.ts';
import { type RunningProcess, startProcess, waitUntilReady } from '../servers/server-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const READY_WITHIN_MS = 60_000;
// The worker lets running sends end; a little more than its own 25 s.
const WORKER_GRACE_MS = 35_000;
const API_GRACE_MS = 15_000;

export interface Demo {
  accountId: string;
  applicationId: string;
  /** Known only when it was just created, or from an earlier start's file. */
  applicationSecret?: string;
}

/** What an earlier start left. */
export interface KnownCredentials {
  /** Of the demo application, as `id:secret`. */
  demo: string | undefined;
  /** Whether the local operator's token is known. */
  token: boolean;
}

export interface Seeded {
  created: boolean;
  demo: Demo;
  /** The token of a local operator, only when it was just made. */
  operatorToken?: string;
}

/** Creates keys, demo account, demo application and a local operator, and new ones where the known credentials no longer do. */
export async function seed(env: NodeJS.ProcessEnv, logFile: string, known: KnownCredentials): Promise<Seeded> {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'worker/seed-demo.ts', ...(known.token ? [] : ['--new-token'])],
    {
      cwd: ROOT,
      // Not an argument: those any user of the machine may list.
      env: { ...env, DEMO_CREDENTIALS: known.demo ?? '' },
      stdio: ['ignore', 'pipe', log],
    },
  );
  closeSync(log);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The demo data cannot be created; the end of ${logFile}:\n${lastLines(logFile, 15)}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Seeded;
}

/** Starts the worker, ready once its log says so. */
export async function startWorker(env: NodeJS.ProcessEnv, logFile: string): Promise<RunningProcess> {
  const before = fileSize(logFile);
  const running = await program('worker', 'worker/main.ts', env, logFile, WORKER_GRACE_MS);
  await waitUntilReady(running, logFile, READY_WITHIN_MS, async () =>
    readFrom(logFile, before).includes('worker ready'),
  );
  return running;
}

/** Starts the API, ready once it says so itself. */
export async function startApi(env: NodeJS.ProcessEnv, logFile: string): Promise<RunningProcess> {
  const running = await program('API', 'api/main.ts', env, logFile, API_GRACE_MS);
  const host = !env.HOST || env.HOST === '0.0.0.0' || env.HOST === '::' ? '127.0.0.1' : env.HOST;
  const url = `http://${host}:${env.PORT}/readyz`;
  await waitUntilReady(running, logFile, READY_WITHIN_MS, async () => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return answer.status === 200;
  });
  return running;
}

function program(name: string, file: string, env: NodeJS.ProcessEnv, logFile: string, graceMs: number) {
  // Never through npx: a signal to it leaves the real process running.
  return startProcess({
    name,
    command: process.execPath,
    args: ['--import', 'tsx', file],
    cwd: ROOT,
    env,
    logFile,
    graceMs,
  });
}
