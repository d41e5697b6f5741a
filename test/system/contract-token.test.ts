// CONTRACT "Authorise": POST /oauth/token.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let known: TestApplication;
let url: string;

beforeAll(async () => {
  stack = await createStack();
  app = await startApp(stack);
  known = await stack.addApplication({ settings: { tokenLifetimeInSeconds: 1800 } });
  url = `${app.url}/oauth/token`;
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const grant = 'grant_type=client_credentials';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const basic = (id = known.applicationId, secret = known.applicationSecret) => `Basic ${base64(`${id}:${secret}`)}`;
const ask = (Authorization: string, body: string | null = grant, headers: Record<string, string> = form, query = '') =>
  send(`${url}${query}`, { method: 'POST', headers: { ...headers, Authorization }, body });

describe('a token', () => {
  test('comes with exactly the five members that the SDKs read', async () => {
    const { status, body, headers } = await ask(basic());
    expect(status).toBe(200);
    expect(body).toStrictEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 1800,
      scope: expect.stringMatching(/\S/),
      permissions: expect.arrayContaining([expect.any(String)]),
    });
    expect(headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(headers.get('Cache-Control')).toBe('no-store');
  });

  test('holds no colon, names its key and lives as long as the application says, 3600 s by default', async () => {
    const token: string = (await ask(basic())).body.access_token;
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const [header, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(header ?? '')).toEqual({ alg: 'HS256', kid: 'k1' });
    const { iat, exp, aud } = JSON.parse(claims ?? '');
    expect(exp - iat).toBe(1800);
    expect(aud).toBeTruthy();
    const usual = await stack.addApplication();
    expect((await ask(basic(usual.applicationId, usual.applicationSecret))).body.expires_in).toBe(3600);
  });

  test.each<[string, string, string | null, Record<string, string>]>([
    ['the query, without a body', `?${grant}`, null, {}],
    ['the query, beside an empty one in the body', `?${grant}`, 'grant_type=', form],
    [
      'a body of another case and charset',
      '',
      grant,
      { 'Content-Type': 'Application/X-WWW-Form-URLEncoded; charset=utf-8' },
    ],
    ['a JSON body', '', '{"grant_type": "client_credentials"}', { 'Content-Type': 'application/json' }],
    ['a body after an empty scope', '', `scope=&${grant}`, form],
    ['a body before an unknown scope', '', `${grant}&scope=everything+and+more`, form],
    ['a body, with a scope in the query', '?scope=2step', grant, form],
  ])('is given when the grant stands in %s', async (_, query, body, headers) => {
    expect((await ask(basic(), body, headers, query)).status).toBe(200);
  });

  test('is given for an id in capitals and a scheme in any case', async () => {
    expect((await ask(basic(known.applicationId.toUpperCase()))).status).toBe(200);
    expect((await ask(basic().replace('Basic', 'bASIC'))).status).toBe(200);
  });

  test('is given when the base64 text is broken by white space', async () => {
    const text = basic().slice('Basic '.length);
    const [first, second] = [text.slice(0, 20), text.slice(20)];
    for (const broken of [`${first} ${second}`, `${first}\t${second}`, `  ${first}   ${second} `]) {
      expect((await ask(`Basic ${broken}`)).status).toBe(200);
    }
  });
});

describe('a missing or other grant is 400 with error and error_description', () => {
  test.each<[string, string, string | null, Record<string, string>, string]>([
    ['none at all', '', null, {}, 'invalid_request'],
    ['an empty one', '?grant_type=', 'grant_type=&scope=x', form, 'invalid_request'],
    ['null', '', '{"grant_type": null}', { 'Content-Type': 'application/json' }, 'invalid_request'],
    ['a password', '', 'grant_type=password', form, 'unsupported_grant_type'],
    ['another case', '', 'grant_type=CLIENT_CREDENTIALS', form, 'unsupported_grant_type'],
    ['two of them', '', `${grant}&${grant}`, form, 'unsupported_grant_type'],
    ['an object', '', '{"grant_type": {"a": 1}}', { 'Content-Type': 'application/json' }, 'unsupported_grant_type'],
  ])('%s', async (_, query, body, headers, error) => {
    const answer = await ask(basic(), body, headers, query);
    expect(answer.status).toBe(400);
    expect(answer.body).toStrictEqual({ error, error_description: expect.stringContaining('client_credentials') });
  });
});

describe('credentials that do not serve are 401 with the five members of the contract', () => {
  const refused = async (Authorization: string, body: string | null = grant, headers = form) => {
    const answer = await ask(Authorization, body, headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toStrictEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      status: 401,
      error: 'Unauthorized',
      message: expect.any(String),
      path: '/oauth/token',
    });
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Basic /);
    return answer.body;
  };
  const change = (collection: 'applications' | 'accounts', _id: string, $set: Record<string, unknown>) =>
    stack.database.db.collection<{ _id: string }>(collection).updateOne({ _id }, { $set });

  test('a wrong, empty or longer secret, another id, and nothing of it comes back', async () => {
    const { applicationId, applicationSecret } = known;
    const other = await stack.addApplication();
    for (const secret of ['', applicationSecret.toLowerCase(), `${applicationSecret}x`, other.applicationSecret]) {
      expect(JSON.stringify(await refused(basic(applicationId, secret)))).not.toContain(applicationId);
    }
    await refused(basic('0123456789abcdef01234567'));
    await refused(basic(''));
  });

  test('a header that is missing, of another scheme, no base64, or without a colon', async () => {
    const { status } = await send(`${url}?${grant}`, { method: 'POST' });
    expect(status).toBe(401);
    for (const header of ['Basic', 'Basic ', 'Bearer abc', 'Basic ?', base64(`${known.applicationId}:x`)]) {
      await refused(header);
    }
    await refused(`Basic ${base64(known.applicationId + known.applicationSecret)}`);
  });

  test('those of a disabled application, a deleted one, a closed account', async () => {
    const [disabled, deleted, closed] = await Promise.all([1, 2, 3].map(() => stack.addApplication()));
    if (!disabled || !deleted || !closed) throw new Error('There must be three');
    for (const each of [disabled, deleted, closed]) {
      expect((await ask(basic(each.applicationId, each.applicationSecret))).status).toBe(200);
    }
    await change('applications', disabled.applicationId, { disabled: true });
    await stack.database.applications.deleteOne({ _id: deleted.applicationId });
    await change('accounts', closed.accountId, { closed: true });
    for (const each of [disabled, deleted, closed]) await refused(basic(each.applicationId, each.applicationSecret));
  });

  test('before anything else of the request is looked at', async () => {
    const wrong = basic(known.applicationId, 'wrong');
    await refused(wrong, 'grant_type=password');
    await refused(wrong, '{', { 'Content-Type': 'application/json' });
    await refused(wrong, 'x', { 'Content-Type': 'text/plain' });
  });
});

test.each<[string, number, () => ReturnType<typeof ask>]>([
  ['a token', 200, () => ask(basic())],
  ['another grant', 400, () => ask(basic(), 'grant_type=password')],
  ['wrong credentials', 401, () => ask(basic(known.applicationId, 'wrong'))],
  ['no credentials', 401, () => ask('')],
  ['malformed JSON', 400, () => ask(basic(), '{', { 'Content-Type': 'application/json' })],
  ['another media type', 415, () => ask(basic(), grant, { 'Content-Type': 'text/plain' })],
])('no cache keeps the answer to %s, not even an old one', async (_, status, asked) => {
  const answer = await asked();
  expect(answer.status).toBe(status);
  expect([answer.headers.get('Cache-Control'), answer.headers.get('Pragma')]).toEqual(['no-store', 'no-cache']);
});

test('with good credentials, malformed JSON is 400005000 and another media type 415000000', async () => {
  const malformed = await ask(basic(), '{', { 'Content-Type': 'application/json' });
  expect([malformed.status, malformed.body.code]).toEqual([400, '400005000']);
  const other = await ask(basic(), grant, { 'Content-Type': 'text/plain' });
  expect([other.status, other.body.code]).toEqual([415, '415000000']);
});
