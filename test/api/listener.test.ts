// A listener under peers that are silent, slow or many: each has its time, and above four fifths of the limit the oldest go first.
import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { drain } from '../../api/drain.ts';
import { createListener, type ListenerTimes } from '../../api/listener/listener.ts';
import { eventually } from '../support/eventually.ts';

/** More than the buffers between two sockets of one machine hold. */
const LARGE = Buffer.alloc(16 << 20, 'x');
const servers: Server[] = [];
const sockets: Socket[] = [];

// At the very end: some of these tests run at the same time.
afterAll(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** `/large` is a large answer, `/held` waits to be let go, `/deaf` is refused without its body being read. */
async function start(maxConnections: number, times: Partial<ListenerTimes> = {}) {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(JSON.parse(line)) });
  const held: (() => void)[] = [];
  const answer: RequestListener = async (request, response) => {
    if (request.url === '/deaf') return void response.writeHead(401).end('who?');
    if (request.url === '/large') return void response.end(LARGE);
    try {
      await text(request);
    } catch {
      return;
    }
    if (request.url === '/held') await new Promise<void>((letGo) => held.push(letGo));
    response.end('answered');
  };
  const server = createListener(answer, { name: 'test', maxConnections, logger, times });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return { server, lines, held, port: (server.address() as AddressInfo).port };
}

interface Peer {
  readonly socket: Socket;
  /** What it was sent so far. */
  readonly received: () => string;
  readonly closed: () => boolean;
}

