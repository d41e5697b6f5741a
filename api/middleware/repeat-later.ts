// A carrier whose report meets a fault of ours is answered 503: every vendor repeats that, and Vonage's Voice API no other error.
import type { Middleware } from 'koa';
import { RefusedError } from '../../domain/errors.ts';
import { isUnforeseen } from './errors.ts';

/** Longer than a hiccup, and soon enough for those who heed it. */
const RETRY_AFTER_SECONDS = 60;

export const repeatLater: Middleware = async function repeatLater(ctx, next) {
  try {
    await next();
  } catch (error) {
    if (!isUnforeseen(error)) throw error;
    ctx.app.emit('error', error, ctx);
    throw new RefusedError('unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
};
