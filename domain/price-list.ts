// A price list as an operator hands it in: lines of text become prices, and every bad line is told why.

import { isMethod, type Method } from './method.ts';
import { unitsToMicros } from './money.ts';
import { readPlace } from './place.ts';

/** The most a part may cost, in units: times all parts of a message it stays far below what is counted exactly. */
export const MAX_UNIT_PRICE = 10_000;

/** What one part costs, in micros of the accounts' currency. */
export interface ListedPrice {
  /** ISO 3166-1 alpha-2, or `default` for the row that is shown where no country is asked for. */
  readonly country: string;
  readonly method: Method;
  readonly price: number;
  /** What the carrier bills, where known; never charged. */
  readonly cost?: number;
  /** Kept as imported, shown, not yet used for charging. */
  readonly networks?: readonly NetworkPrice[];
}

export interface NetworkPrice {
  readonly mcc: string;
  readonly mnc: string;
  readonly network: string;
  readonly price: number;
  readonly cost?: number;
}

export const priceColumns = ['country', 'method', 'price', 'cost', 'mcc', 'mnc', 'network'] as const;
export type PriceColumn = (typeof priceColumns)[number];

export interface PriceLine {
  /** Its number in the file. */
  readonly line: number;
  /** As text; an empty one counts as absent. */
  readonly fields: Readonly<Partial<Record<PriceColumn, string>>>;
}

export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

export interface PriceList {
  readonly prices: readonly ListedPrice[];
  readonly bad: readonly BadLine[];
}

/** Reads all lines. A line with mcc, mnc and network is about one network of a country that has a line of its own. */
export function readPriceList(lines: readonly PriceLine[]): PriceList {
  const bad: BadLine[] = [];
  const lineOf = new Map<string, number>();
  const prices = new Map<string, ListedPrice>();
  const ofNetworks: { line: number; key: string; network: NetworkPrice }[] = [];
  for (const { line, fields } of lines) {
    const problems: string[] = [];
    const { price, networkName } = readLine(fields, problems);
    const key = `${price.country} by ${price.method}`;
    const place = networkName ? `${key} on ${networkName.mcc}-${networkName.mnc}` : key;
    const earlier = lineOf.get(place);
    if (earlier !== undefined && problems.length === 0) problems.push(`${place} stands in line ${earlier} already`);
    if (problems.length > 0) {
      bad.push({ line, reason: problems.join('; ') });
      continue;
    }
    lineOf.set(place, line);
    const { country, method, ...amounts } = price;
    if (networkName) ofNetworks.push({ line, key, network: { ...networkName, ...amounts } });
    else prices.set(key, price);
  }
  for (const { line, key, network } of ofNetworks) {
    const own = prices.get(key);
    if (own) prices.set(key, { ...own, networks: [...(own.networks ?? []), network] });
    else bad.push({ line, reason: `${key} has no line without mcc, mnc and network, and needs one` });
  }
  return { prices: [...prices.values()], bad: bad.sort((a, b) => a.line - b.line) };
}

/** What the line says, to be used only when it added no problem. */
function readLine(fields: PriceLine['fields'], problems: string[]) {
  const { country: named = '', method: given = '', price: amount = '', cost = '' } = fields;
  const country = readPricedPlace(named) ?? '';
  if (country === '') problems.push('country must be an ISO 3166 code of two letters, or default');
  const method = given.toLowerCase();
  if (!isMethod(method)) problems.push('method must be sms or voice');
  const price: ListedPrice = {
    country,
    method: isMethod(method) ? method : 'sms',
    price: readAmount('price', amount, problems),
    ...(cost !== '' && { cost: readAmount('cost', cost, problems) }),
  };
  return { price, networkName: readNetworkName(fields, problems) };
}

/** `default` is shown where no country is asked for; numbers of no country have no price, and are undefined here. */
export function readPricedPlace(country: string): string | undefined {
  return country.toLowerCase() === 'default' ? 'default' : readPlace(country);
}

function readAmount(name: string, text: string, problems: string[]): number {
  try {
    const amount = unitsToMicros(text);
    if (amount >= 0 && amount <= unitsToMicros(MAX_UNIT_PRICE)) return amount;
  } catch {
    // Said below.
  }
  problems.push(
    `${name} must be an amount such as 0.045, with a point and at most 6 decimals, up to ${MAX_UNIT_PRICE}`,
  );
  return 0;
}

function readNetworkName({ mcc = '', mnc = '', network = '' }: PriceLine['fields'], problems: string[]) {
  if (mcc === '' && mnc === '' && network === '') return undefined;
  if (!/^\d{3}$/.test(mcc)) problems.push('mcc must be three digits where mnc or network is given');
  if (!/^\d{2,3}$/.test(mnc)) problems.push('mnc must be two or three digits where mcc or network is given');
  if (network === '') problems.push('network must be named where mcc or mnc is given');
  return { mcc, mnc, network };
}
