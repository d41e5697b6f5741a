// The documentation page: everything it needs comes from this server, under whatever prefix, and nothing else may.
import Router from '@koa/router';
import Koa from 'koa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import { docsRoutes } from '../../api/docs/docs-routes.ts';
import { publicDocument } from '../../api/openapi/public-document.ts';
import { publicOperations, type RouteDeps } from '../../api/routes.ts';
import { fixedRing } from '../support/key-rings.ts';
import { type Listening, listen } from '../support/listen.ts';

const logger = { info() {}, warn() {}, error() {} };
const document = publicDocument(publicOperations({ sandbox: true }));
const served: Record<string, Listening> = {};

beforeAll(async () => {
  served[''] = await listen(
    createApp({ sandbox: true, ring: fixedRing('k1'), logger, trustedProxies: [] as string[] } as unknown as RouteDeps),
  );
  const router = new Router();
  docsRoutes(router, '/admin', 'Admin', document);
  const app = new Koa();
  app.use(router.routes());
  served['/admin'] = await listen(app);
});
afterAll(() => Promise.all(Object.values(served).map((each) => each.close())));

describe.each(['', '/admin'])('under the prefix "%s"', (prefix) => {
  const get = (path: string) => fetch(`${served[prefix]?.url}${path}`);

  test('the page and all it names are served, by names under that prefix alone', async () => {
    const page = await get(`${prefix}/docs`);
    expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    const named = [...html.matchAll(/(?:src|href|data-document)="([^"]*)"/g)].map(([, place = '']) => place);
    expect(named.filter((place) => !place.startsWith(`${prefix}/`))).toEqual(['data:,']);
    for (const place of named.filter((each) => each.startsWith('/'))) {
      const { status, headers } = await get(place);
      expect([place, status, headers.get('X-Content-Type-Options')]).toEqual([place, 200, 'nosniff']);
    }
    expect(await (await get(`${prefix}/openapi.json`)).json()).toEqual(document);
  });

  test('nothing inline runs, and nothing may be asked of anybody else', async () => {
    const page = await get(`${prefix}/docs`);
    const policy = page.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|http|\*/);
    expect(await page.text()).not.toMatch(/<script>|<style>|style="|https?:/);
    for (const file of ['docs.js', 'readable.mjs', 'refusals.mjs', 'docs.css', 'swagger.css', 'narrow.css']) {
      expect(await (await get(`${prefix}/docs/${file}`)).text()).not.toMatch(/https?:|@import/);
    }
  });
});

test('a file the page does not need is 404000000, whatever its name', async () => {
  for (const name of ['package.json', '..%2Fpackage.json', '__proto__', 'constructor']) {
    const { status, headers } = await fetch(`${served['']?.url}/docs/${name}`);
    expect([status, headers.get('Content-Type')]).toEqual([404, 'application/json; charset=utf-8']);
  }
});

describe('what the page shows of the document', () => {
  // biome-ignore lint/suspicious/noExplicitAny: a document is looked into by path.
  let shown: any;
  beforeAll(async () => {
    // By its address as the browser has it; it has no types.
    const { readable } = await import(new URL('../../api/docs/readable.mjs', import.meta.url).href);
    shown = readable(document);
  });

  test('is one form of each value: the text beside an integer, other cases of a word and what counts as absent are left out', () => {
    const { method, digits, template, arguments: named } = shown.components.schemas.StartFields.properties;
    expect(method).toEqual({ type: 'string', enum: ['sms', 'voice'], description: expect.any(String) });
    expect(digits).toEqual({ type: 'integer', minimum: 4, maximum: 10, description: expect.any(String) });
    expect(template).toEqual({ type: 'string', maxLength: 1000, description: expect.any(String) });
    expect(named.type).toBe('object');
    expect(JSON.stringify(shown.paths)).not.toContain('Absent');
    const period = shown.paths['/2step/reports'].get.parameters.find(({ name }: { name: string }) => name === 'from');
    expect(period.schema).toEqual({ type: 'string', format: 'date-time or date' });
  });

  test('has no section without operations, and keeps the webhook', () => {
    const names = shown.tags.map(({ name }: { name: string }) => name);
    expect(names).toContain('Verification');
    expect(names).not.toContain('Callback');
    expect(shown.webhooks).toHaveProperty('verificationEnded');
  });
});
