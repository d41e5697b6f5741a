// What HTTP itself asks of a request: the server is told to leave both to us, since its own answers would be bare.
import type { Middleware } from 'koa';
import { RefusedError } from '../../domain/errors.ts';

/** As the server reads it: whoever expects this, among other things, is told to go on. */
const CONTINUE = /(?:^|\W)100-continue(?:$|\W)/i;

/** 400 without a Host (RFC 9112 3.2), 417 for an expectation nobody knows (RFC 9110 10.1.1). */
export function protocol(): Middleware {
  return async function keepProtocol(ctx, next) {
    const { httpVersion, headers } = ctx.req;
    if (httpVersion === '1.1' && headers.host === undefined) throw new RefusedError('malformedRequest');
    if (headers.expect !== undefined && !CONTINUE.test(headers.expect)) throw new RefusedError('expectationFailed');
    await next();
  };
}
