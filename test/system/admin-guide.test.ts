// The commands of docs/management.md, taken out and run as they stand against the running process.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFreePort } from '../../local/ports.ts';
import { startAdmin } from '../support/admin.ts';
import { send } from '../support/api-client.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let folder: string;
let url: string;

beforeAll(async () => {
  stack = await createStack();
  const port = await anyFreePort();
  await Promise.all([stack.startApi({ ADMIN_PORT: String(port) }), stack.startWorker()]);
  url = `http://127.0.0.1:${port}`;
  folder = mkdtempSync(join(tmpdir(), 'twostep-guide-'));
  mkdirSync(join(folder, '.data'));
  const admin = await startAdmin(stack);
  const { token } = await admin.operator();
  await admin.close();
  writeFileSync(join(folder, '.data', 'local.json'), JSON.stringify({ admin: { url, token } }));
});
afterAll(async () => {
  await stack?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

test('every command of the guide is answered, and none with an error', async () => {
  const guide = readFileSync('docs/management.md', 'utf8');
  const script = [...guide.matchAll(/^```sh\n(.*?)^```/gms)].map(([, text = '']) => text).join('\n');
  const options = { cwd: folder, timeout: 60_000 };
  const { stdout, stderr } = await promisify(execFile)('bash', ['-e', '-c', script], options);
  expect(stderr).toBe('');
  const answers = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  expect(answers.length).toBeGreaterThan(20);
  expect(answers.filter(({ developerMessage }) => developerMessage !== undefined)).toEqual([]);
  expect(stdout).toContain("'translations.GR.sms UCS-2 1'");
});

test('the management port serves nothing of the public API but the probes, and the public port nothing of it', async () => {
  expect((await send(`${url}/2step/reports`, {})).body.code).toBe('404000000');
  expect((await send(`${url}/livez`, {})).body).toEqual({ status: 'ok' });
  expect((await send(`${url}/readyz`, {})).body.status).toBe('ok');
  expect((await send(`${stack.apiUrl}/admin/accounts`, {})).body.code).toBe('404000000');
  expect((await send(`${url}/admin/accounts`, {})).body.code).toBe('401000000');
});
