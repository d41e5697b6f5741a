// Which worker processes are up: each renews a lease, by the clock of the database, since those of hosts differ.
import type { Database } from './database.ts';

type Leases = Pick<Database, 'workerLeases'>;

/** What is older was left by a process that was killed, long ago. */
const FORGOTTEN_AFTER_MS = 3_600_000;

/** Makes or renews the lease of a worker. */
export async function renewWorkerLease({ workerLeases }: Leases, _id: string): Promise<void> {
  await workerLeases.updateOne({ _id }, { $currentDate: { renewedAt: true } }, { upsert: true });
}

/** Gives it back, so that nobody counts on a worker that stops. */
export async function dropWorkerLease({ workerLeases }: Leases, _id: string): Promise<void> {
  await workerLeases.deleteOne({ _id });
}

/** How long ago the newest lease was renewed, in ms; infinite where there is none. */
export async function youngestLeaseMs({ db, workerLeases }: Pick<Database, 'db' | 'workerLeases'>): Promise<number> {
  const [newest, { localTime }] = await Promise.all([
    workerLeases.findOne({}, { sort: { renewedAt: -1 } }),
    db.command({ hello: 1 }),
  ]);
  if (!newest) return Number.POSITIVE_INFINITY;
  return (localTime as Date).getTime() - newest.renewedAt.getTime();
}

/** Forgets workers that have not been seen for an hour. */
export async function forgetWorkers({ workerLeases }: Leases): Promise<void> {
  await workerLeases.deleteMany({ renewedAt: { $lt: new Date(Date.now() - FORGOTTEN_AFTER_MS) } });
}
