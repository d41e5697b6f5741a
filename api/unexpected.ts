// Logs an error nobody foresaw: its name and place only, since a message may quote what a caller sent.
import type { Context } from 'koa';
import type { Logger } from './logger.ts';

/** For the app's `error` event. */
export function logUnexpected(logger: Pick<Logger, 'error'>): (error: unknown, ctx?: Context) => void {
  return (error, ctx) => {
    // Koa marks so what befell the connection once nothing could be answered any more: the line of the request tells of that.
    if ((error as { headerSent?: unknown } | null)?.headerSent === true) return;
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
    const at = stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8);
    logger.error({ requestId: ctx?.state.requestId, error: name, at }, 'unexpected error');
  };
}
