// What receivers of callbacks may reply, and what it counts for: the head says everything, and says it within two seconds.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { postJson } from '../../activities/post-json.ts';
import { startSilentHost } from '../support/silent-host.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** A receiver that replies byte by byte as it likes, once it was posted to. */
async function receiver(reply: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => reply(socket));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ok = 'HTTP/1.1 200 OK\r\n';
const says = (text: string) => (socket: Socket) => socket.write(text);
const endless = (head: string) => (socket: Socket) => {
  socket.write(head);
  const more = () => {
    while (!socket.destroyed && socket.write('a'.repeat(65_536)));
    socket.once('drain', more);
  };
  more();
};

async function post(host: string) {
  const began = Date.now();
  const outcome = await postJson(`http://${host}/hook`, {}, '{}', [host]);
  return { outcome, ms: Date.now() - began };
}

describe.concurrent('a reply is judged at its head', () => {
  const delivered = { kind: 'delivered', httpStatus: 200 };
  test.each<[string, (socket: Socket) => void, object]>([
    ['200, then the body is cut', (socket) => socket.end(`${ok}Content-Length: 100\r\n\r\nab`), delivered],
    [
      '200, then a reset',
      (socket) => socket.write(`${ok}Content-Length: 9\r\n\r\na`, () => socket.resetAndDestroy()),
      delivered,
    ],
    ['200, and a body without end', endless(`${ok}\r\n`), delivered],
    ['200, and a body that never begins', says(`${ok}Content-Length: 5\r\n\r\n`), delivered],
    ['200, chunks that are none', says(`${ok}Transfer-Encoding: chunked\r\n\r\nnot a chunk\r\n`), delivered],
    [
      '200, a chunk that breaks off',
      (socket) => socket.end(`${ok}Transfer-Encoding: chunked\r\n\r\n5\r\nab`),
      delivered,
    ],
    ['200 without a length, closed at once', (socket) => socket.end(`${ok}\r\n`), delivered],
    ['200 with a head of 30 kB', says(`${ok}X-Long: ${'a'.repeat(30_000)}\r\nContent-Length: 0\r\n\r\n`), delivered],
    [
      '200 after 100 and 103',
      says(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${ok}Content-Length: 0\r\n\r\n`),
      delivered,
    ],
    ['200 of HTTP/1.0', (socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nfine'), delivered],
    ['200 said packed, and not packed', says(`${ok}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nno`), delivered],
    ['201', says('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n'), { kind: 'refused', httpStatus: 201 }],
    ['202, and a body without end', endless('HTTP/1.1 202 Accepted\r\n\r\n'), { kind: 'refused', httpStatus: 202 }],
    ['204', says('HTTP/1.1 204 No Content\r\n\r\n'), { kind: 'refused', httpStatus: 204 }],
    [
      'a redirect',
      says('HTTP/1.1 307 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n'),
      { kind: 'refused', httpStatus: 307 },
    ],
    [
      'another protocol',
      says('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      { kind: 'refused', httpStatus: 101 },
    ],
    [
      '500, then the body is cut',
      (socket) => socket.end('HTTP/1.1 500 Oh\r\nContent-Length: 9\r\n\r\na'),
      { kind: 'refused', httpStatus: 500 },
    ],
    ['a head without end', endless(`${ok}X-Endless: `), { kind: 'failed', reason: 'unreachable' }],
    ['a head that breaks off', (socket) => socket.end(`${ok}Content-Le`), { kind: 'failed', reason: 'unreachable' }],
    ['what is no HTTP', says('hello\r\n\r\n'), { kind: 'failed', reason: 'unreachable' }],
  ])('%s', async (_, reply, expected) => {
    const { outcome, ms } = await post(await receiver(reply));
    expect(outcome).toEqual(expected);
    expect(ms).toBeLessThan(1_900);
  });
});

describe.concurrent('two seconds count to the end of the head', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['nothing is said', () => undefined],
    ['only that more follows', says('HTTP/1.1 100 Continue\r\n\r\n')],
    [
      'the head drips',
      (socket) => {
        socket.write(ok);
        const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write('X-Slow: a\r\n')), 100);
      },
    ],
  ])('%s', async (_, reply) => {
    const { outcome, ms } = await post(await receiver(reply));
    expect(outcome).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(ms).toBeLessThan(4_000);
  });

  test('SYNs are dropped', async () => {
    const silent = await startSilentHost();
    try {
      const { outcome, ms } = await post(`127.0.0.1:${silent.port}`);
      expect(outcome).toEqual({ kind: 'failed', reason: 'timeout' });
      expect(ms).toBeLessThan(4_000);
    } finally {
      silent.stop();
    }
  });
});

test('a connection whose body has no end is let go of soon', async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const host = await receiver((socket) => {
    closed = new Promise((resolve) => socket.on('close', resolve));
    endless(`${ok}\r\n`)(socket);
  });
  expect((await post(host)).outcome).toMatchObject({ kind: 'delivered' });
  await closed;
});
