// Changes the price list, each change with a row in the audit trail.
import { comparePrices, type PriceChange, type PriceChanges, priceText } from '../domain/price-changes.ts';
import type { ListedPrice } from '../domain/price-list.ts';
import type { Database } from '../store/database.ts';
import { allPrices, findPrice, removePrice, savePrice } from '../store/prices.ts';
import { leaveTrace, type Operator } from './operator.ts';

/** What a list would change; with `replace` what it leaves out is removed. */
export async function previewPrices(
  database: Database,
  list: readonly ListedPrice[],
  replace: boolean,
): Promise<PriceChanges> {
  return comparePrices(await allPrices(database), list, replace);
}

/** Makes the changes one by one; cut short, a repeat makes the rest. Verifications under way keep their price. */
export async function applyPrices(operator: Operator, changes: PriceChanges, source: string): Promise<void> {
  for (const change of [...changes.added, ...changes.changed]) {
    await note(operator, change, source);
    if (change.after) await savePrice(operator.database, change.after);
  }
  for (const change of changes.removed) {
    await note(operator, change, source);
    if (change.before) await removePrice(operator.database, change.before);
  }
}

/** Puts one price in the place of what stands there; the rest stays. */
export async function putPrice(operator: Operator, price: ListedPrice, source: string): Promise<void> {
  await applyPrices(operator, await previewPrices(operator.database, [price], false), source);
}

/** Takes one price away: the country is no longer served by the method. False where there is none. */
export async function deletePrice(
  operator: Operator,
  { country, method }: Pick<ListedPrice, 'country' | 'method'>,
  source: string,
): Promise<boolean> {
  const before = await findPrice(operator.database, { country, method });
  if (!before) return false;
  await note(operator, { place: `${country}:${method}`, before }, source);
  await removePrice(operator.database, before);
  return true;
}

/** Before the change, so that none is without a trace. */
async function note(operator: Operator, { place, before, after }: PriceChange, source: string): Promise<void> {
  const text = (price: ListedPrice | undefined) => (price ? priceText(price) : 'none');
  await leaveTrace(operator, 'price.change', { price: place, before: text(before), after: text(after), source });
}
