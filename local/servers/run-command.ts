// Runs a command to its end, telling now and then what it is about.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Report } from './report.ts';
import { forget, watchOver } from './watchdog.ts';

export interface Command {
  /** What happens, for people: "building the Temporal server". */
  what: string;
  command: string;
  args: readonly string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

const TELL_EVERY_MS = 15_000;
const KEPT_OUTPUT = 4_000;

/** Runs a command and returns its output; throws with the end of the output when it fails. */
export function runCommand(request: Command, report: Report): Promise<string> {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const teller = setInterval(() => report(`${request.what}, ${seconds()} so far`), TELL_EVERY_MS);
  return new Promise<string>((resolve, reject) => {
    const child = spawn(request.command, request.args, {
      cwd: request.cwd,
      env: { ...process.env, ...request.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A build of minutes must not go on when whoever wanted it is gone.
    const { pid } = child;
    if (pid !== undefined) watchOver(pid);
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (pid !== undefined) forget(pid);
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`${request.what} failed (${signal ?? `exit code ${code}`}) after ${seconds()}:\n${output.trim()}`),
        );
    });
  }).finally(() => clearInterval(teller));
}

/** The full path of a program on the PATH, or undefined. */
export function findOnPath(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: on to the next.
    }
  }
  return undefined;
}

/** The program on the PATH, or an error that says what to install. */
export function requireOnPath(name: string, install: string): string {
  const path = findOnPath(name);
  if (path === undefined) throw new Error(`${name} is needed and not on the PATH: ${install}`);
  return path;
}
