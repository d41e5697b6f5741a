// Requests to carriers against a server that behaves and misbehaves: what surely never left is told from what may have.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { MAX_ANSWER_BYTES } from '../../carriers/answer-body.ts';
import { CarrierFault, CarrierOutcomeUnknown } from '../../carriers/carrier.ts';
import { httpRequest } from '../../carriers/http-request.ts';

const servers: Pick<SocketServer, 'close'>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  return await listening(createServer(answer));
}

async function listening(server: SocketServer): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Where nobody listens any more. */
async function gone(): Promise<string> {
  const url = await serve(() => undefined);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return url;
}

const ask = (url: string, timeoutMs?: number) =>
  httpRequest({ method: 'POST', url, body: 'code 482915', ...(timeoutMs !== undefined && { timeoutMs }) });

test('an answer comes back with its status, headers and text, whatever the status is', async () => {
  const url = await serve((request, response) => {
    response.writeHead(503, { 'Retry-After': '7' }).end(`${request.method} ${request.headers['user-agent']}`);
  });
  const answer = await ask(url);
  expect([answer.status, answer.headers.get('retry-after'), answer.text]).toEqual([503, '7', 'POST Twostep']);
});

test('a redirect is not followed', async () => {
  let asked = 0;
  const url = await serve((_, response) => {
    asked += 1;
    response.writeHead(307, { Location: '/elsewhere' }).end();
  });
  expect((await ask(url)).status).toBe(307);
  expect(asked).toBe(1);
});

test('an answer without end is cut off', async () => {
  const url = await serve((_, response) => {
    const chunk = 'a'.repeat(65_536);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
      response.once('drain', more);
    };
    more();
  });
  expect((await ask(url)).text).toHaveLength(MAX_ANSWER_BYTES);
});

describe('a request that surely never left is the fault of the carrier', () => {
  test.each<[string, () => Promise<string>]>([
    ['refused connections', gone],
    ['an address that is none', async () => 'https://'],
    ['a name nobody has', async () => 'http://nobody.invalid'],
    [
      'no TLS where it is asked for',
      async () => (await serve((_, response) => response.end())).replace('http', 'https'),
    ],
  ])('for %s', async (_, url) => {
    const error = await ask(await url()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CarrierFault);
  });
});

describe('a request that may have left is unknown, and its error holds nothing of it', () => {
  test.each<[string, () => Promise<string>]>([
    ['no answer in time', () => serve(() => undefined)],
    ['a connection that ends', () => serve((request) => request.socket.destroy())],
    ['an answer that is no HTTP', () => listening(createSocketServer((socket) => socket.end('hello\r\n')))],
    [
      'an answer that breaks off',
      () =>
        serve((request, response) =>
          response.writeHead(200, { 'Content-Length': 9 }).write('a', () => request.socket.destroy()),
        ),
    ],
  ])('for %s', async (_, url) => {
    const target = await url();
    const error = await ask(target, 500).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CarrierOutcomeUnknown);
    const { message, stack = '', cause } = error as Error;
    for (const secret of ['482915', new URL(target).port])
      expect(message + stack + String(cause)).not.toContain(secret);
  });
});

describe('an answer is text, however it is packed and in whatever charset it says it is', () => {
  const text = 'Κωδικός é: OK 123';
  test.each<[string, Record<string, string>, Buffer, string]>([
    ['no label at all', {}, Buffer.from(text), text],
    ['a byte order mark', { 'Content-Type': 'text/plain' }, Buffer.from(`\ufeff${text}`), text],
    ['gzip that nobody asked for', { 'Content-Encoding': 'GZIP' }, gzipSync(text), text],
    ['deflate', { 'Content-Encoding': 'deflate' }, deflateSync(text), text],
    ['brotli', { 'Content-Encoding': 'br' }, brotliCompressSync(text), text],
    ['Latin-1', { 'Content-Type': 'text/plain;charset=ISO-8859-1' }, Buffer.from('Número 1', 'latin1'), 'Número 1'],
    [
      'Latin-1 in XML',
      {},
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1'),
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
    ],
    [
      'Greek of Windows',
      { 'Content-Type': 'text/plain; charset="windows-1253"' },
      Buffer.from([0xca, 0xe1, 0xe9]),
      'Και',
    ],
    ['UTF-16', { 'Content-Type': 'text/plain' }, Buffer.from('\ufeffOK', 'utf16le'), 'OK'],
    ['a charset nobody knows', { 'Content-Type': 'text/plain; charset=klingon' }, Buffer.from(text), text],
    [
      'bytes that are none of it',
      { 'Content-Type': 'text/plain; charset=utf-8' },
      Buffer.from([0x4f, 0x4b, 0xff]),
      'OK\ufffd',
    ],
  ])('%s', async (_, headers, body, expected) => {
    const url = await serve((_request, response) => response.writeHead(200, headers).end(body));
    expect((await ask(url)).text).toBe(expected);
  });

  test('what unpacks into more than may be read is cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(50 << 20));
    const url = await serve((_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
    expect((await ask(url)).text).toHaveLength(MAX_ANSWER_BYTES);
  });

  test('what is packed wrongly leaves the outcome unknown', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('not packed'));
    await expect(ask(url)).rejects.toThrow(CarrierOutcomeUnknown);
  });
});
