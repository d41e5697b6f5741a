// Headers that every answer carries, for browsers and caches: documents alone may be kept.
import type { Middleware } from 'koa';

export function safeHeaders(): Middleware {
  return async function setSafeHeaders(ctx, next) {
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Content-Type-Options', 'nosniff');
    await next();
  };
}
