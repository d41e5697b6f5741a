// What a new price list would change in the one that stands.
import { microsToUnits } from './money.ts';
import type { ListedPrice, NetworkPrice } from './price-list.ts';

export interface PriceChange {
  /** Such as `GR:sms`. */
  readonly place: string;
  readonly before?: ListedPrice;
  readonly after?: ListedPrice;
}

export interface PriceChanges {
  readonly added: readonly PriceChange[];
  readonly changed: readonly PriceChange[];
  readonly removed: readonly PriceChange[];
  readonly unchanged: number;
  /** Stand, are not in the new list, and stay. */
  readonly kept: number;
}

/** Compares by country and method. With `replace` what the new list leaves out is removed, else it stays. */
export function comparePrices(
  standing: readonly ListedPrice[],
  next: readonly ListedPrice[],
  replace: boolean,
): PriceChanges {
  const before = new Map(standing.map((price) => [placeOf(price), price]));
  const after = new Map(next.map((price) => [placeOf(price), price]));
  const left = [...before].filter(([place]) => !after.has(place));
  const changed: PriceChange[] = [];
  const added: PriceChange[] = [];
  for (const [place, price] of after) {
    const old = before.get(place);
    if (!old) added.push({ place, after: price });
    else if (priceText(old) !== priceText(price)) changed.push({ place, before: old, after: price });
  }
  return {
    added,
    changed,
    removed: replace ? left.map(([place, price]) => ({ place, before: price })) : [],
    unchanged: after.size - added.length - changed.length,
    kept: replace ? 0 : left.length,
  };
}

/** A price in one line; equal prices have equal texts, in whatever order their networks come. */
export function priceText({ networks = [], ...price }: ListedPrice): string {
  const ofNetworks = networks.map((network) => `${network.mcc}-${network.mnc} ${network.network} ${amounts(network)}`);
  return [amounts(price), ...ofNetworks.sort()].join(', ');
}

const placeOf = ({ country, method }: ListedPrice) => `${country}:${method}`;

const amounts = ({ price, cost }: Pick<NetworkPrice, 'price' | 'cost'>) =>
  `${microsToUnits(price)}${cost === undefined ? '' : ` (cost ${microsToUnits(cost)})`}`;
