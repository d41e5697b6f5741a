// Requests to carriers against a server that behaves and misbehaves: what surely never left is told from what may have.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { CarrierFault, CarrierOutcomeUnknown } from '../../carriers/carrier.ts';
import { httpRequest, MAX_ANSWER_BYTES } from '../../carriers/http-request.ts';

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
