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
  const [newest, now] = await Promise.all([workerLeases.findOne({}, { sort: { renewedAt: -1 } }), timeOf(db)]);
  return newest ? now.getTime() - newest.renewedAt.getTime() : Number.POSITIVE_INFINITY;
}

const COMMAND_NOT_FOUND = 59;

/** The clock of the database. The embedded one knows the command by its old name alone. */
async function timeOf(db: Database['db']): Promise<Date> {
  const { localTime } = await db.command({ hello: 1 }).catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== COMMAND_NOT_FOUND) throw error;
    return await db.command({ isMaster: 1 });
  });
  return localTime as Date;
}

/** Forgets workers that have not been seen for an hour. */
export async function forgetWorkers({ workerLeases }: Leases): Promise<void> {
  await workerLeases.deleteMany({ renewedAt: { $lt: new Date(Date.now() - FORGOTTEN_AFTER_MS) } });
}
