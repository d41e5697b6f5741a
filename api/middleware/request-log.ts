// One line per request: method, route pattern, status, time. Never the path as sent, the query, a header or a body.
import type { Middleware } from 'koa';
import proxyAddr from 'proxy-addr';
import type { Logger } from '../logger.ts';

/** Logs each answer. The client is the peer, or what a trusted proxy says it is. */
export function requestLog(logger: Logger, trustedProxies: readonly string[]): Middleware {
  const trust = proxyAddr.compile([...trustedProxies]);
  return async function log(ctx, next) {
    await next();
    const ms = Date.now() - ctx.state.receivedAt;
    const route = (ctx as { _matchedRoute?: unknown })._matchedRoute ?? 'none';
    const { requestId } = ctx.state;
    const hungUp = ctx.res.destroyed || ctx.req.socket.destroyed;
    logger.info(
      { requestId, method: ctx.method, route, status: ctx.status, ms, client: proxyAddr(ctx.req, trust) },
      hungUp ? 'request whose client hung up' : 'request',
    );
  };
}
