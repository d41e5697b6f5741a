// Logs an error nobody foresaw: its name and place only, since a message may quote what a caller sent.
import type { Logger } from './logger.ts';

/** For the app's `error` event. */
export function logUnexpected(logger: Pick<Logger, 'error'>): (error: unknown) => void {
  return (error) => {
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
    const at = stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8);
    logger.error({ error: name, at }, 'unexpected error');
  };
}
