// A command of ours run to its end, as an operator would.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inject } from 'vitest';
import { programArgs } from './program.ts';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a file of ours with arguments and waits for it. */
export async function runFile(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandResult> {
  const child = spawn(process.execPath, [...programArgs(file, inject('servers').program), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout.trimEnd(), stderr: stderr.trimEnd() };
}
