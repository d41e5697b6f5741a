// Mobile country codes (ITU-T E.212) and the countries they stand for.
import { all } from 'mcc-mnc-list';

const countryByMcc = new Map(
  all()
    .filter(({ type, mcc, countryCode }) => type === 'National' && mcc && /^[A-Z]{2}$/.test(countryCode ?? ''))
    .map(({ mcc, countryCode }) => [mcc, countryCode as string]),
);

const names = new Intl.DisplayNames('en', { type: 'region' });

/** ISO 3166-1 alpha-2 country of a mobile country code, or undefined. */
export function countryOfMcc(mcc: string): string | undefined {
  return countryByMcc.get(mcc);
}

/** The mobile country codes of a country, in order; some have several. */
export function mccsOf(country: string): string[] {
  return [...countryByMcc]
    .filter(([, code]) => code === country)
    .map(([mcc]) => mcc)
    .sort();
}

/** The English name of a country. */
export function countryName(country: string): string {
  return names.of(country) ?? country;
}
