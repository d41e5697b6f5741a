// Remembers which processes belong to a data folder, so that the next start can end what a killed one left behind.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '../process-identity.ts';
import type { Report } from '../servers/report.ts';

interface Remembered {
  name: string;
  pid: number;
  identity: string | undefined;
}

const GRACE_MS = 3_000;

/** Notes a process in the file; an earlier one of the same name is gone by then. */
export function remember(file: string, name: string, pid: number): void {
  const others = read(file).filter((known) => known.name !== name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify([...others, { name, pid, identity: processIdentity(pid) }], undefined, 2));
}

/** Ends the processes noted there that still live (newest first), and empties the file. */
export async function stopLeftovers(file: string, report: Report): Promise<void> {
  for (const known of read(file).reverse()) {
    if (!lives(known)) continue;
    report(`stopping ${known.name} (process ${known.pid}), left by a start that was killed`);
    signal(known, 'SIGTERM');
    for (let waited = 0; waited < GRACE_MS && lives(known); waited += 100) await sleep(100);
    if (lives(known)) signal(known, 'SIGKILL');
    while (lives(known)) await sleep(50);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '[]');
}

function lives({ pid, identity }: Remembered): boolean {
  return identity !== undefined && processIdentity(pid) === identity;
}

function signal({ pid }: Remembered, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone between the look and the signal.
  }
}

function read(file: string): Remembered[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Remembered[];
  } catch {
    return [];
  }
}
