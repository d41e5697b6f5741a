// The per-user place where obtained servers are kept, shared by all clones and runs.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { waitForLock } from '../lock.ts';
import type { Report } from './report.ts';

/** `TWOSTEP_CACHE_DIR`, else `twostep` in the user's cache folder. */
export function cacheDir(): string {
  const { TWOSTEP_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  return TWOSTEP_CACHE_DIR || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'twostep');
}

/**
 * The folder of that name in the cache, filled by `fill` if it is not there yet.
 * It is filled under another name and renamed, so a killed run leaves no half a server; one process fills, others wait.
 */
export async function cached(name: string, report: Report, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheDir(), name);
  if (existsSync(folder)) return folder;
  const release = await waitForLock(`${folder}.lock`, (pid) =>
    report(`waiting for process ${pid}, which obtains ${name}`),
  );
  try {
    if (existsSync(folder)) return folder;
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    await fill(unfinished);
    renameSync(unfinished, folder);
    return folder;
  } finally {
    release();
  }
}
