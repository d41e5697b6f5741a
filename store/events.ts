// What the operator may want to be told of, each kept once.
import type { CarrierChanged, CarrierConnection, CarrierRefused, UnknownOutcome } from '../domain/event.ts';
import type { LedgerRow } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { EventDocument } from './documents.ts';
import { findPage, type Page, type PageRequest, within } from './page.ts';

type Events = Pick<Database, 'events'>;

/** Keeps an event; true the first time only. */
async function note({ events }: Events, event: EventDocument): Promise<boolean> {
  try {
    await events.insertOne(event);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Keeps that a movement took the balance below its mark. Writes nothing for any other; true the first time only. */
export async function noteLowBalance(database: Events, row: LedgerRow): Promise<boolean> {
  const { accountId, seq, after: available, lowBalance, at } = row;
  if (lowBalance === undefined) return false;
  const _id = `${accountId}:lowBalance:${seq}`;
  return await note(database, { _id, kind: 'lowBalance', accountId, at, seq, available, lowBalance });
}

/** Keeps that a send was given back whose outcome nobody knows. */
export async function noteUnknownOutcome(
  database: Events,
  accountId: string,
  event: Omit<UnknownOutcome, 'kind'>,
): Promise<boolean> {
  const _id = `${event.trackingId}:unknownOutcome:${event.send}`;
  return await note(database, { _id, kind: 'unknownOutcome', accountId, at: new Date(), ...event });
}

/** Keeps that a verification was ended whose workflow is gone. */
export async function noteWorkflowGone(database: Events, accountId: string, trackingId: string): Promise<boolean> {
  const _id = `${trackingId}:workflowGone`;
  return await note(database, { _id, kind: 'workflowGone', accountId, at: new Date(), trackingId });
}

/** Keeps that another run of a verification was turned away. */
export async function noteRunAgain(
  database: Events,
  accountId: string | undefined,
  trackingId: string,
  run: string,
): Promise<boolean> {
  const _id = `${trackingId}:runAgain:${run}`;
  return await note(database, { _id, kind: 'runAgain', ...(accountId && { accountId }), at: new Date(), trackingId });
}

/** Keeps that totals and deletion wait for a verification that does not end. */
export async function noteHeldBack(database: Events, accountId: string, trackingId: string): Promise<boolean> {
  const _id = `${trackingId}:heldBack`;
  return await note(database, { _id, kind: 'heldBack', accountId, at: new Date(), trackingId });
}

/** Keeps that a carrier stopped or started taking messages. */
export async function noteCarrierChanged(database: Events, at: Date, event: CarrierChanged): Promise<boolean> {
  const _id = `${event.carrier}:${event.kind}:${at.getTime()}`;
  return await note(database, { _id, at, ...event });
}

/** Keeps that a carrier did not take a message; the same reason once an hour, whichever worker says so. */
export async function noteCarrierRefused(database: Events, at: Date, event: CarrierRefused): Promise<boolean> {
  const _id = `${event.carrier}:${event.kind}:${at.toISOString().slice(0, 13)}:${event.reason}`;
  return await note(database, { _id, at, ...event });
}

/** What was told last of a carrier's connections; null where nothing was. */
export async function lastConnectionEvent({ events }: Events, carrier: string): Promise<EventDocument | null> {
  const told = { carrier, kind: { $in: ['carrierDisconnected', 'carrierConnected'] as const } };
  return await events.findOne(told, { sort: { at: -1 } });
}

/** Keeps that a carrier has no connection, or has one. Of all that follow the same event one is kept, after it. */
export async function noteConnectionChanged(
  database: Events,
  now: Date,
  event: CarrierConnection,
  last: EventDocument | null,
): Promise<boolean> {
  // Clocks of workers differ, and the order of these events says what is told next.
  const at = last && last.at >= now ? new Date(last.at.getTime() + 1) : now;
  const _id = `${event.carrier}:${event.kind}:${last?.at.getTime() ?? 0}`;
  return await note(database, { _id, at, ...event });
}

export interface EventFilter {
  readonly kind?: EventDocument['kind'] | undefined;
  readonly accountId?: string | undefined;
  readonly trackingId?: string | undefined;
  /** `from` counts, `to` does not. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** A page of events, newest first. */
export async function listEvents(
  { events }: Events,
  { from, to, ...exact }: EventFilter,
  page: PageRequest,
): Promise<Page<EventDocument>> {
  const filter = { ...exact, at: within(from, to) };
  return await findPage(events, filter, { at: -1, _id: -1 }, page);
}

/** Events since an instant, oldest first. */
export async function eventsSince({ events }: Events, since: Date): Promise<EventDocument[]> {
  return await events
    .find({ at: { $gte: since } })
    .sort({ at: 1 })
    .toArray();
}
