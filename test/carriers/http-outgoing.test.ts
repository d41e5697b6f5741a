// Requests of a configuration: what is left out, what is a number, what a header can hold, and who asks.
import { describe, expect, test } from 'vitest';
import { fill } from '../../carriers/http-template.ts';
import { built } from './http-built.ts';

describe('what is absent', () => {
  const values = { text: 'hello', gone: undefined };

  test('leaves its field out, and what has nothing left, but not what was empty from the start', () => {
    const json = {
      a: '{{text}}',
      b: '{{gone}}',
      c: { d: { e: '{{gone}}' }, f: ['x-{{gone}}'] },
      g: {},
      h: [1, '{{gone}}'],
    };
    const {
      body = '',
      url,
      headers,
    } = built(
      { body: { json }, query: { a: '{{gone}}x', b: '{{text}}' }, headers: { 'X-A': '{{gone}}', 'X-B': '{{text}}' } },
      values,
    );
    expect(JSON.parse(body)).toEqual({ a: 'hello', g: {}, h: [1] });
    expect(url).toBe('https://gateway.example/send?b=hello');
    expect(headers).toEqual({ 'Content-Type': 'application/json', 'X-B': 'hello' });
  });

  test('leaves nothing in its place in XML and text', () => {
    expect(built({ body: { xml: '<a>{{gone}}</a>' } }, values).body).toBe('<a></a>');
    expect(built({ body: { text: '[{{gone}}]' } }, values).body).toBe('[]');
  });

  test('is not what an object has by nature', () => {
    expect(fill('{{constructor}}', {})).toBeUndefined();
  });
});

test('a number is one in JSON, where it stands alone and was asked for', () => {
  const json = { a: '{{validForSeconds:number}}', b: '{{validForSeconds}}', c: '{{gone:number}}' };
  const { body = '' } = built({ body: { json } }, { validForSeconds: '300' });
  expect(JSON.parse(body)).toEqual({ a: 300, b: '300' });
});

describe('a header', () => {
  test('takes what HTTP can carry', () => {
    expect(built({ headers: { 'X-A': 'é{{text}}' } }, { text: 'ß' }).headers).toMatchObject({ 'X-A': 'éß' });
  });

  test.each(['a\r\nX-Admin: 1', 'a\0', 'Ω'])('refuses the message for %j, and quotes nothing', (text) => {
    const send = () => built({ headers: { 'X-A': '{{text}}' } }, { text });
    expect(send).toThrow(
      expect.objectContaining({ name: 'CarrierRejected', message: expect.not.stringContaining(text) }),
    );
  });
});

describe('who asks', () => {
  const headersWith = (authentication: object, request: object = {}) =>
    built(request, { 'secret.key': 'k3y:&' }, authentication).headers;

  test('with user and password', () => {
    const { Authorization = '' } = headersWith({ basic: { username: 'us', password: '{{secret.key}}' } }) ?? {};
    expect(Buffer.from(Authorization.replace(/^Basic /, ''), 'base64').toString()).toBe('us:k3y:&');
  });

  test('with a token', () => {
    expect(headersWith({ bearer: '{{secret.key}}' })).toEqual({ Authorization: 'Bearer k3y:&' });
  });

  test('with a keyed digest of the body: RFC 4231, test case 2', () => {
    const hmac = { header: 'X-Signature', secret: 'key', prefix: 'sha256=' };
    const body = { text: 'what do ya want for nothing?' };
    const { headers } = built({ body }, {}, { hmac }, { key: 'Jefe' });
    expect(headers?.['X-Signature']).toBe('sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });
});
