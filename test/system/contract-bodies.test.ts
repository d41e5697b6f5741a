// CONTRACT "Conventions": media types, malformed and missing bodies, sizes.
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  app = await startApp(stack);
  api = app.client(await stack.addApplication());
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const unknownId = randomUUID();
const json = { 'Content-Type': 'application/json' };
const post = (path: string, body: RequestInit['body'], headers: Record<string, string> = json) =>
  api.request('POST', path, { headers, body: body ?? null });
/** Gets past the body and fails on a field, so that a body that was read shows by the fields it lacks. */
const noMethod = '{"recipient": "+306948530920"}';

describe('400005000 with properties.body', () => {
  test.each([
    '{',
    '{"method": sms}',
    "{'a': 1}",
    '{"a": 1}}',
    '[]',
    '[{}]',
    '"text"',
    '5',
    'null',
    'true',
    'x=1',
    '\u0000',
  ])('for the JSON body %j', async (text) => {
    for (const path of ['/2step', `/2step/${unknownId}`]) {
      const { status, body } = await post(path, text);
      expect(body).toStrictEqual({
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: { body: expect.any(String) },
      });
      expect(status).toBe(400);
    }
  });

  test.each([
    ['in Latin-1', json],
    ['in Latin-1, said to be UTF-8', { 'Content-Type': 'application/json; charset=utf-8' }],
    ['in Latin-1, without a type', {}],
  ])('for a body %s, which would show a hole on the phone', async (_, headers) => {
    const sent = Buffer.from(
      '{"method": "sms", "recipient": "+306948530920", "template": "C\u00f3digo: @@pin"}',
      'latin1',
    );
    const { status, body } = await post('/2step', sent, headers);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', ['body']]);
  });

  test('for a body that is not compressed as it says', async () => {
    const { body } = await post('/2step', noMethod, { ...json, 'Content-Encoding': 'gzip' });
    expect(body).toMatchObject({ code: '400005000', properties: { body: expect.any(String) } });
  });
});

describe('a body is read', () => {
  test.each([
    'application/json',
    'APPLICATION/Json',
    'application/json;charset=utf-8',
    'Application/JSON ; Charset="UTF-8"',
  ])('as JSON when it comes as %s', async (type) => {
    const { body } = await post('/2step', noMethod, { 'Content-Type': type });
    expect(Object.keys(body.properties)).toEqual(['method']);
  });

  test('as JSON when it comes as a type built on JSON', async () => {
    const { body } = await post('/2step', noMethod, { 'Content-Type': 'application/vnd.example+json' });
    expect(Object.keys(body.properties)).toEqual(['method']);
  });

  test.each(['application/x-www-form-urlencoded', 'Application/X-WWW-Form-Urlencoded; charset=UTF-8'])(
    'as a form when it comes as %s, on a confirmation',
    async (type) => {
      const { body } = await post(`/2step/${unknownId}`, 'answer=123456', { 'Content-Type': type });
      expect(body.code).toBe('404011006');
    },
  );

  test.each(['gzip', 'GZIP', 'X-Gzip', 'identity, gzip'])('when it is compressed as %s', async (coding) => {
    const { body } = await post('/2step', gzipSync(noMethod), { ...json, 'Content-Encoding': coding });
    expect(Object.keys(body.properties)).toEqual(['method']);
  });

  test('as JSON without a type, and as a form where one is taken', async () => {
    const { body } = await post('/2step', Buffer.from(` \n${noMethod}`), {});
    expect(Object.keys(body.properties)).toEqual(['method']);
    for (const sent of ['answer=123456', '{"answer": "123456"}']) {
      expect((await post(`/2step/${unknownId}`, Buffer.from(sent), {})).body.code).toBe('404011006');
    }
    expect((await post('/2step', Buffer.from('method=sms'), {})).body.code).toBe('415000000');
  });

  test.each([
    ['nothing, typed as JSON', '', json],
    ['white space', ' \r\n', json],
    ['nothing and no type', '', {}],
    ['white space and no type', '\t\n', {}],
    ['an empty object', '{}', json],
  ])('as one without fields when it is %s', async (_, text, headers) => {
    const { body } = await post('/2step', text === '' ? null : Buffer.from(text), headers);
    expect(body.code).toBe('400005000');
    expect(Object.keys(body.properties).sort()).toEqual(['method', 'recipient']);
  });
});

test('unknown fields are ignored, whatever they hold', async () => {
  const unknown = '"__proto__": {"a": 1}, "constructor": {"prototype": 1}, "Method": "sms", "x": [null]';
  const { body } = await post('/2step', `{"recipient": "+306948530920", ${unknown}}`);
  expect(Object.keys(body.properties)).toEqual(['method']);
});

describe('415000000', () => {
  test.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/jsonp', 'json'])(
    'for a body of type "%s"',
    async (type) => {
      for (const path of ['/2step', `/2step/${unknownId}`]) {
        const { status, body } = await post(path, Buffer.from(noMethod), { 'Content-Type': type });
        expect(body).toStrictEqual({
          code: '415000000',
          developerMessage: expect.stringContaining('Content-Type: application/'),
        });
        expect(status).toBe(415);
      }
    },
  );

  test('for a form on a start', async () => {
    const { body } = await post('/2step', new URLSearchParams({ method: 'sms' }), {});
    expect(body.code).toBe('415000000');
  });

  test('for a content encoding nobody knows, and for a charset', async () => {
    const encoded = await post('/2step', noMethod, { ...json, 'Content-Encoding': 'rot13' });
    expect([encoded.body.code, encoded.headers.get('Accept-Encoding')]).toEqual(['415000000', 'gzip, deflate, br']);
    const { body } = await post('/2step', noMethod, { 'Content-Type': 'application/json; charset=ISO-8859-1' });
    expect(body.code).toBe('415000000');
  });
});

describe('413000000', () => {
  const padded = (bytes: number) => noMethod.padEnd(bytes, ' ');

  test('for a body beyond 64 kB, however it comes; the next request goes on', async () => {
    expect((await post('/2step', padded(65_536))).body.code).toBe('400005000');
    const bodies: [string, RequestInit['body'], Record<string, string>][] = [
      ['/2step', padded(65_537), json],
      ['/2step', padded(5_000_000), json],
      ['/2step', gzipSync(padded(5_000_000)), { ...json, 'Content-Encoding': 'gzip' }],
      [`/2step/${unknownId}`, `answer=${'1'.repeat(65_536)}`, { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ];
    for (const [path, sent, headers] of bodies) {
      const { status, body } = await post(path, sent, headers);
      expect(body).toStrictEqual({ code: '413000000', developerMessage: 'The request body is too large' });
      expect(status).toBe(413);
    }
    expect((await api.request('GET', '/accounts/me/balance')).status).toBe(200);
  });
});

test('GET and DELETE come with a JSON content type and no body', async () => {
  expect((await api.request('GET', '/accounts/me/balance', { headers: json })).status).toBe(200);
  for (const method of ['GET', 'DELETE']) {
    expect((await api.request(method, `/2step/${unknownId}`, { headers: json })).body.code).toBe('404011006');
  }
});
