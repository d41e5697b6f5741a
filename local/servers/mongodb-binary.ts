// Finds or downloads a real `mongod`; where neither works the embedded database takes its place.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir } from './cache.ts';
import { hasEmbeddedMongo } from './java.ts';
import { noWayTo } from './official-download.ts';
import type { Report } from './report.ts';
import { findOnPath, runCommand } from './run-command.ts';

const MONGODB_DOWNLOADS = 'https://fastdl.mongodb.org';

/** The path of a mongod that runs here, or undefined: use the embedded database. */
export async function findMongod(report: Report): Promise<string | undefined> {
  const downloads = join(cacheDir(), 'mongod');
  const found = findOnPath('mongod') ?? earlierDownload(downloads);
  if (found !== undefined) return found;
  // Once there was no way out we stay with the embedded one, instead of waiting for an answer at every start.
  if (hasEmbeddedMongo() || (await noWayTo(MONGODB_DOWNLOADS)) !== undefined) return undefined;
  try {
    report('downloading MongoDB');
    const { MongoBinary } = await import('mongodb-memory-server-core/lib/util/MongoBinary.js');
    mkdirSync(downloads, { recursive: true });
    const path = await MongoBinary.getPath({ downloadDir: downloads });
    // A build for another distribution downloads well and then lacks its libraries.
    await runCommand({ what: 'trying the downloaded mongod', command: path, args: ['--version'] }, report);
    writeFileSync(join(downloads, 'path'), path);
    return path;
  } catch (error) {
    report(`no mongod for this machine (${(error as Error).message.split('\n')[0]})`);
    return undefined;
  }
}

function earlierDownload(downloads: string): string | undefined {
  const note = join(downloads, 'path');
  const path = existsSync(note) ? readFileSync(note, 'utf8') : '';
  return existsSync(path) ? path : undefined;
}
