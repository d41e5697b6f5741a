// Draining: whatever was taken in is answered in full, nobody new is let in, and a busy client cannot keep it from ending.
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { drain } from '../../api/drain.ts';

const LONG = 'x'.repeat(200_000);
const running: Server[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.close().closeAllConnections();
});

/** Answers `/<ms>` after so long, half of it at once, and remembers which requests it took in. */
async function startServer() {
  const taken: string[] = [];
  const server = createServer(async (asked, answer) => {
    taken.push(asked.headers['x-id'] as string);
    answer.write('begun ');
    await delay(Number(asked.url?.slice(1)));
    answer.end(LONG);
  });
  // As in production: longer than the test, so that no connection ends by itself.
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  running.push(server);
  return { server, taken, port: (server.address() as AddressInfo).port };
}

interface Client {
  readonly port: number;
  readonly agent: Agent;
}

/** Resolves with the whole text of the answer; throws when the connection ends before. */
async function ask({ port, agent }: Client, id: string, ms: number): Promise<string> {
  const sent = request({ port, host: '127.0.0.1', agent, path: `/${ms}`, headers: { 'X-Id': id } }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return await text(answer);
}

/** One request after the other on one connection, without a pause, until one fails; tells which were answered in full. */
async function busyClient(port: number, name: string, answered: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (let n = 0; ; n++) {
      const body = await ask({ port, agent }, `${name}${n}`, 5);
      if (body !== `begun ${LONG}`) return;
      answered.push(`${name}${n}`);
    }
  } catch {
    // The first one refused: how each of these clients ends.
  } finally {
    agent.destroy();
  }
}

async function until(condition: () => boolean) {
  while (!condition()) await delay(5);
}

test('busy keep-alive clients neither hold it up nor lose a request that was taken in', async () => {
  const { server, taken, port } = await startServer();
  const answered: string[] = [];
  const clients = ['a', 'b', 'c', 'd'].map((name) => busyClient(port, name, answered));
  await until(() => answered.length > 40);
  const from = Date.now();
  await drain([server]);
  // Its last resort, closing what lingers, comes after 12 s.
  expect(Date.now() - from).toBeLessThan(6_000);
  await Promise.all(clients);
  expect(answered.sort()).toEqual(taken.sort());
}, 20_000);

test('a request under way for a second is answered in full, and its connection is not waited for', async () => {
  const { server, taken, port } = await startServer();
  const agent = new Agent({ keepAlive: true });
  const slow = ask({ port, agent }, 'slow', 1_000);
  await until(() => taken.length === 1);
  const from = Date.now();
  const drained = drain([server]);
  expect(await slow).toBe(`begun ${LONG}`);
  await drained;
  expect(Date.now() - from).toBeLessThan(6_000);
  agent.destroy();
});

test('a request that comes on a kept connection while it drains is answered in full, as the last one there', async () => {
  const { server, taken, port } = await startServer();
  const socket = connect(port, '127.0.0.1');
  const write = (id: string) => socket.write(`GET /300 HTTP/1.1\r\nHost: localhost\r\nX-Id: ${id}\r\n\r\n`);
  write('first');
  await until(() => taken.length === 1);
  const drained = drain([server]);
  write('second');
  const answers = (await text(socket)).split('HTTP/1.1 200 OK').slice(1);
  await drained;
  expect(taken).toEqual(['first', 'second']);
  expect(answers.map((answer) => [answer.includes(LONG), /^connection: close\r$/im.test(answer)])).toEqual([
    [true, false],
    [true, true],
  ]);
});

test('new connections are refused while a request is under way', async () => {
  const { server, taken, port } = await startServer();
  const agent = new Agent({ keepAlive: true });
  const slow = ask({ port, agent }, 'slow', 300);
  await until(() => taken.length === 1);
  const drained = drain([server]);
  await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(server.listening).toBe(false);
  await Promise.all([slow, drained]);
  agent.destroy();
});

test('idle connections are closed at once, on every server given', async () => {
  const servers = [await startServer(), await startServer()];
  const agent = new Agent({ keepAlive: true });
  for (const { port } of servers) await ask({ port, agent }, 'only', 0);
  const from = Date.now();
  await drain(servers.map(({ server }) => server));
  expect(Date.now() - from).toBeLessThan(6_000);
  agent.destroy();
});
