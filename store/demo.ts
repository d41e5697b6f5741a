// Writes what a first run starts with; what is there already stays.
import type { LedgerOperation } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { AccountDocument, ApplicationDocument, PriceDocument } from './documents.ts';
import { moveFunds } from './funds.ts';

/** Few enough to stay within the operation time-out on a database that has just started. */
const INSERTED_AT_ONCE = 50;

/** Prices that are missing; an operator's own stay as they are. */
export async function addMissingPrices({ prices }: Database, rows: readonly PriceDocument[]): Promise<void> {
  const there = new Set((await prices.find({}, { projection: { _id: 1 } }).toArray()).map((row) => row._id));
  const missing = rows.filter((row) => !there.has(row._id));
  for (let from = 0; from < missing.length; from += INSERTED_AT_ONCE) {
    await prices.insertMany(missing.slice(from, from + INSERTED_AT_ONCE));
  }
}

/** The account with its first balance, once. */
export async function addAccount(database: Database, account: AccountDocument, topUp: LedgerOperation): Promise<void> {
  try {
    await database.accounts.insertOne(account);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  await moveFunds(database, account._id, topUp);
}

export async function addApplication({ applications }: Database, application: ApplicationDocument): Promise<void> {
  await applications.insertOne(application);
}
