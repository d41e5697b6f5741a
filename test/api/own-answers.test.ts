// What HTTP itself refuses: our body, an id, and one line in the log; and clients that hang up, who are nobody's fault.
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { errorRow } from '../../domain/errors.ts';
import { eventually } from '../support/eventually.ts';
import { type ReadingApp, startReadingApp } from '../support/reading-app.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INFO = 30;
const apps: ReadingApp[] = [];

let app: ReadingApp;
beforeEach(async () => {
  app = await startReadingApp();
  apps.push(app);
});
afterAll(() => Promise.all(apps.map((each) => each.close())));

/** An answer taken apart. */
function parts(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((each) => each.split(': ')).map(([name = '', ...rest]) => [name.toLowerCase(), rest.join(': ')]),
  );
  return { status: Number(line.split(' ')[1]), headers, body: body === '' ? undefined : JSON.parse(body) };
}

const HOST = 'Host: localhost\r\n';
const POST = `POST /json HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;
const long = 'x'.repeat(20_000);

describe('what HTTP itself refuses (400000000, 405000000, 417000000, 431000000) has our body, an id and one line:', () => {
  test.each<[string, string, string]>([
    ['431000000', 'a header of 20 kB', `GET / HTTP/1.1\r\n${HOST}X: ${long}\r\n\r\n`],
    ['431000000', 'many headers', `GET / HTTP/1.1\r\n${HOST}${`X-A: ${'y'.repeat(90)}\r\n`.repeat(200)}\r\n`],
    ['431000000', 'a path of 20 kB', `GET /${long} HTTP/1.1\r\n${HOST}\r\n`],
    ['431000000', 'a query of 20 kB', `POST /json?${long} HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`],
    ['400000000', 'no HTTP at all', 'hello\r\n\r\n'],
    ['400000000', 'TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['400000000', 'another version', `GET / HTTP/9.9\r\n${HOST}\r\n`],
    ['400000000', 'a method of another alphabet', `gEt / HTTP/1.1\r\n${HOST}\r\n`],
    ['400000000', 'a header without a name', `GET / HTTP/1.1\r\n${HOST}: x\r\n\r\n`],
    ['400000000', 'a header line that is none', `GET / HTTP/1.1\r\n${HOST}Authorization: Basic YWJj\nZGVm\r\n\r\n`],
    ['400000000', 'a control character in a header', `GET / HTTP/1.1\r\n${HOST}X: a\u0001b\r\n\r\n`],
    ['400000000', 'a length that is none', `${POST}Content-Length: -1\r\n\r\n`],
    ['400000000', 'two lengths', `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['400000000', 'a length and chunks', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['400000000', 'an unknown transfer coding', `${POST}Transfer-Encoding: chunked, x\r\n\r\n`],
    ['400000000', 'two Hosts', `GET / HTTP/1.1\r\n${HOST}Host: other\r\n\r\n`],
    ['400000000', 'two Hosts in HTTP/1.0', `GET / HTTP/1.0\r\n${HOST}host: localhost\r\n\r\n`],
    ['400000000', 'a URL that is none', `GET http://[/x HTTP/1.1\r\n${HOST}\r\n`],
    ['400000000', 'a URL that is none, of an address', `GET http://[::1/x HTTP/1.1\r\n${HOST}\r\n`],
    ['400000000', 'no Host', 'GET / HTTP/1.1\r\n\r\n'],
    [
      '417000000',
      'an expectation nobody knows',
      `${POST}Connection: close\r\nExpect: 200-ok\r\nContent-Length: 2\r\n\r\n{}`,
    ],
    ['417000000', 'an empty miracle', `GET / HTTP/1.1\r\n${HOST}Expect: miracles\r\n\r\n`],
    ['405000000', 'a tunnel', `CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n`],
    ['405000000', 'a tunnel without a Host', 'CONNECT example.com:443 HTTP/1.0\r\n\r\n'],
  ])('%s for %s', async (code, _, bytes) => {
    const { status, headers, body } = parts(
      await app.speak(Buffer.from(bytes.replace(/\r\n\r\n$/, '\r\nConnection: close\r\n\r\n'), 'latin1')),
    );
    expect(body).toStrictEqual({ code, developerMessage: expect.any(String) });
    expect(status).toBe(Number(code.slice(0, 3)));
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': expect.stringMatching(UUID),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      date: expect.stringMatching(/GMT$/),
    });
    expect(app.log).toEqual([
      expect.objectContaining({
        level: INFO,
        requestId: headers['x-request-id'],
        status,
        client: expect.stringContaining('127.0.0.1'),
      }),
    ]);
    expect(JSON.stringify(app.log)).not.toMatch(/xxxx|example\.com|YWJj/);
  });

  test.each<[string, string]>([
    ['a request line', 'GET / HT'],
    ['headers', `GET / HTTP/1.1\r\n${HOST}X: y`],
    ['a body by length', `${POST}Content-Length: 100\r\n\r\n{"a":`],
    ['a body in chunks', `${POST}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`],
  ])('408000000 for %s that never ends', async (_, bytes) => {
    const hasty = await startReadingApp({ requestMs: 200, lookEveryMs: 50 });
    onTestFinished(() => hasty.close());
    const { status, headers, body } = parts(await hasty.speak(bytes));
    expect([status, body]).toEqual([
      408,
      { code: '408000000', developerMessage: errorRow('requestTimeout').developerMessage },
    ]);
    await eventually('the line', async () => hasty.log.length > 0);
    expect(hasty.log).toEqual([
      expect.objectContaining({ level: INFO, status: 408, requestId: headers['x-request-id'] }),
    ]);
  });

  test('what never ends after its answer is closed without another one', async () => {
    const hasty = await startReadingApp({ requestMs: 200, lookEveryMs: 50 });
    onTestFinished(() => hasty.close());
    const answer = await hasty.speak(`POST /nowhere HTTP/1.1\r\n${HOST}Content-Length: 100\r\n\r\n{`);
    expect([parts(answer).status, answer.split('HTTP/1.1').length]).toEqual([404, 2]);
    expect(hasty.log).toHaveLength(1);
  });

  test.each(['zz\r\n', '5\r\n{"a":}x', '-1\r\n', '5;\u0001\r\n', 'ffffffffffffffffff\r\n'])(
    '400000000 for a chunk that is none, under the id of its request: %j',
    async (chunk) => {
      const start = `${POST}X-Request-Id: mine\r\nTransfer-Encoding: chunked\r\n\r\n`;
      const { status, headers, body } = parts(await app.speak(Buffer.from(`${start}${chunk}`, 'latin1')));
      expect([status, body.code, headers['x-request-id']]).toEqual([400, '400000000', 'mine']);
      await eventually('the line', async () => app.log.length > 0);
      expect(app.log).toEqual([expect.objectContaining({ level: INFO, requestId: 'mine', status: 400 })]);
    },
  );
});

