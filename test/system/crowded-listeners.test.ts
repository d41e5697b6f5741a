// The listeners of one API process under crowds of silent connections: each keeps to a limit of its own and goes on answering.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFreePort } from '../../local/ports.ts';
import { eventually } from '../support/eventually.ts';
import type { TestProcess } from '../support/process.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let api: TestProcess;
const ports = { api: 0, admin: 0, codec: 0 };
const sockets: Socket[] = [];

beforeAll(async () => {
  stack = await createStack();
  Object.assign(ports, { api: Number(stack.env.PORT), admin: await anyFreePort(), codec: await anyFreePort() });
  api = await stack.startApi({
    MAX_CONNECTIONS: '40',
    ADMIN_MAX_CONNECTIONS: '20',
    ADMIN_PORT: String(ports.admin),
    CODEC_PORT: String(ports.codec),
    CODEC_ALLOWED_ORIGIN: 'http://localhost:8233',
  });
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await stack?.stop();
});

async function silent(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined).on('data', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Whether the listener answers a fresh connection, whatever the answer. */
async function answers(port: number, path: string): Promise<boolean> {
  const asked = fetch(`http://127.0.0.1:${port}${path}`, { headers: { Connection: 'close' } });
  return await asked.then(
    () => true,
    () => false,
  );
}

test('silent connections, three times the limit of each listener, keep nobody from any of them', async () => {
  const standing = () => sockets.filter(({ destroyed }) => !destroyed);
  for (const [port, crowd] of [
    [ports.api, 120],
    [ports.admin, 60],
    [ports.codec, 150],
  ] as const) {
    for (let n = 0; n < crowd; n++) await silent(port);
  }
  for (const [port, path] of [
    [ports.api, '/livez'],
    [ports.api, '/readyz'],
    [ports.admin, '/admin/accounts'],
    [ports.codec, '/decode'],
  ] as const) {
    await eventually(`${path} of ${port}`, () => answers(port, path));
  }
  // 40 + 20 + 50 at most.
  await eventually('the others closed', async () => standing().length <= 110);
});

test('silent connections do not hold up its end, and what was dropped is told by listener', async () => {
  await silent(ports.api);
  const from = performance.now();
  await api.stop();
  expect(performance.now() - from).toBeLessThan(11_000);
  const told = api
    .output()
    .split('\n')
    .filter((line) => line.includes('connections were dropped'))
    .map((line) => JSON.parse(line).listener);
  expect(new Set(told)).toEqual(new Set(['api', 'admin', 'codec']));
});
