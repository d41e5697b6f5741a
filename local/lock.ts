// A lock file that names its holder and is taken over when that process is gone.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { processIdentity } from './process-identity.ts';

interface Holder {
  pid: number;
  identity: string | undefined;
}

export type LockAttempt = { held: true; release: () => void } | { held: false; pid: number };

/** Tries to take the lock once; says which process has it otherwise. */
export function tryLock(path: string): LockAttempt {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) } satisfies Holder));
  try {
    // A link appears with its content in one step, so nobody ever reads a half-written lock.
    for (let attempt = 0; attempt < 5; attempt++) {
      if (linked(own, path)) return { held: true, release: () => rmSync(path, { force: true }) };
      const holder = readHolder(path);
      if (holder && processIdentity(holder.pid) === holder.identity) return { held: false, pid: holder.pid };
      rmSync(path, { force: true });
    }
    throw new Error(`The lock file ${path} keeps changing hands; remove it if no other Twostep is running`);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Waits for the lock; `onWait` is called once with the holder's process id when it is taken. */
export async function waitForLock(path: string, onWait: (pid: number) => void): Promise<() => void> {
  let told = false;
  for (;;) {
    const attempt = tryLock(path);
    if (attempt.held) return attempt.release;
    if (!told) onWait(attempt.pid);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function linked(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
