// Where the key ring comes from: the environment, a file, or (local use only) a file made on the first run.
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type KeyRing, parseKeyRing } from './key-ring.ts';

export interface KeyRingSource {
  /** The ring itself, as JSON. */
  readonly keyRing?: string | undefined;
  readonly keyRingFile?: string | undefined;
  readonly dataDir: string;
  readonly production: boolean;
}

/**
 * Loads the ring; without a source, makes `DATA_DIR/keys.json` (mode 0600) for local use.
 * @throws Error in production when no ring is given or it lies inside DATA_DIR, beside the data it protects.
 */
export function loadKeyRing(source: KeyRingSource): KeyRing {
  if (source.keyRing !== undefined) return parseKeyRing(source.keyRing);
  const file = source.keyRingFile ?? join(source.dataDir, 'keys.json');
  if (source.production && isInside(source.dataDir, file)) {
    throw new Error(
      'In production the key ring must not lie inside DATA_DIR: set KEY_RING, or KEY_RING_FILE to a file elsewhere',
    );
  }
  if (source.keyRingFile === undefined) makeOnFirstRun(file);
  return parseKeyRing(readRing(file));
}

function readRing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`The key ring file ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Written aside and linked into place, so that of two processes starting at once both read the same whole ring. */
function makeOnFirstRun(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}`;
  const key = { id: `k${randomBytes(4).toString('hex')}`, secret: randomBytes(32).toString('base64') };
  writeFileSync(aside, `${JSON.stringify({ keys: [key] })}\n`, { mode: 0o600 });
  try {
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
}

function isInside(folder: string, file: string): boolean {
  const path = relative(real(folder), real(file));
  return path.split(sep)[0] !== '..' && !isAbsolute(path);
}

/** The path behind all symlinks, also where its last part does not exist yet. */
function real(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch {
    const folder = dirname(full);
    return folder === full ? full : join(real(folder), basename(full));
  }
}
