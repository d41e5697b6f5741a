// The small pages for browsers: what `npm start` prints opens, and programs are answered as ever.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdminApp } from '../../api/admin/app.ts';
import type { AdminDeps } from '../../api/admin/endpoint.ts';
import { createApp } from '../../api/app.ts';
import type { RouteDeps } from '../../api/routes.ts';
import { describePlaces } from '../../local/supervisor/places.ts';
import { fixedRing } from '../support/key-rings.ts';
import { type Listening, listen } from '../support/listen.ts';

const CHROME = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const browsers = [
  CHROME,
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'text/html, application/xhtml+xml, image/jxr, */*',
  'text/html',
  'TEXT/HTML, application/json;q=0.5',
];
const programs = [
  undefined,
  '*/*',
  'application/json',
  'application/json, text/plain, */*',
  'application/json, text/html;q=0.9',
  'text/html;q=0, */*',
  'application/xml',
];

const served: Record<string, Listening> = {};
beforeAll(async () => {
  const logger = { info() {}, warn() {}, error() {} };
  const deps = { ring: fixedRing('k1'), logger, trustedProxies: [] };
  const make = (sandbox: boolean) => createApp({ ...deps, sandbox } as unknown as RouteDeps);
  served.api = await listen(make(true));
  served.withoutSandbox = await listen(make(false));
  served.admin = await listen(createAdminApp(deps as unknown as AdminDeps));
});
afterAll(() => Promise.all(Object.values(served).map((each) => each.close())));

const pages = [
  ['api', '/', 404],
  ['api', '/sandbox/messages', 401],
  ['api', '/sandbox/messages/', 401],
  ['withoutSandbox', '/', 404],
  ['admin', '/', 404],
  ['admin', '/admin', 404],
  ['admin', '/admin/', 404],
] as const;

async function ask(listener: string, path: string, accept?: string, init: RequestInit = {}) {
  // Fetch sends */* where nothing is said, so nothing is said by an empty text.
  const headers = { Accept: accept ?? '', ...init.headers };
  const answer = await fetch(`${served[listener]?.url}${path}`, { ...init, headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe.each(pages)('%s %s', (listener, path, refused) => {
  test.each(browsers)('is a page to a browser that accepts %s', async (accept) => {
    const { status, headers, text } = await ask(listener, path, accept);
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<h1>');
    expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; /);
    expect(headers.get('Content-Security-Policy')).not.toMatch(/unsafe|http|\*/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Request-Id')).not.toBeNull();
    expect(headers.get('Vary')).toMatch(/accept/i);
  });

  test.each(programs)('is the refusal it always was to a program that accepts %s', async (accept) => {
    const { status, headers, text } = await ask(listener, path, accept);
    expect([status, headers.get('Content-Type')]).toEqual([refused, 'application/json; charset=utf-8']);
    expect(JSON.parse(text).code).toBe(`${refused}000000`);
  });

  test('is no page to whoever brings credentials or asks by another method', async () => {
    const bearer = { headers: { Authorization: 'Bearer x.y.z' } };
    expect((await ask(listener, path, CHROME, bearer)).status).toBe(refused);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status } = await ask(listener, path, CHROME, { method });
      expect([method, status]).toEqual([method, refused === 401 ? 405 : 404]);
    }
  });

  test('runs nothing inline, asks nobody else, and every place it names opens', async () => {
    const { text } = await ask(listener, path, CHROME);
    expect(text).not.toMatch(/<script>|<style>|style="|https?:|onclick/);
    const named = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, place = '']) => place);
    expect(named.length).toBeGreaterThan(3);
    for (const place of named.filter((each) => each !== 'data:,')) {
      expect(place).toMatch(/^\//);
      // What the readiness probe asks is not there.
      if (place !== '/readyz') expect([place, (await ask(listener, place, CHROME)).status]).toEqual([place, 200]);
    }
  });
});

test.each(['/nowhere', '/index.html', '/2step', '/sandbox', '/admin', '//', '/livez/x'])(
  'a browser is told by JSON that %s is not there',
  async (path) => {
    const { status, headers } = await ask('api', path, CHROME);
    expect([404, 405]).toContain(status);
    expect(headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  },
);

test('where the sandbox is off, its page is not there, and nothing names it', async () => {
  const { status, text } = await ask('withoutSandbox', '/sandbox/messages', CHROME);
  expect([status, JSON.parse(text).code]).toEqual([404, '404000000']);
  expect((await ask('withoutSandbox', '/', CHROME)).text).not.toContain('sandbox');
});

test('every address of ours that npm start prints opens in a browser', async () => {
  const demo = { accountId: 'demo', applicationId: 'application' };
  const { api, admin } = served;
  if (!api || !admin) throw new Error('not listening');
  const servers = { temporalUi: undefined, temporalAddress: '127.0.0.1:7233', mongodbUrl: 'mongodb://127.0.0.1' };
  const block = describePlaces(
    '.',
    { ...servers, api: api.url, admin: { url: admin.url }, demo },
    { created: false, demo },
  );
  const printed = block.match(/http:\S+/g) ?? [];
  expect(printed.length).toBe(5);
  for (const address of printed) {
    const answer = await fetch(address, { headers: { Accept: CHROME } });
    expect([address, answer.status, answer.headers.get('Content-Type')]).toEqual([
      address,
      200,
      'text/html; charset=utf-8',
    ]);
  }
});

test('what the pages load asks nobody else and keeps nothing', () => {
  for (const file of ['places.css', 'sandbox.mjs']) {
    expect(readFileSync(`api/docs/${file}`, 'utf8')).not.toMatch(
      /https?:|@import|localStorage|sessionStorage|cookie|innerHTML/,
    );
  }
});
