// What is said of a carrier's request whose signature does not fit: to whoever sent it little, to operators what to look at.
import { RefusedError } from '../domain/errors.ts';
import type { Logger } from './logger.ts';

/** Of one carrier it is logged once in this time; in milliseconds. */
const NOTE_EVERY_MS = 60_000;

/** Makes the refusal (`401000000`) and notes it: a wrong PUBLIC_URL or secret would else show only at the vendor. */
export function notGenuineRefusal(logger: Pick<Logger, 'warn'>): (carrier: string) => RefusedError {
  const notedAt = new Map<string, number>();
  return (carrier) => {
    if (Date.now() - (notedAt.get(carrier) ?? 0) >= NOTE_EVERY_MS) {
      notedAt.set(carrier, Date.now());
      logger.warn(
        { carrier },
        'refused what came for a carrier, since its signature is missing, wrong or too old: look at the secret it signs with, and that PUBLIC_URL is the address it calls',
      );
    }
    return new RefusedError('unauthorised', { sentence: 'The signature is missing, wrong or too old' });
  };
}
