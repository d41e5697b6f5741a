// CONTRACT "Conventions" and "Errors": request ids, unknown paths, wrong methods, probes, balance, and what never leaves.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, send, wrongCode } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let application: TestApplication;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  application = await stack.addApplication({ balance: 1000 });
  api = app.client(application);
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const bare = (method: string, path: string, headers: Record<string, string> = {}) =>
  send(`${app.url}${path}`, { method, headers });

describe('X-Request-Id', () => {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

  test('is on every answer, good or bad, and another each time', async () => {
    const answers = [
      await bare('GET', '/livez'),
      await bare('GET', '/readyz'),
      await bare('GET', '/nowhere'),
      await bare('PUT', '/2step'),
      await bare('HEAD', '/livez'),
      await bare('OPTIONS', '/2step'),
      await bare('POST', '/oauth/token'),
      await bare('POST', '/2step'),
      await api.start({ method: 'fax' }),
      await api.request('GET', '/accounts/me/balance'),
    ];
    const ids = answers.map(({ headers }) => headers.get('X-Request-Id') ?? '');
    for (const id of ids) expect(id).toMatch(uuid);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(['a', 'Ab-3_.9', 'x'.repeat(64)])('is echoed when it is harmless: %s', async (id) => {
    for (const path of ['/livez', '/nowhere']) {
      expect((await bare('GET', path, { 'X-Request-Id': id })).headers.get('X-Request-Id')).toBe(id);
    }
  });

  test.each(['', 'x'.repeat(65), 'a b', '{"a":1}', 'é', 'a;b'])('is made anew when it is not: "%s"', async (id) => {
    expect((await bare('GET', '/livez', { 'X-Request-Id': id })).headers.get('X-Request-Id')).toMatch(uuid);
  });
});

describe('404000000', () => {
  test.each([
    'GET /',
    'GET /nowhere',
    'POST /oauth',
    'POST /oauth/token/x',
    'GET /2step/a/b',
    'POST /2step/a/unknown',
    'GET /accounts/me',
    'GET /accounts/other/balance',
    'GET //2step',
    'GET /livez/x',
  ])('for %s, with and without a token', async (request) => {
    const [method = '', path = ''] = request.split(' ');
    for (const { status, body } of [await bare(method, path), await api.request(method, path)]) {
      expect(body).toStrictEqual({ code: '404000000', developerMessage: 'No such path' });
      expect(status).toBe(404);
    }
  });

  test('for the sandbox where it is off, which then says nothing about tokens either', async () => {
    const sandboxOff = await startApp(stack, { sandbox: false });
    const path = '/sandbox/messages?recipient=%2B306948530920';
    const answers = [
      await send(`${sandboxOff.url}${path}`, {}),
      await sandboxOff.client(application).request('GET', path),
    ];
    await sandboxOff.close();
    for (const { body } of answers) expect(body.code).toBe('404000000');
    expect((await api.request('GET', path)).status).toBe(200);
  });
});

test.each([
  ['GET /oauth/token', 'POST'],
  ['GET /2step', 'POST'],
  ['DELETE /2step/', 'POST'],
  ['HEAD /2step', 'POST'],
  ['PUT /2step/x', 'POST, HEAD, GET, DELETE'],
  ['PATCH /2step/x', 'POST, HEAD, GET, DELETE'],
  ['POST /accounts/me/balance', 'HEAD, GET'],
  ['DELETE /sandbox/messages', 'HEAD, GET'],
  ['POST /livez', 'HEAD, GET'],
  ['PROPFIND /readyz', 'HEAD, GET'],
])('405000000 for %s, with the methods it knows in Allow', async (request, allow) => {
  const [method = '', path = ''] = request.split(' ');
  const { status, body, headers } = await bare(method, path);
  expect(status).toBe(405);
  if (method !== 'HEAD')
    expect(body).toStrictEqual({ code: '405000000', developerMessage: 'Method not allowed on this path' });
  expect(headers.get('Allow')?.split(', ').sort()).toEqual(allow.split(', ').sort());
});

test('a trailing slash changes nothing', async () => {
  expect((await bare('POST', '/oauth/token/')).body.path).toBe('/oauth/token');
  expect((await api.json('POST', '/2step/', { method: 'sms', recipient: '+306948530920' })).body.status).toBe(
    'Pending',
  );
  for (const path of ['/accounts/me/balance/', '/livez/', '/sandbox/messages/?recipient=%2B306948530920']) {
    expect((await api.request('GET', path)).status).toBe(200);
  }
});

test('HEAD answers as GET does, without the body', async () => {
  const trackingId = await api.open();
  for (const path of [`/2step/${trackingId}`, '/accounts/me/balance', '/livez', '/2step/unknown']) {
    const [get, head] = [await api.request('GET', path), await api.request('HEAD', path)];
    expect([head.status, head.body]).toEqual([get.status, undefined]);
    expect(head.headers.get('Content-Length')).toBe(get.headers.get('Content-Length'));
  }
});

test('the balance is what is available, a number exact to 6 decimals, with its currency', async () => {
  const other = app.client(await stack.addApplication({ balance: 0.100001 }));
  await other.open();
  const { status, body } = await other.request('GET', '/accounts/me/balance');
  expect(body).toStrictEqual({ balance: 0.055001, currency: { code: 'EUR', name: 'Euro', sign: '€' } });
  expect(status).toBe(200);
});

test('the probes need no token', async () => {
  expect((await bare('GET', '/livez')).body).toEqual({ status: 'ok' });
  const { status, body } = await bare('GET', '/readyz');
  expect(body).toEqual({ status: 'ok', checks: { mongodb: true, temporal: true } });
  expect(status).toBe(200);
});

test('nothing that was sent, no code and nothing of the inside is in an error or in the log', async () => {
  const secrets = ['694853', '302101234567', 'topsecret', application.applicationSecret, application.accountId];
  const trackingId = await api.open();
  const code = await api.code(trackingId);
  const wrong = wrongCode(code);
  const errors = [
    await api.start({ recipient: '+302101234567', country: 'topsecret', arguments: { a: 'topsecret\n' } }),
    await api.start({ template: 'topsecret' }),
    await api.request('POST', '/2step', { headers: { 'Content-Type': 'application/json' }, body: '{"topsecret' }),
    await api.request('POST', `/2step/${trackingId}?answer=${wrong}`),
    await api.request('POST', `/2step/${trackingId}`, {
      body: new URLSearchParams([
        ['answer', code],
        ['answer', code],
      ]),
    }),
    await api.request('GET', '/2step/topsecret?answer=topsecret'),
    await bare('GET', '/topsecret?topsecret'),
    await bare('GET', '/accounts/me/balance', { Authorization: 'Bearer topsecret' }),
    await bare('POST', '/oauth/token', { Authorization: `Basic ${btoa('topsecret:topsecret')}` }),
    await bare('GET', '/sandbox/messages?recipient=topsecret', { 'X-Request-Id': '<topsecret>' }),
  ];
  await api.messages('+306948530920');
  await api.confirm(trackingId, code);
  for (const { status, body } of errors) {
    expect(status).toBeGreaterThanOrEqual(400);
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/ at |node_modules|\.ts|Error:|mongo|temporal/i);
    for (const secret of [...secrets, code, wrong]) expect(text).not.toContain(secret);
  }
  const log = app.log.join('');
  expect(log).toContain('"route":"/2step/:trackingId"');
  // A code of six digits may stand in an id or a time by chance, so it is looked for as a word only.
  const asWord = (text: string) => new RegExp(`(?<![\\w-])${text}(?![\\w-])`);
  for (const digits of [code, wrong]) expect(log).not.toMatch(asWord(digits));
  for (const secret of [...secrets, trackingId, 'Bearer', 'Basic', 'answer=']) expect(log).not.toContain(secret);
});
