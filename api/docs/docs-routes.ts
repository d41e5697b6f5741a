// Serves a document and a page that shows it; everything the page needs comes from here, nothing from the internet.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { OpenApiDocument } from '../openapi/document.ts';
import { docsPage } from './page.ts';

/** Nothing but this server's own files runs, is shown or is asked. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const library = (name: string) =>
  join(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'), '..', name);
const own = (name: string) => new URL(name, import.meta.url);

const assets = {
  'swagger-ui.css': () => library('swagger-ui.css'),
  'swagger-ui-bundle.js': () => library('swagger-ui-bundle.js'),
  'docs.css': () => own('docs.css'),
  'docs.js': () => own('docs.js'),
} as const;

/** `GET <prefix>/openapi.json`, `GET <prefix>/docs` and what that page loads. */
export function docsRoutes(router: Router, prefix: string, title: string, document: OpenApiDocument): void {
  const text = JSON.stringify(document);
  const page = docsPage(title, prefix);
  router.get(`${prefix}/openapi.json`, (ctx) => serve(ctx, 'json', text));
  router.get(`${prefix}/docs`, (ctx) => {
    ctx.set('Content-Security-Policy', POLICY);
    serve(ctx, 'html', page);
  });
  for (const [name, place] of Object.entries(assets)) {
    let content: Buffer | undefined;
    router.get(`${prefix}/docs/${name}`, (ctx) => {
      content ??= readFileSync(place());
      serve(ctx, name.endsWith('.css') ? 'css' : 'js', content);
    });
  }
}

function serve(ctx: Context, type: string, content: string | Buffer): void {
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', 'no-referrer');
  ctx.set('Cache-Control', 'no-cache');
  ctx.type = type;
  ctx.body = content;
}
