// Starts a long-running child process with its output in a file, waits until it is ready, and stops it.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { lastLines } from './log-file.ts';
import { forget, watchOver } from './watchdog.ts';

export interface ProcessRequest {
  name: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
  /** How long it may take to end by itself after SIGTERM. */
  graceMs?: number;
}

export interface RunningProcess {
  name: string;
  pid: number;
  /** Says how it ended, once it has. */
  exited: Promise<string>;
  /** Asks it to end, and ends it after the grace time. */
  stop(): Promise<void>;
}

const DEFAULT_GRACE_MS = 10_000;

/** Starts the process; it is stopped with this one, whatever happens. */
export async function startProcess(request: ProcessRequest): Promise<RunningProcess> {
  mkdirSync(dirname(request.logFile), { recursive: true });
  const log = openSync(request.logFile, 'a', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(request.command, request.args, {
      cwd: request.cwd,
      env: request.env ?? process.env,
      stdio: ['ignore', log, log],
      // Ctrl-C reaches the whole group of the terminal; the order of stopping is ours to choose.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${request.name} cannot be started: ${error.message}`)));
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
  watchOver(pid);
  let over = false;
  const exited = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => {
      over = true;
      forget(pid);
      resolve(signal ?? `exit code ${code}`);
    }),
  );
  const stop = async () => {
    if (over) return;
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), request.graceMs ?? DEFAULT_GRACE_MS);
    await exited;
    clearTimeout(killer);
  };
  return { name: request.name, pid, exited, stop };
}

/** Waits until `ready` says so; when the process ends or the time is up, stops it and throws with its last log lines. */
export async function waitUntilReady(
  running: RunningProcess,
  logFile: string,
  timeoutMs: number,
  ready: () => Promise<boolean>,
): Promise<void> {
  let ending: string | undefined;
  void running.exited.then((how) => {
    ending = how;
  });
  const deadline = Date.now() + timeoutMs;
  while (ending === undefined && Date.now() < deadline) {
    if (await ready().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const problem = ending ? `ended at once (${ending})` : `was not ready after ${timeoutMs / 1000} s`;
  await running.stop();
  throw new Error(`${running.name} ${problem}; the end of ${logFile}:\n${lastLines(logFile, 15)}`);
}
