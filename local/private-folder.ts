// Keeps DATA_DIR to its owner: what lies there and what this process and its children still make, whoever made the folder.
import { chmodSync, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Makes the folder where it is missing, and takes what is in it from everybody but its owner. Links are not followed.
 * @throws Error that says what to do, where something in it belongs to another user
 */
export function keepPrivate(folder: string): void {
  // Servers choose modes of their own for databases and logs; the mask is what they inherit.
  process.umask(0o077);
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  // DATA_DIR itself may be a link, which its owner chose.
  restrict(realpathSync(folder));
}

function restrict(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  // A server that is still stopping may have taken its file away; a link's target is not ours.
  if (!found) return;
  const isFolder = found.isDirectory();
  if (isFolder || found.isFile()) {
    const mode = isFolder ? FOLDER_MODE : FILE_MODE;
    if ((found.mode & 0o777) !== mode) setMode(path, mode);
  }
  if (isFolder) for (const name of readdirSync(path)) restrict(join(path, name));
}

function setMode(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new Error(
      `${path} cannot be kept from other users (${code}): make it yours with chown, or set DATA_DIR to another folder`,
    );
  }
}
