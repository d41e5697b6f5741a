// Tells people and other programs where everything is.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Demo } from './programs.ts';

export interface Places {
  api: string;
  temporalUi: string | undefined;
  temporalAddress: string;
  mongodbUrl: string;
  demo: Demo;
}

/** Writes DATA_DIR/local.json, for its owner alone; the demo secret of an earlier start is kept. */
export function writePlaces(dataDir: string, places: Places): Places {
  const path = join(dataDir, 'local.json');
  const earlier = readDemo(path);
  const known = earlier?.applicationId === places.demo.applicationId ? earlier.applicationSecret : undefined;
  const demo = { ...places.demo, applicationSecret: places.demo.applicationSecret ?? known };
  writeFileSync(`${path}.new`, `${JSON.stringify({ ...places, demo }, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return { ...places, demo };
}

/** Whether an earlier start left the demo secret, of which the database keeps only a hash. */
export function knowsSecret(dataDir: string): boolean {
  return readDemo(join(dataDir, 'local.json'))?.applicationSecret !== undefined;
}

/** The block that ends a start; the secret is shown only when it is new. */
export function describePlaces(dataDir: string, places: Places, created: boolean): string {
  const file = shortPath(join(dataDir, 'local.json'));
  const { applicationId, applicationSecret } = places.demo;
  const shown = created && applicationSecret ? applicationSecret : `in ${file}`;
  const rows: [string, string][] = [
    ['API', places.api],
    ['Sandbox messages', `${places.api}/sandbox/messages`],
    ['Temporal UI', places.temporalUi ?? `of the server at ${places.temporalAddress}`],
    ['Demo application', applicationId],
    ['Demo secret', shown],
    ['Logs', shortPath(join(dataDir, 'logs'))],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const block = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n');
  if (!created || !applicationSecret) return `${block}\n`;
  const credentials = `${applicationId}:${applicationSecret}`;
  return `${block}\n\n  A first token:\n  curl -u '${credentials}' -d grant_type=client_credentials ${places.api}/oauth/token\n`;
}

function readDemo(path: string): Demo | undefined {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Places).demo;
  } catch {
    return undefined;
  }
}

function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
