// Tells whether a worker is up that would take up a start, so that callers need not wait to learn that none is.
import type { Database } from '../store/database.ts';
import { youngestLeaseMs } from '../store/worker-leases.ts';

/** Three renewals of a lease; in milliseconds. */
export const LEASE_MS = 15_000;
const REMEMBERED_MS = 1_000;

export type WorkerWatch = () => Promise<boolean>;

/**
 * Remembers for a second what the database says, and asks once for all who wait. A database that cannot be asked says nothing of
 * workers: the start itself will tell.
 */
export function createWorkerWatch(
  database: Pick<Database, 'db' | 'workerLeases'>,
  now: () => number = Date.now,
): WorkerWatch {
  let askedAt = Number.NEGATIVE_INFINITY;
  let answer: Promise<boolean> = Promise.resolve(true);
  return () => {
    if (now() - askedAt >= REMEMBERED_MS || now() < askedAt) {
      askedAt = now();
      answer = youngestLeaseMs(database).then(
        (age) => age < LEASE_MS,
        () => true,
      );
    }
    return answer;
  };
}
