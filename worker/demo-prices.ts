// The price list of the demo: every country, SMS and voice, in micros of the account's currency.
import { getCountries } from 'libphonenumber-js/max';
import type { PriceDocument } from '../store/documents.ts';

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

/** One row per country and method. */
export function demoPrices(): PriceDocument[] {
  return getCountries().flatMap((country) => {
    const { sms, voice } = byCountry[country] ?? DEFAULT;
    return [
      { _id: `${country}:sms`, price: sms },
      { _id: `${country}:voice`, price: voice },
    ];
  });
}