async function peer(port: number, says = '', reads = true): Promise<Peer> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let received = '';
  let closed = false;
  socket.on('error', () => undefined).on('close', () => (closed = true));
  if (reads) socket.on('data', (chunk) => (received += chunk.toString('latin1')));
  await once(socket, 'connect');
  if (says !== '') socket.write(says);
  return { socket, received: () => received, closed: () => closed };
}

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
const HELD = 'GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n';
const UNREAD = 'GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n';
const post = (path: string, body: string) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n${body}`;

/** Peers that only take up room: what they say, and whether they read. */
const idlers = [
  ['says nothing', '', true],
  ['stops in the first line', 'GE', true],
  ['stops in its headers', 'GET / HTTP/1.1\r\nHost: local', true],
  ['stops before its body', post('/', ''), true],
  ['stops in its body', post('/', 'answer'), true],
  ['keeps its connection after an answer', GET, true],
  ['was refused before its body came in full', post('/deaf', 'answer'), true],
  ['stops in the first line of a further request', `${GET}GE`, true],
  ['stops in the body of a further request', `${GET}${post('/', 'answer')}`, true],
  ['does not read its answer', UNREAD, false],
  ['says an empty line', '\r\n', true],
] as const;

/** Asks again where it is refused. */
async function answersSomebodyElse(port: number): Promise<void> {
  await eventually('an answer for somebody else', async () => {
    const other = await peer(port, GET);
    await eventually('an end', async () => other.closed() || other.received().includes('answered'));
    other.socket.destroy();
    return other.received().includes('answered');
  });
}

describe('a peer', () => {
  const short = { firstByteMs: 300, requestMs: 800, keepAliveMs: 400, stalledMs: 1_200, lookEveryMs: 50 };

  test.concurrent.each(idlers)('that %s is closed when its time is over', async (what, says, reads) => {
    const { server, port } = await start(100, short);
    const { received } = await peer(port, says, reads);
    await eventually('accepted', async () => (await open(server)) === 1);
    await eventually('closed', async () => (await open(server)) === 0);
    if (what === 'says nothing') expect(received()).toBe('');
  });

  test.concurrent.each([
    ['headers', 'GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n'],
    ['a body', post('/', ''), 'a'],
  ])('that sends %s drop by drop has the time of one request, and is told', async (_what, begin, drop) => {
    const { server, port } = await start(100, { ...short, firstByteMs: 100 });
    const slow = await peer(port, begin);
    const drops = setInterval(() => slow.socket.write(drop), 50);
    await eventually('closed', async () => slow.closed() && (await open(server)) === 0);
    clearInterval(drops);
    expect(slow.received()).toMatch(/^HTTP\/1.1 408 /);
  });

  test('that waits for its answer for longer than every other time but the last is answered', async () => {
    const { held, port } = await start(100, { ...short, stalledMs: 5_000 });
    const patient = await peer(port, HELD);
    await eventually('asked', async () => held.length === 1);
    await delay(1_500);
    held[0]?.();
    await eventually('answered', async () => patient.received().includes('answered'));
  });
});

const open = (server: Server) =>
  new Promise<number>((resolve, reject) => server.getConnections((e, n) => (e ? reject(e) : resolve(n))));

describe('a crowd', () => {
  const LIMIT = 20;
  const MARK = 16;

  test.concurrent.each(idlers)('of which each %s leaves room for others', async (_what, says, reads) => {
    const { server, lines, port } = await start(LIMIT, { reportEveryMs: 50 });
    for (let n = 0; n < 5 * LIMIT; n++) {
      await peer(port, says, reads);
      if (n % LIMIT === LIMIT - 1) await answersSomebodyElse(port);
    }
    // Those that were young are closed as others come.
    await delay(1_100);
    await answersSomebodyElse(port);
    await eventually('room', async () => (await open(server)) <= MARK);
    await eventually('told', async () => lines.some(({ closedForRoom }) => Number(closedForRoom) > 0));
  });

  test('goes oldest first', async () => {
    const { port } = await start(LIMIT);
    const first: Peer[] = [];
    for (let n = 0; n < MARK; n++) first.push(await peer(port));
    await delay(1_050);
    const more = [await peer(port), await peer(port), await peer(port)];
    await eventually('three closed', async () => first.filter(({ closed }) => closed()).length >= 3);
    await answersSomebodyElse(port);
    await eventually('a fourth', async () => first.filter(({ closed }) => closed()).length === 4);
    expect(first.map(({ closed }) => closed())).toEqual(first.map((_, n) => n < 4));
    expect(more.map(({ closed }) => closed())).toEqual([false, false, false]);
  });

  test('that has just asked is older again after its answer than whoever came since', async () => {
    const { port } = await start(LIMIT);
    const talks = await peer(port);
    const silent: Peer[] = [];
    for (let n = 1; n < MARK; n++) silent.push(await peer(port));
    talks.socket.write(GET);
    await eventually('answered', async () => talks.received().includes('answered'));
    await delay(1_050);
    await peer(port);
    await eventually('one closed', async () => silent[0]?.closed() === true);
    expect(talks.closed()).toBe(false);
  });

  test.each([
    '',
    'Expect: 100-continue\r\n',
    'Expect: something\r\n',
    'Connection: close\r\n',
    'Connection: Upgrade\r\nUpgrade: x\r\n',
  ])('closes no request under way that came with %j', async (header) => {
    const { held, port } = await start(LIMIT);
    const busy = await peer(port, HELD.replace('\r\n\r\n', `\r\n${header}\r\n`));
    await eventually('asked', async () => held.length === 1);
    await delay(1_050);
    for (let n = 0; n < 2 * LIMIT; n++) await peer(port);
    expect(busy.closed()).toBe(false);
    held[0]?.();
    await eventually('answered', async () => busy.received().includes('answered'));
  });

  test('with requests under way loses none of them, and one without room is refused and counted', async () => {
    const { held, lines, server, port } = await start(LIMIT, { reportEveryMs: 200 });
    const busy: Peer[] = [];
    for (let n = 0; n < LIMIT; n++) busy.push(await peer(port, HELD));
    await eventually('all asked', async () => held.length === LIMIT);
    await delay(1_050);
    const refused = [await peer(port, GET), await peer(port, GET), await peer(port, GET)];
    await eventually('refused', async () => refused.every(({ closed }) => closed()));
    expect(refused.map(({ received }) => received())).toEqual(['', '', '']);
    await eventually('told', async () => lines.length > 0);
    expect(lines).toEqual([{ level: 40, listener: 'test', refused: 3, msg: 'connections were dropped' }]);
    for (const letGo of held) letGo();
    await eventually('all answered', async () => busy.every(({ received }) => received().includes('answered')));
    await answersSomebodyElse(port);
    expect(await open(server)).toBeLessThanOrEqual(LIMIT);
  });

  test('gives newcomers their second while requests under way fill it above four fifths', async () => {
    const { held, port } = await start(LIMIT);
    for (let n = 0; n < LIMIT - 2; n++) await peer(port, HELD);
    await eventually('all asked', async () => held.length === LIMIT - 2);
    const newcomer = await peer(port);
    await answersSomebodyElse(port);
    newcomer.socket.write(GET);
    await eventually('answered', async () => newcomer.received().includes('answered'));
  });

  test('is told in one line a period, however many were dropped, and the rest when the listener ends', async () => {
    const { lines, server, port } = await start(LIMIT, { reportEveryMs: 300, firstByteMs: 60_000 });
    for (let n = 0; n < 3 * LIMIT; n++) await peer(port);
    await eventually('a line', async () => lines.length === 1);
    for (let n = 0; n < LIMIT; n++) await peer(port);
    await drain([server]);
    expect(lines.length).toBe(2);
    const counted = lines.reduce((sum, { closedForRoom }) => sum + Number(closedForRoom), 0);
    expect(counted).toBeGreaterThanOrEqual(3 * LIMIT);
  });

  test('that sends nothing does not hold up a drain, and what is under way is answered', async () => {
    const { held, server, port } = await start(LIMIT);
    const busy = await peer(port, HELD);
    await eventually('asked', async () => held.length === 1);
    for (let n = 0; n < 10; n++) await peer(port, n % 2 === 0 ? '' : GET);
    const from = performance.now();
    const drained = drain([server]);
    await delay(100);
    held[0]?.();
    await eventually('answered', async () => busy.received().includes('answered'));
    await drained;
    // The last resort of a drain, closing what lingers, comes after 12 s.
    expect(performance.now() - from).toBeLessThan(6_000);
  });

  test('that never spoke is counted, and a kept connection that ends in peace is not', async () => {
    const { lines, server, port } = await start(LIMIT, { firstByteMs: 100, keepAliveMs: 100, reportEveryMs: 1_000 });
    for (let n = 0; n < 3; n++) await peer(port);
    for (let n = 0; n < 3; n++) await peer(port, GET);
    await eventually('told', async () => lines.length === 1);
    // Node keeps those that were answered for up to a second longer than it is told.
    await eventually('all closed', async () => (await open(server)) === 0);
    expect(lines).toEqual([{ level: 40, listener: 'test', neverSpoke: 3, msg: 'connections were dropped' }]);
  });
});
