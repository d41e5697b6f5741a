// What is asked for with every receipt that comes over HTTP.
import type { Database } from './database.ts';
import type { CarrierDocument } from './documents.ts';

/** The type of a carrier and what its receipts are let in by, or null. */
export async function findReceiptSecret(
  { carriers }: Pick<Database, 'carriers'>,
  carrier: string,
): Promise<Pick<CarrierDocument, 'type' | 'receiptSecret'> | null> {
  return await carriers.findOne({ _id: carrier }, { projection: { type: 1, receiptSecret: 1 } });
}