describe('a request that asks for another protocol, or waits to be let on, is a request like any other:', () => {
  test.each([
    ['an upgrade to a web socket', 'Connection: Upgrade, close\r\nUpgrade: websocket\r\n'],
    [
      'an upgrade to HTTP/2',
      'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n',
    ],
    ['one that waits', 'Connection: close\r\nExpect: 100-continue\r\n'],
    ['one that waits in capitals', 'Connection: close\r\nExpect: 100-CONTINUE\r\n'],
    ['one of HTTP/1.1 with a strange Host', 'Connection: close\r\n'],
  ])('%s', async (_, headers) => {
    const answer = await app.speak(`${POST}${headers}Content-Length: 2\r\n\r\n{}`);
    expect(parts(answer.replace(/^HTTP\/1.1 100 Continue\r\n\r\n/, ''))).toMatchObject({
      status: 200,
      body: { read: {} },
    });
  });

  test('one of HTTP/1.0 without a Host', async () => {
    expect(parts(await app.speak('GET /nowhere HTTP/1.0\r\n\r\n'))).toMatchObject({
      status: 404,
      body: { code: '404000000' },
    });
  });
});

describe('a client that hangs up leaves one line of information with its id, and nothing else:', () => {
  const start = (headers: string) => `${POST}X-Request-Id: gone\r\n${headers}\r\n`;
  const zipped = gzipSync(Buffer.alloc(5_000, 'x')).toString('latin1');
  const hangUps: [string, string][] = [
    ['before its body', start('Content-Length: 100\r\n')],
    ['in the middle of its body', `${start('Content-Length: 100\r\n')}{"a":`],
    ['between chunks', `${start('Transfer-Encoding: chunked\r\n')}5\r\n{"a":\r\n`],
    ['in a chunk', `${start('Transfer-Encoding: chunked\r\n')}5\r\n{"`],
    ['in a compressed body', `${start('Content-Encoding: gzip\r\nContent-Length: 1000\r\n')}${zipped.slice(0, 20)}`],
    ['while a carrier speaks', `${start('Content-Length: 100\r\n').replace('/json', '/carrier')}id=`],
    ['before it was answered', `${start('Content-Length: 2\r\n').replace('/json', '/held')}{}`],
  ];
  test.each(
    hangUps.flatMap(
      ([when, bytes]) =>
        [
          [when, 'politely', bytes],
          [when, 'by a reset', bytes],
        ] as const,
    ),
  )('%s, %s', async (_, how, bytes) => {
    let letGo = () => {};
    const held = await startReadingApp(
      {},
      new Promise((resolve) => {
        letGo = resolve;
      }),
    );
    onTestFinished(() => held.close());
    const socket = connect(Number(new URL(held.url).port), '127.0.0.1');
    socket.write(Buffer.from(bytes, 'latin1'), () =>
      setTimeout(() => (how === 'politely' ? socket.destroy() : socket.resetAndDestroy()), 30),
    );
    await new Promise((resolve) => socket.on('close', resolve));
    setTimeout(letGo, 100);
    await eventually('the line', async () => held.log.length > 0);
    // Whatever else would come has had its time once a further request was answered.
    await held.speak('GET /after HTTP/1.0\r\n\r\n');
    const lines = held.log.filter(({ status }) => status !== 404);
    expect(lines).toEqual([
      expect.objectContaining({ level: INFO, requestId: 'gone', method: 'POST', msg: 'request whose client hung up' }),
    ]);
  });
});

test('a fault of ours is 500000000 and told at level 50 with the id of its request', async () => {
  const answer = await fetch(`${app.url}/broken`, { method: 'POST', headers: { 'X-Request-Id': 'mine' } });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([500, '500000000']);
  expect(app.log.filter(({ level }) => level === 50)).toEqual([
    expect.objectContaining({ requestId: 'mine', error: 'TypeError' }),
  ]);
});

describe('no-store and nosniff are on every answer', () => {
  test.each([
    ['POST', '/json', '{}', 200],
    ['POST', '/json', '{', 400],
    ['GET', '/nowhere', null, 404],
    ['DELETE', '/json', null, 405],
    ['POST', '/json', 'x', 415],
    ['POST', '/json', 'x'.repeat(65_537), 413],
    ['POST', '/broken', null, 500],
    ['OPTIONS', '/json', null, 200],
  ])('%s %s %#', async (method, path, body, status) => {
    const answer = await fetch(`${app.url}${path}`, { method, ...(body !== null && { body: Buffer.from(body) }) });
    const { headers } = answer;
    expect([answer.status, headers.get('Cache-Control'), headers.get('X-Content-Type-Options')]).toEqual([
      status,
      'no-store',
      'nosniff',
    ]);
  });
});
