// Bodies as they come in: charsets, content codings, missing types, names given twice, and numbers as they were written.
import { request } from 'node:http';
import { json as readAll } from 'node:stream/consumers';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReadingApp, startReadingApp } from '../support/reading-app.ts';

let app: ReadingApp;

beforeAll(async () => {
  app = await startReadingApp();
});
afterAll(() => app?.close());

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
type Answer = { status: number; headers: Record<string, unknown>; body: any };

/** Sends nothing of its own: fetch would add a type. */
async function post(
  path: string,
  body: string | Buffer,
  headers: Record<string, string | string[]> = {},
): Promise<Answer> {
  const sent = request(`${app.url}${path}`, { method: 'POST', headers }).end(body);
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) =>
    sent.on('response', resolve).on('error', reject),
  );
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await readAll(answer) };
}

const typed = (type: string) => ({ 'Content-Type': type });
const json = typed('application/json');
const form = typed('application/x-www-form-urlencoded');
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const accented = latin1('{"template": "C\u00f3digo: @@pin"}');
const BODY = '{"template": "Código: @@pin"}';
const read = { template: 'Código: @@pin' };

describe('a body that is not valid UTF-8 is 400005000 with properties.body:', () => {
  test.each<[string, Buffer, Record<string, string>]>([
    ['Latin-1, unlabelled', accented, json],
    ['Latin-1 said to be UTF-8', accented, typed('application/json; charset=utf-8')],
    ['a stray continuation byte', latin1('{"a": "\u0080"}'), json],
    ['half a surrogate pair in three bytes', latin1('{"a": "\u00ed\u00a0\u0080"}'), json],
    ['an overlong slash', latin1('{"a": "\u00c0\u00af"}'), json],
    ['a character cut off', latin1('{"a": "\u00f0\u009f\u0098"}'), json],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${BODY}`, 'utf16le'), json],
    ['a form in Latin-1', latin1('answer=\u00f3'), form],
    ['Latin-1 without a type', accented, {}],
  ])('%s', async (_, bytes, headers) => {
    const { status, body } = await post('/both', bytes, headers);
    expect(body).toMatchObject({ code: '400005000', properties: { body: expect.stringContaining('UTF-8') } });
    expect(status).toBe(400);
  });
});

describe('415000000, which says what to send,', () => {
  test.each([
    'ISO-8859-1',
    'iso-8859-15',
    'windows-1252',
    '"UTF-16"',
    'utf-16le',
    'Shift_JIS',
    'utf-7',
    "'latin1'",
    'x',
  ])('for the charset %s, in JSON and in a form', async (charset) => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      const { status, body } = await post('/both', 'a=b', typed(`${type}; charset=${charset}`));
      expect(body).toStrictEqual({ code: '415000000', developerMessage: expect.stringContaining('in UTF-8') });
      expect(status).toBe(415);
    }
  });

  test.each([
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'json',
    'text/json',
  ])('for the type %s', async (type) => {
    const one = await post('/json', BODY, typed(type));
    expect(one.body).toStrictEqual({
      code: '415000000',
      developerMessage: expect.stringContaining('Content-Type: application/json'),
    });
    expect([one.status, one.headers.accept]).toEqual([415, 'application/json']);
    const other = await post('/both', BODY, typed(type));
    expect(other.body.developerMessage).toContain('application/x-www-form-urlencoded or application/json');
  });

  test('for JSON that curl sends by -d, which says that it is a form', async () => {
    const { body } = await post('/json', BODY, form);
    expect(body).toMatchObject({
      code: '415000000',
      developerMessage: expect.stringMatching(/application\/json.*curl/),
    });
  });

  test.each(['x=1', '[1]', 'true', '"text"', '<a/>'])('for %s without a type where no form is read', async (text) => {
    const { body } = await post('/json', text);
    expect(body).toMatchObject({ code: '415000000', developerMessage: expect.stringContaining('application/json') });
  });
});

describe('a body without a type', () => {
  test.each(['{"a": "b"}', ' \r\n\t{"a": "b"}', '\ufeff{"a": "b"}', '{"a":\n"b"}\n'])(
    'is JSON when it is %j',
    async (text) => {
      for (const path of ['/json', '/both']) expect((await post(path, text)).body).toEqual({ read: { a: 'b' } });
      expect((await post('/json', text, { 'Content-Type': '' })).body).toEqual({ read: { a: 'b' } });
      expect((await post('/json', text, { 'Transfer-Encoding': 'chunked' })).body).toEqual({ read: { a: 'b' } });
    },
  );

  test.each(['a=b', 'a=b&', '+=1&a=b', '[]=1&a=b'])('is a form when it is %s and forms are read', async (text) => {
    expect((await post('/both', text)).body.read).toMatchObject({ a: 'b' });
  });

  test.each(['', ' ', '\r\n', '\t \n'])('is one without fields when it is %j', async (text) => {
    const all: Record<string, string>[] = [{}, json, { 'Transfer-Encoding': 'chunked' }];
    for (const headers of all) {
      expect((await post('/json', text, headers)).body).toEqual({ read: {} });
    }
  });

  test('is 400005000 when it begins as JSON and is none', async () => {
    expect((await post('/both', '{"a": }')).body.code).toBe('400005000');
  });
});

describe('a media type is known', () => {
  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json;',
    'application/json ; charset=UTF-8',
    'application/json;charset="utf-8"',
    'application/json; charset=utf8',
    'application/json; CHARSET=us-ascii',
    'application/json; charset=',
    'application/json; odata=verbose; x',
    'application/vnd.api+json; charset=utf-8',
    'Application/Problem+JSON',
  ])('as %s', async (type) => {
    expect((await post('/both', BODY, typed(type))).body).toEqual({ read });
  });
});

describe('a content coding', () => {
  const gzip = gzipSync(BODY);
  test.each<[string, string | string[], Buffer]>([
    ['gzip', 'gzip', gzip],
    ['gzip in capitals', 'GZIP', gzip],
    ['gzip in mixed case, with blanks', ' GZip ', gzip],
    ['x-gzip', 'X-Gzip', gzip],
    ['deflate', 'Deflate', deflateSync(BODY)],
    ['deflate without its wrapper', 'deflate', deflateRawSync(BODY)],
    ['br', 'BR', brotliCompressSync(BODY)],
    ['identity', 'Identity', Buffer.from(BODY)],
    ['nothing', '', Buffer.from(BODY)],
    ['identity and gzip', 'identity, gzip', gzip],
    ['two in a list, in their order', 'deflate, GZIP', gzipSync(deflateSync(BODY))],
    ['two in two headers', ['br', 'x-gzip'], gzipSync(brotliCompressSync(BODY))],
    ['a list with empty places', ', gzip,, ', gzip],
    ['the same twice', 'gzip,gzip', gzipSync(gzip)],
  ])('is taken off: %s', async (_, coding, bytes) => {
    expect((await post('/json', bytes, { ...json, 'Content-Encoding': coding })).body).toEqual({ read });
    expect((await post('/carrier', bytes, { ...json, 'Content-Encoding': coding })).body).toMatchObject({ read });
  });

  test.each([
    'rot13',
    'compress',
    'x-compress',
    'gzip, rot13',
    'zstd;q=1',
    'gzip gzip',
    '*',
    'gzip,gzip,gzip,gzip,gzip,gzip',
  ])('that nobody knows is 415000000 with Accept-Encoding: %s', async (coding) => {
    const { status, headers, body } = await post('/json', gzip, { ...json, 'Content-Encoding': coding });
    expect(body).toStrictEqual({ code: '415000000', developerMessage: expect.stringContaining('gzip, deflate, br') });
    expect([status, headers['accept-encoding']]).toEqual([415, 'gzip, deflate, br']);
  });

  test.each<[string, string, Buffer]>([
    ['plain text said to be gzip', 'gzip', Buffer.from(BODY)],
    ['gzip cut off', 'gzip', gzip.subarray(0, -5)],
    ['gzip said to be br', 'br', gzip],
    ['gzip said to be deflate', 'deflate', gzip],
    ['once compressed, said to be so twice', 'gzip, gzip', gzip],
    ['nothing but a length', 'deflate', Buffer.from('x')],
  ])('that does not fit is 400005000: %s', async (_, coding, bytes) => {
    const { body } = await post('/json', bytes, { ...json, 'Content-Encoding': coding });
    expect(body).toMatchObject({ code: '400005000', properties: { body: expect.any(String) } });
  });

  const zeros = (size: number) => Buffer.alloc(size, ' ');
  test.each<[string, string, Buffer]>([
    ['a gzip bomb', 'gzip', gzipSync(zeros(50_000_000))],
    ['a brotli bomb', 'br', brotliCompressSync(zeros(50_000_000))],
    ['a bomb in a bomb', 'gzip, gzip', gzipSync(gzipSync(zeros(50_000_000)))],
    ['a stage beyond the limit', 'gzip, deflate', deflateSync(Buffer.concat(Array(4_000).fill(gzipSync(''))))],
    ['one byte too many', 'gzip', gzipSync(zeros(65_537))],
  ])('that hides more than 64 kB is 413000000: %s', async (_, coding, bytes) => {
    const { body } = await post('/json', bytes, { ...json, 'Content-Encoding': coding });
    expect(body.code).toBe('413000000');
  });

  test('may hide 64 kB', async () => {
    const bytes = gzipSync(BODY.padEnd(65_535, ' '));
    expect((await post('/json', bytes, { ...json, 'Content-Encoding': 'gzip' })).body).toEqual({ read });
  });
});

describe('what a carrier sends is read in the charset it names:', () => {
  const text = 'Zugestellt: Grüße';
  const inXml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><m>Grüße</m>`;
  test.each<[string, Buffer, string, string]>([
    ['text in ISO-8859-1', latin1(text), 'text/plain; charset=ISO-8859-1', text],
    ['text in Windows-1253', Buffer.from([0xca, 0xf9, 0xe4]), 'text/plain; charset="windows-1253"', 'Κωδ'],
    ['text in UTF-16', Buffer.from(text, 'utf16le'), 'text/plain; charset=utf-16le', text],
    [
      'text with a mark, whatever the header',
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      'text/plain; charset=utf-8',
      text,
    ],
    ['text in Shift_JIS', Buffer.from([0x94, 0x7a, 0x92, 0x42]), 'text/plain; charset=Shift_JIS', '配達'],
    ['text in UTF-8, unnamed', Buffer.from(text), 'text/plain', text],
    ['text in Latin-1, unnamed', latin1(text), 'text/plain', text],
    ['XML that names it itself', latin1(inXml('ISO-8859-1')), 'application/xml', inXml('ISO-8859-1')],
    ['XML whose header wins', Buffer.from(inXml('ISO-8859-1')), 'text/xml; charset=utf-8', inXml('ISO-8859-1')],
    ['JSON in ISO-8859-1', accented, 'application/json; charset=ISO-8859-1', BODY],
  ])('%s', async (_, bytes, type, expected) => {
    const { body } = await post('/carrier', bytes, typed(type));
    expect(body.rawBody).toBe(expected);
    // What signatures are made over is what was sent.
    expect(body.bytes).toBe(bytes.toString('latin1'));
  });

  test.each<[string, Buffer, string]>([
    ['in ISO-8859-1, by octets', Buffer.from('id=1&text=Gr%FC%DFe'), '; charset=ISO-8859-1'],
    ['in ISO-8859-1, by bytes', latin1('id=1&text=Gr\u00fc\u00dfe'), '; charset=ISO-8859-1'],
    ['in ISO-8859-1, unnamed', Buffer.from('id=1&text=Gr%FC%DFe'), ''],
    ['in UTF-8', Buffer.from('id=1&text=Gr%C3%BC%C3%9Fe'), ''],
    ['in UTF-8 by bytes, said so', Buffer.from('id=1&text=Grüße'), '; charset=UTF-8'],
  ])('a form %s', async (_, bytes, charset) => {
    const { body } = await post('/carrier', bytes, typed(`application/x-www-form-urlencoded${charset}`));
    expect(body.read).toEqual({ id: '1', text: 'Grüße' });
    expect(Object.fromEntries(new URLSearchParams(body.rawBody))).toEqual(body.read);
    expect(body.bytes).toBe(bytes.toString('latin1'));
  });

  test('a charset nobody knows is 415000000, JSON that is not in its charset 400005000', async () => {
    expect((await post('/carrier', 'x', typed('text/plain; charset=klingon'))).body.code).toBe('415000000');
    expect((await post('/carrier', accented, json)).body.code).toBe('400005000');
  });
});

describe('names in a form', () => {
  test.each([
    ['a=1&a=2', {}],
    ['a=1&a=1&b=2', { b: '2' }],
    ['a[]=1&b=2', { b: '2' }],
    ['a=1&a[x]=2', {}],
    ['a.b=1&a=2', {}],
    ['a=1&a%5B%5D=2', {}],
  ])('given twice or nested hold nothing a schema takes: %s', async (text, rest) => {
    expect((await post('/both', text, form)).body.read).toEqual(rest);
  });

  test.each(['__proto__=1', 'constructor=1', '=1', 'a', '&&', '%=%', 'a=%zz', '.=1', '[=1'])(
    'are names whatever they are: %s',
    async (text) => {
      expect((await post('/both', `${text}&z=1`, form)).body.read).toMatchObject({ z: '1' });
    },
  );
});
