// Mobile country codes (ITU-T E.212) and the places they stand for.
import { all } from 'mcc-mnc-list';

/** Whose a code is that several places share: the country or territory it was assigned to. */
const mainPlaces: Readonly<Record<string, string>> = {
  '234': 'GB',
  '235': 'GB',
  '255': 'UA',
  '270': 'LU',
  '310': 'US',
  '311': 'US',
  '312': 'US',
  '313': 'US',
  '314': 'US',
  '315': 'US',
  '316': 'US',
  '338': 'JM',
  '340': 'GP',
  '362': 'CW',
  '425': 'IL',
  '505': 'AU',
  '647': 'RE',
};

/** By code the places that have a network under it, the main one first. A row may name several, such as `BQ/CW/SX`. */
const placesByMcc = new Map<string, string[]>();
for (const { type, mcc, countryCode } of all()) {
  if (type !== 'National' || !mcc) continue;
  const places = placesByMcc.get(mcc) ?? placesByMcc.set(mcc, []).get(mcc) ?? [];
  for (const named of (countryCode ?? '').split('/')) {
    // `GE-AB` is a part of `GE`.
    const place = /^([A-Z]{2})(-[A-Z\d]+)?$/.exec(named)?.[1];
    if (place === undefined || places.includes(place)) continue;
    if (place === mainPlaces[mcc]) places.unshift(place);
    else places.push(place);
  }
}

/** The place a mobile country code is of, ISO 3166-1 alpha-2; of one that several share the main one. Undefined for none. */
export function countryOfMcc(mcc: string): string | undefined {
  return placesByMcc.get(mcc)?.[0];
}

/** The mobile country codes of a place, in order: its own, else those it shares with its main country; none without networks. */
export function mccsOf(place: string): string[] {
  const codes = [...placesByMcc].filter(([, places]) => places.includes(place)).map(([mcc]) => mcc);
  const own = codes.filter((mcc) => countryOfMcc(mcc) === place);
  return (own.length > 0 ? own : codes).sort();
}

const names = new Intl.DisplayNames('en', { type: 'region' });

/** The English name of a country. */
export function countryName(country: string): string {
  return names.of(country) ?? country;
}
