// The client as it is published: packed, installed into an empty project without the internet, and used there.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStack, type Stack } from '../support/stack.ts';

const run = promisify(execFile);
/** What the client needs, as it lies here: an empty project gets it without asking anybody. */
const dependencies = ['openapi-fetch', 'openapi-typescript-helpers'];
let stack: Stack;
let folder: string;

beforeAll(async () => {
  stack = await createStack();
  await Promise.all([stack.startApi(), stack.startWorker()]);
  folder = mkdtempSync(join(tmpdir(), 'twostep-client-'));
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

test('the packed client installs offline, type-checks, and verifies a number', async () => {
  const npm = (...args: string[]) => run('npm', [...args, '--loglevel=error'], { cwd: folder });
  await npm('pack', resolve('client'), ...dependencies.map((name) => resolve('node_modules', name)));
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  expect(tarballs).toHaveLength(1 + dependencies.length);

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true }));
  await npm(
    'install',
    '--offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    ...tarballs.map((name) => `./${name}`),
  );
  writeFileSync(join(folder, 'use.ts'), program);
  const compiler = resolve('node_modules/typescript/bin/tsc');
  const options = ['--strict', '--target', 'es2023', '--module', 'nodenext', '--types', 'node'];
  const types = ['--typeRoots', resolve('node_modules/@types')];
  await run(process.execPath, [compiler, ...options, ...types, 'use.ts'], { cwd: folder }).catch(
    ({ stdout }: { stdout: string }) => expect(stdout).toBe(''),
  );

  const { applicationId, applicationSecret } = await stack.addApplication();
  const { stdout } = await run(process.execPath, ['use.js', stack.apiUrl, applicationId, applicationSecret], {
    cwd: folder,
  });
  expect(JSON.parse(stdout)).toEqual({ wrong: '400011005', left: 3, status: 'Verified' });
});
