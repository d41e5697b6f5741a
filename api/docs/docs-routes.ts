// Serves a document and a page that shows it; everything the page needs comes from here, nothing from the internet.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { RefusedError } from '../../domain/errors.ts';
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

const library = (name: string) => createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`);
const own = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const files: Readonly<Record<string, () => string>> = {
  'swagger-ui.css': () => library('swagger-ui.css'),
  'swagger-ui-bundle.js': () => library('swagger-ui-bundle.js'),
  'docs.css': () => own('docs.css'),
  'swagger.css': () => own('swagger.css'),
  'narrow.css': () => own('narrow.css'),
  'places.css': () => own('places.css'),
  'docs.js': () => own('docs.js'),
  'sandbox.mjs': () => own('sandbox.mjs'),
  'readable.mjs': () => own('readable.mjs'),
  'refusals.mjs': () => own('refusals.mjs'),
};

/** `GET <prefix>/openapi.json`, `GET <prefix>/docs` and what that page loads. */
export function docsRoutes(router: Router, prefix: string, title: string, document: OpenApiDocument): void {
  const text = JSON.stringify(document);
  const page = docsPage(title, prefix);
  const read = new Map<string, Buffer>();
  router.get(`${prefix}/openapi.json`, (ctx) => serve(ctx, 'json', text));
  router.get(`${prefix}/docs`, (ctx) => {
    ctx.set('Content-Security-Policy', POLICY);
    serve(ctx, 'html', page);
  });
  router.get(`${prefix}/docs/:file`, (ctx) => {
    const name = String(ctx.params.file);
    const place = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!place) throw new RefusedError('noSuchPath');
    const content = read.get(name) ?? readFileSync(place());
    read.set(name, content);
    serve(ctx, name.endsWith('.css') ? 'css' : 'js', content);
  });
}

function serve(ctx: Context, type: string, content: string | Buffer): void {
  ctx.set('X-Content-Type-Options', 'nosniff');
  ctx.set('Referrer-Policy', 'no-referrer');
  ctx.set('Cache-Control', 'no-cache');
  ctx.type = type;
  ctx.body = content;
}
