// The README's first verification, its commands taken out and run as they stand.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let folder: string;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  const { accountId, applicationId, applicationSecret } = await stack.addApplication({ balance: 1000 });
  folder = mkdtempSync(join(tmpdir(), 'twostep-readme-'));
  mkdirSync(join(folder, '.data'));
  const places = { api: stack.apiUrl, demo: { accountId, applicationId, applicationSecret } };
  writeFileSync(join(folder, '.data', 'local.json'), JSON.stringify(places));
});
afterAll(async () => {
  await stack?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test('the commands of the README verify a number, and answer in the shape it shows', async () => {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/^```(sh|json)\n(.*?)^```/gms)];
  const of = (kind: string) => blocks.filter((block) => block[1] === kind).map((block) => block[2] ?? '');
  const run = promisify(execFile);
  const { stdout } = await run('bash', ['-c', of('sh').join('\n')], { cwd: folder, timeout: 30_000 });

  const lines = stdout.trim().split('\n');
  const shown = of('json').join('').trim().split('\n');
  expect(lines.map(shapeOf)).toEqual(shown.map(shapeOf));
  const [started, , confirmed, status, balance] = lines.map((line) => JSON.parse(line));
  expect(started).toMatchObject({ status: 'Pending', timesTried: 0 });
  expect(confirmed).toMatchObject({ trackingId: started.trackingId, status: 'Verified', timesTried: 1 });
  expect(status).toEqual(confirmed);
  expect(balance.balance).toBe(999.955);
});

/** Names of fields, in their order: what stays the same from run to run. */
function shapeOf(line: string): string[] {
  const value = JSON.parse(line);
  return Object.keys(Array.isArray(value) ? value[0] : value);
}
