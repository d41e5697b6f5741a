// The quickstart, its curl commands and its Node program taken out and run as they stand.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStack, type Stack } from '../support/stack.ts';

const run = promisify(execFile);
let stack: Stack;
let folder: string;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  const { accountId, applicationId, applicationSecret } = await stack.addApplication();
  folder = mkdtempSync(join(tmpdir(), 'twostep-quickstart-'));
  mkdirSync(join(folder, '.data'));
  const places = { api: stack.apiUrl, demo: { accountId, applicationId, applicationSecret } };
  writeFileSync(join(folder, '.data', 'local.json'), JSON.stringify(places));
});
afterAll(async () => {
  await stack?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test('verifies a number with curl and with Node, and prints what it says it prints', async () => {
  const blocks = [...readFileSync('docs/quickstart.md', 'utf8').matchAll(/^```(\w+)\n(.*?)^```/gms)];
  const of = (kind: string) => blocks.filter((block) => block[1] === kind).map((block) => block[2] ?? '');
  // Packing and installing is the story of client-packed.test.ts; here the client is the one of the project.
  const commands = of('sh').filter((block) => !block.includes('npm pack'));
  expect(commands).toHaveLength(of('sh').length - 1);
  await run('npm', ['run', '--silent', 'generate', '--workspace', 'client']);
  await run('npm', ['run', '--silent', 'build', '--workspace', 'client']);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('client'), join(folder, 'node_modules', 'twostep-client'));
  writeFileSync(join(folder, 'verify.mjs'), of('js').join(''));

  const { stdout } = await run('bash', ['-euc', commands.join('\n')], { cwd: folder, timeout: 60_000 });
  const printed = stdout.trim().split('\n');
  const shown = [...of('json'), ...of('text')].join('').trim().split('\n');
  expect(printed.map(shapeOf)).toEqual(shown.map(shapeOf));
});

/** Values of JSON change from run to run, but not what an error is called or how it ended; other lines stay as they are. */
function shapeOf(line: string): unknown {
  if (!line.startsWith('{')) return line;
  const { trackingId: _, updatedAt: __, expiresAt: ___, ...rest } = JSON.parse(line);
  return rest;
}
