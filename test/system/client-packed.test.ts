// The client as it is published: packed, installed into an empty project without the internet, and used there as the quickstart says.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const run = promisify(execFile);
/** What the client needs, as it lies here: an empty project gets it without asking anybody. */
const dependencies = ['openapi-fetch', 'openapi-typescript-helpers'];
let stack: Stack;
let application: TestApplication;
let folder: string;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startApi(), stack.startWorker()]);
  application = await stack.addApplication();
  folder = mkdtempSync(join(tmpdir(), 'twostep-client-'));
  const npm = (...args: string[]) => run('npm', [...args, '--loglevel=error'], { cwd: folder });
  await npm('pack', resolve('client'), ...dependencies.map((name) => resolve('node_modules', name)));
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  const files = tarballs.map((name) => `./${name}`);
  await npm('install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', ...files);
});
afterAll(async () => {
  await stack?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const program = `
import { setTimeout } from 'node:timers/promises';
import { Twostep, TwostepError, type Status } from 'twostep-client';

const [baseUrl = '', applicationId = '', applicationSecret = ''] = process.argv.slice(2);
const twostep = new Twostep({ baseUrl, applicationId, applicationSecret });
const { trackingId } = await twostep.start({ method: 'sms', recipient: '+306948530920' });
const wrong = await twostep.confirm(trackingId, 'x').catch((error: unknown) => error);
if (!(wrong instanceof TwostepError)) throw new Error('A wrong answer was taken');
let text: string | undefined;
while (text === undefined) {
  text = (await twostep.sandboxMessages('+306948530920'))[0]?.text;
  await setTimeout(100);
}
const code = /\\d{6}/.exec(text)?.[0] ?? '';
const status: Status = (await twostep.confirm(trackingId, code)).status;
console.log(JSON.stringify({ wrong: wrong.code, left: wrong.attemptsRemaining, status }));
`;

test('a strict TypeScript program type-checks against it, and verifies a number', async () => {
  writeFileSync(join(folder, 'use.ts'), program);
  const compile = (file: string) => {
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const options = ['--strict', '--target', 'es2023', '--module', 'nodenext', '--types', 'node'];
    const types = ['--typeRoots', resolve('node_modules/@types')];
    return run(process.execPath, [compiler, ...options, ...types, file], { cwd: folder }).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
  };
  expect(await compile('use.ts')).toBe('');
  writeFileSync(join(folder, 'misuse.ts'), program.replace("method: 'sms'", "method: 'fax'"));
  expect(await compile('misuse.ts')).toContain('"fax"');

  const { applicationId, applicationSecret } = application;
  const { stdout } = await run(process.execPath, ['use.js', stack.apiUrl, applicationId, applicationSecret], {
    cwd: folder,
  });
  expect(JSON.parse(stdout)).toEqual({ wrong: '400011005', left: 3, status: 'Verified' });
});

test('the quickstart verifies a number with curl and with Node, and prints what it says it prints', async () => {
  const { accountId, applicationId, applicationSecret } = application;
  const quickstart = join(folder, '.data', 'quickstart');
  mkdirSync(quickstart, { recursive: true });
  const places = { api: stack.apiUrl, demo: { accountId, applicationId, applicationSecret } };
  writeFileSync(join(folder, '.data', 'local.json'), JSON.stringify(places));
  const blocks = [...readFileSync('docs/quickstart.md', 'utf8').matchAll(/^```(\w+)\n(.*?)^```/gms)];
  const of = (kind: string) => blocks.filter((block) => block[1] === kind).map((block) => block[2] ?? '');
  // Packed and installed above, as these lines would with a registry at hand.
  const commands = of('sh').filter((block) => !block.includes('npm pack'));
  expect(commands).toHaveLength(of('sh').length - 1);
  writeFileSync(join(quickstart, 'verify.mjs'), of('js').join(''));

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
