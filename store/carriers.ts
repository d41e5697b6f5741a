// Reads of the carriers that operators configured; changes go through store/audited.ts.

import type { CarrierDocument } from './carrier-documents.ts';
import type { Database } from './database.ts';

type Carriers = Pick<Database, 'carriers'>;

/** Every carrier, by name. */
export async function allCarriers({ carriers }: Carriers): Promise<CarrierDocument[]> {
  return (await carriers.find().toArray()).sort((a, b) => a._id.localeCompare(b._id));
}

/** A carrier by its name, or null. */
export async function findCarrier({ carriers }: Carriers, name: string): Promise<CarrierDocument | null> {
  return await carriers.findOne({ _id: name });
}

/** The names of carriers to real networks. */
export async function realCarriers(database: Carriers): Promise<string[]> {
  return (await allCarriers(database)).filter(({ type }) => type !== 'sandbox').map(({ _id }) => _id);
}
