// Accounts, applications and prices: what the API reads before it starts anything.

import type { Method } from '../domain/phone.ts';
import type { Database } from './database.ts';
import type { AccountDocument, ApplicationDocument } from './documents.ts';

/** The account, or null. */
export async function findAccount({ accounts }: Database, id: string): Promise<AccountDocument | null> {
  return await accounts.findOne({ _id: id });
}

/** The application, or null. */
export async function findApplication({ applications }: Database, id: string): Promise<ApplicationDocument | null> {
  return await applications.findOne({ _id: id });
}

/** Price of one part to a country in micros, or null when the country is not served by that method. */
export async function findPrice({ prices }: Database, country: string, method: Method): Promise<number | null> {
  const row = await prices.findOne({ _id: `${country}:${method}` });
  return row ? row.price : null;
}
