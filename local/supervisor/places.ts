// Tells people and other programs where everything is.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Demo, KnownCredentials, Seeded } from './programs.ts';

export interface Places {
  api: string;
  /** The management API; the token is known only when it was just made, or from an earlier start's file. */
  admin: { url: string; token?: string };
  temporalUi: string | undefined;
  temporalAddress: string;
  mongodbUrl: string;
  demo: Demo;
}

const published = (dataDir: string) => join(dataDir, 'local.json');
const withheld = (dataDir: string) => join(dataDir, 'starting.json');

/** Whoever waits for local.json counts on all that it names: while a start is under way its content stands in starting.json. */
export function withdrawPlaces(dataDir: string): void {
  if (existsSync(published(dataDir))) renameSync(published(dataDir), withheld(dataDir));
}

/** Once everything is up: what was written becomes DATA_DIR/local.json. */
export function publishPlaces(dataDir: string): void {
  renameSync(withheld(dataDir), published(dataDir));
}

/** Writes the places, for their owner alone; the demo secret and the operator's token of an earlier start are kept. */
export function writePlaces(dataDir: string, places: Places): Places {
  const path = withheld(dataDir);
  const earlier = readPlaces(dataDir);
  const known = earlier.demo?.applicationId === places.demo.applicationId ? earlier.demo.applicationSecret : undefined;
  const written = {
    ...places,
    demo: { ...places.demo, applicationSecret: places.demo.applicationSecret ?? known },
    admin: { ...places.admin, token: places.admin.token ?? earlier.admin?.token },
  };
  writeFileSync(`${path}.new`, `${JSON.stringify(written, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return written;
}

/** The credentials an earlier start left; the database keeps only their hashes. */
export function knownCredentials(dataDir: string): KnownCredentials {
  const { demo, admin } = readPlaces(dataDir);
  const { applicationId, applicationSecret } = demo ?? {};
  const whole = applicationId !== undefined && applicationSecret !== undefined;
  return { demo: whole ? `${applicationId}:${applicationSecret}` : undefined, token: admin?.token !== undefined };
}

/** The block that ends a start; the secret is shown only when it is new. */
export function describePlaces(dataDir: string, places: Places, { created, operatorToken }: Seeded): string {
  const file = shortPath(published(dataDir));
  const { applicationId, applicationSecret } = places.demo;
  const shown = created && applicationSecret ? applicationSecret : `in ${file}`;
  const rows: [string, string][] = [
    ['API', places.api],
    ['API documentation', `${places.api}/docs`],
    ['Management API', `${places.admin.url}/admin`],
    ['Its documentation', `${places.admin.url}/admin/docs`],
    ['Sandbox messages', `${places.api}/sandbox/messages`],
    ['Temporal UI', places.temporalUi ?? `of the server at ${places.temporalAddress}`],
    ['Demo application', applicationId],
    ['Demo secret', shown],
    ['Operator token', operatorToken ?? `in ${file}`],
    ['Logs', shortPath(join(dataDir, 'logs'))],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const block = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join('\n');
  if (!created || !applicationSecret) return `${block}\n`;
  const credentials = `${applicationId}:${applicationSecret}`;
  return `${block}\n\n  A first token:\n  curl -u '${credentials}' -d grant_type=client_credentials ${places.api}/oauth/token\n`;
}

function readPlaces(dataDir: string): Partial<Places> {
  // Of a start that is under way, or was interrupted; else of the one before.
  const path = existsSync(withheld(dataDir)) ? withheld(dataDir) : published(dataDir);
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Partial<Places> | null) ?? {};
  } catch {
    return {};
  }
}

function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
