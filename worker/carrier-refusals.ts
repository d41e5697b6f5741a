// What a carrier refused in this process, in its own words, for operators: a line of the log, an event, and the latest beside its health.
import {
  type Carrier,
  CarrierError,
  CarrierFault,
  CarrierRejected,
  CarrierUnavailable,
  toldReason,
} from '../carriers/carrier.ts';
import type { CarrierLogger } from '../carriers/registry.ts';
import type { CarrierRefusal } from '../domain/carrier.ts';
import type { CarrierRefused } from '../domain/event.ts';

/** The same is logged once in this time; in milliseconds. */
const LOG_EVERY_MS = 60_000;
const TELL_EVERY_MS = 3_600_000;
/** Kept, the latest first; more kinds in an hour are counted as none. */
const MOST_KINDS = 20;
const MOST_SHOWN = 5;

export interface Refusals {
  note(error: CarrierError, at?: Date): void;
  /** The latest, the newest first. */
  latest(): readonly CarrierRefusal[];
}

export interface RefusalDeps {
  readonly carrier: string;
  readonly worker: string;
  readonly logger: CarrierLogger;
  /** Keeps an event once. */
  tell(event: CarrierRefused, at: Date): Promise<unknown>;
}

interface Kind {
  refusal: CarrierRefusal;
  loggedAt: number;
  toldAt: number;
}

export function createRefusals({ carrier, worker, logger, tell }: RefusalDeps): Refusals {
  /** By what was said, the oldest first. */
  const kinds = new Map<string, Kind>();
  return {
    note(error, at = new Date()) {
      const { words } = error.said;
      const [reason, means] = [toldReason(error), meaningOf(error)];
      const key = `${means} ${reason}`;
      const before = kinds.get(key) ?? { refusal: undefined, loggedAt: 0, toldAt: 0 };
      const times = (before.refusal?.times ?? 0) + 1;
      const refusal: CarrierRefusal = { means, reason, ...(words !== undefined && { words }), times, at };
      const [log, event] = [
        at.getTime() - before.loggedAt >= LOG_EVERY_MS,
        at.getTime() - before.toldAt >= TELL_EVERY_MS,
      ];
      if (log) logger.warn('carrier did not take a message', { carrier, means, reason, words, times });
      if (event)
        void tell({ kind: 'carrierRefused', carrier, worker, reason, ...(words !== undefined && { words }) }, at).catch(
          () => undefined,
        );
      kinds.delete(key);
      kinds.set(key, {
        refusal,
        loggedAt: log ? at.getTime() : before.loggedAt,
        toldAt: event ? at.getTime() : before.toldAt,
      });
      for (const [oldest] of kinds) {
        if (kinds.size <= MOST_KINDS) break;
        kinds.delete(oldest);
      }
    },
    latest: () =>
      [...kinds.values()]
        .map(({ refusal }) => refusal)
        .reverse()
        .slice(0, MOST_SHOWN),
  };
}

/** The carrier, with what it does not take noted. */
export function withRefusals(carrier: Carrier, note: (error: CarrierError) => void): Carrier {
  return {
    ...carrier,
    async send(message, idempotencyKey) {
      try {
        return await carrier.send(message, idempotencyKey);
      } catch (error) {
        if (error instanceof CarrierError) note(error);
        throw error;
      }
    },
  };
}

function meaningOf(error: CarrierError): CarrierRefusal['means'] {
  if (error instanceof CarrierRejected) return 'rejected';
  if (error instanceof CarrierUnavailable) return 'unavailable';
  return error instanceof CarrierFault ? 'fault' : 'unknown';
}
