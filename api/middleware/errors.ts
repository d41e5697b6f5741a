// Turns whatever is thrown into the contract's error body; nobody else writes one.
import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import type { Context, Middleware } from 'koa';
import { MongoError } from 'mongodb';
import { type ErrorName, type ErrorSentences, errorRow, RefusedError } from '../../domain/errors.ts';
import { ClientGone } from '../body/read-bytes.ts';
import { EngineUnavailable } from '../engine.ts';
import { statusByServer } from '../listener/own-answers.ts';
import type { Logger } from '../logger.ts';

/** The same trouble is logged once in this time; in milliseconds. */
const NOTE_EVERY_MS = 10_000;
/** Goes to nobody: what logs have for a client that hung up, since nginx began it. */
const CLIENT_GONE = 499;
/** Seconds after which an outage is worth another try. */
const RETRY_AFTER_SECONDS = 2;

/**
 * The outermost middleware after request id and log. Errors nobody foresaw are reported once and answered bare.
 * @param sentences words of this API in the place of the table's
 */
export function answerErrors(logger: Pick<Logger, 'warn'>, sentences: ErrorSentences = {}): Middleware {
  const note = outageLog(logger);
  return async function errors(ctx, next) {
    try {
      await next();
      // Where no route answered, the router leaves a bare status, and the methods a path knows in Allow.
      const unanswered = ctx.body === undefined && namesByStatus[ctx.status];
      if (unanswered) throw new RefusedError(unanswered);
    } catch (error) {
      if (error instanceof ClientGone) {
        ctx.status = statusByServer(ctx.res) ?? CLIENT_GONE;
        return;
      }
      const refused = asRefusal(error);
      if (refused.errorName === 'internal') ctx.app.emit('error', error, ctx);
      else if (!(error instanceof RefusedError) && refused.errorName === 'unavailable') note(error);
      answer(ctx, refused, sentences);
    }
  };
}

/** Names an outage at most once in a while: by class and code alone, since messages quote documents and addresses. */
function outageLog(logger: Pick<Logger, 'warn'>): (error: unknown) => void {
  const notedAt = new Map<string, number>();
  return (error) => {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const { name } = cause instanceof Error ? cause : { name: typeof cause };
    const { code } = cause as { code?: unknown };
    const key = `${name} ${code}`;
    if (Date.now() - (notedAt.get(key) ?? 0) < NOTE_EVERY_MS) return;
    notedAt.set(key, Date.now());
    logger.warn({ error: name, code }, 'database or engine do not serve');
  };
}

function answer(ctx: Context, refused: RefusedError, sentences: ErrorSentences): void {
  const { errorName, properties, retryAfterSeconds, sentence } = refused;
  const { code, status, ...row } = errorRow(errorName);
  const developerMessage = sentence ?? sentences[errorName] ?? row.developerMessage;
  ctx.status = status;
  if (retryAfterSeconds !== undefined) ctx.set('Retry-After', String(retryAfterSeconds));
  if (status === 401) ctx.set('WWW-Authenticate', 'Bearer');
  ctx.body = { code, developerMessage, ...(properties && { properties }) };
}

const namesByStatus: Readonly<Record<number, ErrorName>> = {
  400: 'malformedRequest',
  404: 'noSuchPath',
  405: 'methodNotAllowed',
  413: 'bodyTooLarge',
  415: 'unsupportedMediaType',
  501: 'methodNotAllowed',
};

/** Whether nobody foresaw it: a fault of ours. */
export const isUnforeseen = (error: unknown): boolean =>
  !(error instanceof ClientGone) && asRefusal(error).errorName === 'internal';

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
