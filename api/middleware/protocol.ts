// What HTTP itself asks of a request: the server is told to leave it to us, since its own answers would be bare.
import type { IncomingMessage } from 'node:http';
import type { Context, Middleware } from 'koa';
import { RefusedError } from '../../domain/errors.ts';

/** As the server reads it: whoever expects this, among other things, is told to go on. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/** 400 without one Host (RFC 9112 3.2) or a target that can be read, 417 for an expectation nobody knows (RFC 9110 10.1.1). */
export function protocol(): Middleware {
  return async function keepProtocol(ctx, next) {
    const { expect } = ctx.req.headers;
    if (!hasItsHost(ctx.req) || !hasPath(ctx)) throw new RefusedError('malformedRequest');
    if (expect !== undefined && !CONTINUE.test(expect)) throw new RefusedError('expectationFailed');
    await next();
  };
}

/** HTTP/1.0 knew none. */
function hasItsHost({ httpVersion, rawHeaders }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0');
}

/** A target may be a whole URL, and that one no URL at all. */
function hasPath(ctx: Context): boolean {
  try {
    return typeof ctx.path === 'string';
  } catch {
    return false;
  }
}
