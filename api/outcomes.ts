// Waits for outcomes to appear in the projection: one look-up loop for all waiting requests of this process.
import { setTimeout as delay } from 'node:timers/promises';
import type { VerificationDocument } from '../store/documents.ts';

export interface OutcomeWatcher {
  /**
   * Resolves with what `read` makes of the verification's projection once that is not undefined, or with undefined at
   * `deadline` (ms since the epoch). A database that is away is waited for.
   */
  waitFor<T>(
    trackingId: string,
    read: (verification: VerificationDocument) => T | undefined,
    deadline: number,
  ): Promise<T | undefined>;
}

interface Waiter {
  readonly trackingId: string;
  take(verification: VerificationDocument): void;
}

/** Between look-ups, in milliseconds. */
const PAUSE_MS = 15;
/** After a look-up that failed, in milliseconds. */
const PAUSE_AFTER_ERROR_MS = 100;

type LookUp = (ids: readonly string[]) => Promise<VerificationDocument[]>;

export function createOutcomeWatcher(lookUp: LookUp): OutcomeWatcher {
  const waiters = new Set<Waiter>();
  let running = false;

  const look = async (): Promise<number> => {
    const ids = [...new Set([...waiters].map((waiter) => waiter.trackingId))];
    try {
      const found = new Map((await lookUp(ids)).map((verification) => [verification._id, verification]));
      for (const waiter of waiters) {
        const verification = found.get(waiter.trackingId);
        if (verification) waiter.take(verification);
      }
      return PAUSE_MS;
    } catch {
      return PAUSE_AFTER_ERROR_MS;
    }
  };
  const loop = async () => {
    running = true;
    while (waiters.size > 0) await delay(await look());
    running = false;
  };

  return {
    waitFor(trackingId, read, deadline) {
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(timer);
          waiters.delete(waiter);
        };
        const timer = setTimeout(
          () => {
            leave();
            resolve(undefined);
          },
          Math.max(deadline - Date.now(), 0),
        );
        const waiter: Waiter = {
          trackingId,
          take(verification) {
            try {
              const outcome = read(verification);
              if (outcome === undefined) return;
              leave();
              resolve(outcome);
            } catch (error) {
              leave();
              reject(error);
            }
          },
        };
        waiters.add(waiter);
        if (!running) void loop();
      });
    },
  };
}
