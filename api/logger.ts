// The api's log: JSON lines; never a query string, a body, a header or a phone number.
import { type Logger, pino } from 'pino';

export type { Logger };

export function createLogger(level: string): Logger {
  return pino({ level, base: { process: 'api' }, timestamp: pino.stdTimeFunctions.isoTime });
}
