// Programs that cannot start beside their servers say why in a sentence, end with 1 and print no stack.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await createStack();
});
afterAll(() => stack?.stop());

/** What a start that fails says; the log before it left out. */
const saidBy = async (start: Promise<unknown>) => {
  const message = await start.then(
    () => expect.unreachable(),
    (error: Error) => error.message,
  );
  const [, code, output = ''] = /^\S+ ended \((\w+)\):\n(.*)$/s.exec(message) ?? [];
  const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect(lines.join('\n')).not.toMatch(/^ +at |node:/m);
  return { code, said: lines.join('\n') };
};

test('a worker whose CARRIERS_FILE is not there, or not usable, names the file and every problem', async () => {
  const nowhere = await saidBy(stack.startWorker({ CARRIERS_FILE: '/nowhere.json' }));
  expect(nowhere).toEqual({
    code: '1',
    said: 'CARRIERS_FILE /nowhere.json cannot be read (ENOENT): correct the path, or leave it out',
  });
  const path = join(String(stack.env.DATA_DIR), 'carriers.json');
  writeFileSync(path, JSON.stringify({ carriers: { Second: { type: 'sandbox' } }, routes: [{ steps: [] }] }));
  const { code, said } = await saidBy(stack.startWorker({ CARRIERS_FILE: path }));
  expect(code).toBe('1');
  expect(said).toMatch(/^CARRIERS_FILE .* is not usable \(see docs\/carriers\.md\):\n {2}routes\.0\.steps: /);
});

test.each([
  ['PORT', {}],
  ['ADMIN_PORT', {}],
  ['CODEC_PORT', { CODEC_ALLOWED_ORIGIN: 'http://localhost:8233' }],
])('an API whose %s is taken names it', async (variable, more) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await saidBy(stack.startApi({ [variable]: String(port), ...more }))).toEqual({
    code: '1',
    said: `Port ${port} of 127.0.0.1 is taken: stop what listens there, or set ${variable} to another one`,
  });
  other.close();
});
