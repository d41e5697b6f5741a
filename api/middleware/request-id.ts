// Gives every request an id and an arrival time, and every answer its X-Request-Id.
import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';

/** Takes over a caller's id when it is harmless in logs, else draws one. */
export function requestId(): Middleware {
  return async function identify(ctx, next) {
    const given = ctx.get('X-Request-Id');
    ctx.state.requestId = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    ctx.state.receivedAt = Date.now();
    ctx.set('X-Request-Id', ctx.state.requestId);
    await next();
  };
}
