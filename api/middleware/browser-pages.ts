// Shows a small page where a person opens an address in a browser; programs are answered as ever.
import type { Context, Middleware } from 'koa';

/** Nothing but this server's own files runs, is shown or is asked. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** @param pages HTML by path; stands before the routes, so that they and their methods stay as they are. */
export function browserPages(pages: Readonly<Record<string, string>>): Middleware {
  const byPath = new Map(Object.entries(pages));
  return async function showPage(ctx, next) {
    const page = byPath.get(ctx.path.replace(/([^/])\/$/, '$1'));
    if (page === undefined || !isBrowser(ctx)) return await next();
    ctx.set('Content-Security-Policy', POLICY);
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('Referrer-Policy', 'no-referrer');
    ctx.set('Cache-Control', 'no-store');
    ctx.vary('Accept');
    ctx.type = 'html';
    ctx.body = page;
  };
}

/** Somebody who prefers HTML; whoever brings credentials is a program. */
function isBrowser(ctx: Context): boolean {
  return ctx.method === 'GET' && ctx.get('Authorization') === '' && ctx.accepts('json', 'html') === 'html';
}
