// Serves a document as JSON.
import type Router from '@koa/router';
import type { OpenApiDocument } from './document.ts';

/** `GET <prefix>/openapi.json`. */
export function documentRoutes(router: Router, prefix: string, document: OpenApiDocument): void {
  const text = JSON.stringify(document);
  router.get(`${prefix}/openapi.json`, (ctx) => {
    ctx.type = 'json';
    ctx.body = text;
  });
}
