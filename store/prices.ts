// The price list: what the customer pays for one part, by country and method.
import { type Method, methods } from '../domain/method.ts';
import type { ListedPrice } from '../domain/price-list.ts';
import type { Database } from './database.ts';
import type { PriceDocument } from './documents.ts';

type Prices = Pick<Database, 'prices'>;

/** The `_id` of a price row. */
export const priceId = (country: string, method: Method) => `${country}:${method}`;

/** Prices of one part to a country in micros, for the methods it is served by. */
export async function findPrices({ prices }: Prices, country: string): Promise<Partial<Record<Method, number>>> {
  const rows = await prices.find({ _id: { $in: methods.map((method) => priceId(country, method)) } }).toArray();
  const byId = new Map(rows.map((row) => [row._id, row.price]));
  const found = methods.flatMap((method) => {
    const price = byId.get(priceId(country, method));
    return price === undefined ? [] : [[method, price] as const];
  });
  return Object.fromEntries(found);
}

/** One row of the list, or null. */
export async function findPrice(
  { prices }: Prices,
  { country, method }: Pick<ListedPrice, 'country' | 'method'>,
): Promise<PriceDocument | null> {
  return await prices.findOne({ _id: priceId(country, method) });
}

/** The whole list. */
export async function allPrices({ prices }: Prices): Promise<PriceDocument[]> {
  return await prices.find().toArray();
}

/** Puts a price in the place of the one that stands, or adds it. */
export async function savePrice({ prices }: Prices, price: ListedPrice): Promise<void> {
  const _id = priceId(price.country, price.method);
  await prices.replaceOne({ _id }, price, { upsert: true });
}

export async function removePrice(
  { prices }: Prices,
  { country, method }: Pick<ListedPrice, 'country' | 'method'>,
): Promise<void> {
  await prices.deleteOne({ _id: priceId(country, method) });
}
