// Fetches Temporal's own builds (dev server, test server) the way the SDK's ephemeral servers do.
import { createWriteStream } from 'node:fs';
import { chmod, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Report } from './report.ts';
import { runCommand } from './run-command.ts';

/** Where Temporal serves its builds. */
const TEMPORAL_DOWNLOADS = 'https://temporal.download';
// Long enough for a slow line to answer, short enough not to hold up a machine that has no way out.
const ANSWER_WITHIN_MS = 4_000;
const STALLED_AFTER_MS = 30_000;

interface BuildInfo {
  archiveUrl: string;
  fileToExtract: string;
}

/**
 * Puts the build for this machine into the folder, under `fileName`.
 * @returns undefined when it is done, else why not: callers go on to the next way.
 */
export async function downloadTemporalBuild(
  artifact: 'cli' | 'temporal-test-server',
  folder: string,
  fileName: string,
  report: Report,
  base: string = TEMPORAL_DOWNLOADS,
): Promise<string | undefined> {
  try {
    const info = await buildInfo(artifact, base);
    report(`downloading ${artifact} from Temporal`);
    const archive = join(folder, info.archiveUrl.endsWith('.zip') ? 'archive.zip' : 'archive.tar.gz');
    await download(info.archiveUrl, archive);
    const what = `unpacking ${artifact}`;
    await runCommand({ what, command: 'tar', args: ['-xf', archive, '-C', folder, info.fileToExtract] }, report);
    await rename(join(folder, info.fileToExtract), join(folder, fileName));
    await chmod(join(folder, fileName), 0o755);
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** Whether that address answers at all within a few seconds; otherwise why not. */
export async function noWayTo(url: string): Promise<string | undefined> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

async function buildInfo(artifact: string, base: string): Promise<BuildInfo> {
  const url = new URL(`${base}/${artifact}/default`);
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const { version } = createRequire(import.meta.url)('@temporalio/client/package.json') as { version: string };
  const query = {
    arch,
    platform: process.platform,
    format: 'tar.gz',
    'sdk-name': 'sdk-typescript',
    'sdk-version': version,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return (await answer.json()) as BuildInfo;
}

async function download(url: string, path: string): Promise<void> {
  const stalled = new AbortController();
  const watch = setTimeout(() => stalled.abort(new Error('the download stalled')), STALLED_AFTER_MS);
  try {
    const answer = await fetch(url, { signal: stalled.signal });
    if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}`);
    const body = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
    body.on('data', () => watch.refresh());
    await pipeline(body, createWriteStream(path));
  } finally {
    clearTimeout(watch);
  }
}

function reason(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error };
  return cause?.message ? `${message}: ${cause.message}` : message;
}
