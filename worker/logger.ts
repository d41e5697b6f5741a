// The worker's log: the SDK's own logger, written as JSON lines by pino.
import { DefaultLogger } from '@temporalio/worker';
import { pino } from 'pino';

/** A logger for `Runtime.install`; `trace` logs the SDK at its own finest level. */
export function createWorkerLogger(level: string): DefaultLogger {
  const log = pino({ level, base: { process: 'worker' }, timestamp: pino.stdTimeFunctions.isoTime });
  const sdkLevel =
    level === 'error'
      ? 'ERROR'
      : level === 'warn'
        ? 'WARN'
        : level === 'trace'
          ? 'TRACE'
          : level === 'debug'
            ? 'DEBUG'
            : 'INFO';
  return new DefaultLogger(sdkLevel, (entry) => {
    const method = entry.level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error';
    log[method](plainMeta(entry.meta), entry.message);
  });
}

/** Errors by name and type only: a message may quote what a caller sent. */
function plainMeta(meta: Record<string | symbol, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(meta ?? {})
      .filter(([, value]) => typeof value !== 'bigint')
      .map(([name, value]) => [name, value instanceof Error ? describe(value) : value]),
  );
}

function describe(error: Error): string {
  const type = (error as { type?: unknown }).type;
  return typeof type === 'string' ? `${error.name} (${type})` : error.name;
}
