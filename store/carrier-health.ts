// How carriers are doing in each worker process: kept for operators, and told to them once per opening of a circuit.
import type { CarrierHealth } from '../domain/carrier.ts';
import type { CarrierHealthDocument } from './carrier-documents.ts';
import type { Database } from './database.ts';
import { noteCarrierChanged } from './events.ts';

type Health = Pick<Database, 'carrierHealth' | 'events'>;

/** A worker that was not seen for so long is gone, in ms; it is seen far more often. */
const SEEN_WITHIN_MS = 60_000;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
/** More are not shown. */
const MAX_SHOWN = 50;

/** Matches what a worker said that still runs. */
export const seenLately = () => ({ $gt: new Date(Date.now() - SEEN_WITHIN_MS) });

/** Keeps how a carrier is doing here, from when it is first run. */
export async function keepHealth({ carrierHealth }: Health, health: CarrierHealth): Promise<void> {
  const _id = `${health.carrier}:${health.worker}`;
  await carrierHealth.replaceOne({ _id }, { ...health, seenAt: new Date() }, { upsert: true });
}

/** Takes it away, when the carrier is run here no longer; forgets workers that are long gone, too. */
export async function dropHealth({ carrierHealth }: Health, carrier: string, worker: string): Promise<void> {
  await carrierHealth.deleteOne({ _id: `${carrier}:${worker}` });
  await carrierHealth.deleteMany({ seenAt: { $lt: new Date(Date.now() - FORGOTTEN_AFTER_MS) } });
}

/** Keeps a change, and an event for the first worker whose circuit opens and the last one whose circuit closes. */
export async function noteHealth(database: Health, health: CarrierHealth): Promise<void> {
  await keepHealth(database, health);
  const { carrier, worker, state } = health;
  const others = await database.carrierHealth.countDocuments(
    { carrier, worker: { $ne: worker }, state: { $ne: 'closed' }, seenAt: seenLately() },
    { limit: 1 },
  );
  if (others > 0) return;
  const kind =
    state === 'unusable' ? 'carrierUnusable' : state === 'open' ? 'carrierCircuitOpened' : 'carrierCircuitClosed';
  await noteCarrierChanged(database, health.since, {
    kind,
    carrier,
    worker,
    ...(health.reason !== undefined && { reason: health.reason }),
  });
}

/** How carriers are doing wherever they are run; of one of them, or of all. */
export async function currentHealth(
  { carrierHealth }: Pick<Database, 'carrierHealth'>,
  carrier?: string,
): Promise<CarrierHealthDocument[]> {
  return await carrierHealth
    .find({ ...(carrier !== undefined && { carrier }), seenAt: seenLately() })
    .sort({ since: -1 })
    .limit(MAX_SHOWN)
    .toArray();
}
