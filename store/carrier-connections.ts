// That a carrier has no connection, and that it has one: told once each, in turn, however many workers say so.
import { type CarrierHealth, CUT_OFF_AFTER_MS } from '../domain/carrier.ts';
import type { CarrierConnection } from '../domain/event.ts';
import { seenLately } from './carrier-health.ts';
import type { Database } from './database.ts';
import { lastConnectionEvent, noteConnectionChanged } from './events.ts';

type Stores = Pick<Database, 'carrierHealth' | 'events'>;

/** Keeps an event unless the last one says the same already. */
export async function noteDisconnected(database: Stores, health: CarrierHealth, at: Date): Promise<void> {
  await tell(database, 'carrierDisconnected', health, at);
}

/** Keeps an event where there is one to end. False while another worker has no connection: to be said again later. */
export async function noteConnected(database: Stores, health: CarrierHealth, at: Date): Promise<boolean> {
  const { carrier, worker } = health;
  const cutOffBefore = new Date(at.getTime() - CUT_OFF_AFTER_MS);
  const others = await database.carrierHealth.countDocuments(
    { carrier, worker: { $ne: worker }, 'connections.noneSince': { $lte: cutOffBefore }, seenAt: seenLately() },
    { limit: 1 },
  );
  if (others > 0) return false;
  await tell(database, 'carrierConnected', health, at);
  return true;
}

async function tell(
  database: Stores,
  kind: CarrierConnection['kind'],
  { carrier, worker, connections }: CarrierHealth,
  at: Date,
): Promise<void> {
  const last = await lastConnectionEvent(database, carrier);
  if ((last?.kind ?? 'carrierConnected') === kind) return;
  const reason = kind === 'carrierDisconnected' ? connections?.reason : undefined;
  await noteConnectionChanged(database, at, { kind, carrier, worker, ...(reason !== undefined && { reason }) }, last);
}
