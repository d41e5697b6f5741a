// Says for as long as this process takes up verifications that it does; the API turns starts away where nobody says so.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '../store/database.ts';
import { dropWorkerLease, forgetWorkers, renewWorkerLease } from '../store/worker-leases.ts';

const RENEW_EVERY_MS = 5_000;

export interface WorkerLease {
  /** Resolves once nobody counts on this process any more, or the database is away. */
  end(): Promise<void>;
}

/** Resolves once the lease stands. A database that is away later is asked again each time. */
export async function holdWorkerLease(database: Database): Promise<WorkerLease> {
  const id = `${process.pid}@${hostname()} ${randomUUID()}`;
  await renewWorkerLease(database, id);
  await forgetWorkers(database).catch(() => undefined);
  // One renewal at a time, or one that hung would bring the lease back after its end.
  let last = Promise.resolve();
  const renew = () => {
    last = last.then(() => renewWorkerLease(database, id)).catch(() => undefined);
  };
  const timer = setInterval(renew, RENEW_EVERY_MS).unref();
  return {
    async end() {
      clearInterval(timer);
      await last;
      await dropWorkerLease(database, id).catch(() => undefined);
    },
  };
}
