// What keeps a program from starting, as whoever starts it reads it: a sentence that says what to do, and no stack.
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { cannotListen, startSentence } from '../startup.ts';

/** How a program ends that cannot start, and what it says on stderr; warnings of Node's own left out. */
async function startedWith(file: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', file], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said };
}

describe.each(['api/main.ts', 'worker/main.ts'])('%s', (file) => {
  test.each([
    [
      'that is not usable in two places',
      { PORT: 'x', LOG_LEVEL: 'loud' },
      /^The environment is not usable \(see \.env\.example\):\n {2}PORT: .+\n {2}LOG_LEVEL: .+\n$/,
    ],
    ['whose key ring is none', { KEY_RING: '{}' }, /^.*key.*\n$/i],
    [
      'whose key ring is nowhere',
      { KEY_RING_FILE: '/nowhere' },
      /^The key ring file \/nowhere cannot be read \(ENOENT\)\n$/,
    ],
  ])('with an environment %s says so in sentences and ends with 1', async (_what, env, sentences) => {
    const { code, said } = await startedWith(file, env);
    expect(said).toMatch(sentences);
    expect(code).toBe(1);
  });
});

test('a worker without Temporal says where it looked and what to set', async () => {
  const { code, said } = await startedWith('worker/main.ts', {
    KEY_RING: JSON.stringify({ keys: [{ id: 'k1', secret: Buffer.alloc(32, 1).toString('base64') }] }),
    TEMPORAL_ADDRESS: '127.0.0.1:1',
  });
  expect([code, said]).toEqual([
    1,
    'Temporal cannot be reached at 127.0.0.1:1 (Failed to connect before the deadline): see that it runs, or correct TEMPORAL_ADDRESS\n',
  ]);
});

describe('what is said', () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });

  test.each([
    [new Error('The key ring is not usable'), 'The key ring is not usable'],
    [
      named('MongoServerSelectionError', 'connect ECONNREFUSED 127.0.0.1:1'),
      'MongoDB cannot be used (connect ECONNREFUSED 127.0.0.1:1): see that it runs, and that MONGODB_URL says where and as whom',
    ],
    [
      named('MongoParseError', 'Invalid connection string "mongodb://u:s3cr3t@"'),
      'MongoDB cannot be used: see that it runs, and that MONGODB_URL says where and as whom',
    ],
    ['thrown', 'It could not start, and nothing says why'],
  ])('of %s holds no stack', (error, sentence) => {
    expect(startSentence(error)).toBe(sentence);
  });

  test('of a mistake in the code itself is its stack, since no setting mends it', () => {
    expect(startSentence(new TypeError('x is not a function'))).toContain('startup.test.ts');
  });

  const on = { port: 80, host: '10.9.9.9', portFrom: 'ADMIN_PORT', hostFrom: 'ADMIN_HOST' };
  test.each([
    ['EADDRINUSE', 'Port 80 of 10.9.9.9 is taken: stop what listens there, or set ADMIN_PORT to another one'],
    ['EACCES', 'Port 80 may not be listened on by this user: set ADMIN_PORT to one above 1023'],
    ['EADDRNOTAVAIL', '10.9.9.9 is no address of this machine: correct ADMIN_HOST'],
    ['EMFILE', 'listen failed'],
  ])('of a server that cannot listen (%s) names the variable', (code, sentence) => {
    expect(cannotListen(Object.assign(new Error('listen failed'), { code }), on).message).toBe(sentence);
  });
});
