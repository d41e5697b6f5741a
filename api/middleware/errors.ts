// Turns whatever is thrown into the contract's error body; nobody else writes one.
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { Context, Middleware } from 'koa';
import { MongoError } from 'mongodb';
import { type ErrorName, errorRow, RefusedError } from '../../domain/errors.ts';
import { EngineUnavailable } from '../engine.ts';

/** Seconds after which an outage is worth another try. */
const RETRY_AFTER_SECONDS = 2;

/** The outermost middleware after request id and log. Errors nobody foresaw are reported once and answered bare. */
export function answerErrors(): Middleware {
  return async function errors(ctx, next) {
    try {
      await next();
      // Where no route answered, the router leaves a bare status, and the methods a path knows in Allow.
      const unanswered = ctx.body === undefined && namesByStatus[ctx.status];
      if (unanswered) throw new RefusedError(unanswered);
    } catch (error) {
      const refused = asRefusal(error);
      if (refused.errorName === 'internal') ctx.app.emit('error', error, ctx);
      answer(ctx, refused);
    }
  };
}

function answer(ctx: Context, { errorName, properties, retryAfterSeconds }: RefusedError): void {
  const { code, status, developerMessage } = errorRow(errorName);
  ctx.status = status;
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
  if (status === 401) ctx.set('WWW-Authenticate', 'Bearer');
  ctx.body = { code, developerMessage, ...(properties && { properties }) };
}

const namesByStatus: Readonly<Record<number, ErrorName>> = {
  404: 'noSuchPath',
  405: 'methodNotAllowed',
  413: 'bodyTooLarge',
  415: 'unsupportedMediaType',
  501: 'methodNotAllowed',
};

function asRefusal(error: unknown): RefusedError {
  if (error instanceof RefusedError) return error;
  // Database or engine away: nothing of their messages leaves, they may quote documents and addresses.
  if (error instanceof MongoError || isEngineTrouble(error)) {
    return new RefusedError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  const status = (error as { status?: unknown } | null)?.status;
  return new RefusedError((typeof status === 'number' && namesByStatus[status]) || 'internal');
}

/** Low-level calls of the client throw what gRPC said, its workflow calls wrap that. */
function isEngineTrouble(error: unknown): boolean {
  if (error instanceof EngineUnavailable) return true;
  return isGrpcServiceError(error) || (error instanceof ServiceError && isGrpcServiceError(error.cause));
}
