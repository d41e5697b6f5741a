// The price list of the demo: every country and the default, SMS and voice, in micros of the account's currency.
import { getCountries } from 'libphonenumber-js/max';
import { methods } from '../domain/method.ts';
import type { PriceDocument } from '../store/documents.ts';
import { priceId } from '../store/prices.ts';

const DEFAULT = { sms: 60_000, voice: 90_000 };

const byCountry: Readonly<Record<string, { sms: number; voice: number }>> = {
  US: { sms: 9_000, voice: 18_000 },
  CA: { sms: 9_000, voice: 18_000 },
  GB: { sms: 40_000, voice: 35_000 },
  DE: { sms: 75_000, voice: 70_000 },
  FR: { sms: 62_000, voice: 60_000 },
  GR: { sms: 45_000, voice: 55_000 },
  IN: { sms: 4_000, voice: 20_000 },
};

/** One row per country and method, and the default. */
export function demoPrices(): PriceDocument[] {
  return ['default', ...getCountries()].flatMap((country) => {
    const prices = byCountry[country] ?? DEFAULT;
    return methods.map((method) => ({ _id: priceId(country, method), country, method, price: prices[method] }));
  });
}
