// Whose a mobile country code is (ITU-T E.212), and which codes a place has.
import { all } from 'mcc-mnc-list';
import { expect, test } from 'vitest';
import { countryName, countryOfMcc, mccsOf } from '../../domain/country-codes.ts';

test.each([
  ['202', 'GR'],
  ['234', 'GB'],
  ['235', 'GB'],
  ['255', 'UA'],
  ['270', 'LU'],
  ['289', 'GE'],
  ['310', 'US'],
  ['311', 'US'],
  ['312', 'US'],
  ['313', 'US'],
  ['316', 'US'],
  ['330', 'PR'],
  ['338', 'JM'],
  ['340', 'GP'],
  ['362', 'CW'],
  ['425', 'IL'],
  ['505', 'AU'],
  ['647', 'RE'],
  ['221', 'XK'],
  ['901', undefined],
  ['001', undefined],
  ['000', undefined],
])('%s is of %s', (mcc, country) => {
  expect(countryOfMcc(mcc)).toBe(country);
});

test.each([
  ['US', ['310', '311', '312', '313', '314', '315', '316']],
  ['GB', ['234', '235']],
  // With codes of their own they are not looked for under another's.
  ['PR', ['330']],
  ['JM', ['338']],
  ['UA', ['255']],
  ['MD', ['259']],
  // Without one they share their main country's.
  ['GG', ['234']],
  ['VI', ['310', '311']],
  ['IM', ['234']],
  ['NF', ['505']],
  ['PS', ['425']],
  ['MQ', ['340']],
  ['BL', ['340']],
  ['YT', ['647']],
  ['SX', ['362']],
  // Nobody has a network there.
  ['AX', []],
  ['AC', []],
  ['ZZ', []],
])('%s has %j', (place, codes) => {
  expect(mccsOf(place)).toEqual(codes);
});

test('every code that more than one place is named under has a main one, and it is one of them', () => {
  const named = new Map<string, Set<string>>();
  for (const { type, mcc, countryCode } of all()) {
    if (type === 'National' && mcc)
      for (const place of (countryCode ?? '').split('/')) named.set(mcc, (named.get(mcc) ?? new Set()).add(place));
  }
  const mains = ['GB', 'UA', 'LU', 'US', 'JM', 'GP', 'IL', 'AU', 'RE', 'CW'];
  const shared = [...named].filter(([, places]) => places.size > 1);
  expect(shared.length).toBeGreaterThan(8);
  for (const [mcc] of shared) expect(mains).toContain(countryOfMcc(mcc));
});

test('places have English names', () => {
  expect(['XK', 'VI', 'AC'].map(countryName)).toEqual(['Kosovo', 'U.S. Virgin Islands', 'Ascension Island']);
});
