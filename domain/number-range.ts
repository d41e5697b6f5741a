// Beginnings of numbers that an operator vouches for: area codes and ranges that the numbering plans we know do not have yet.
import {
  AsYouType,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  type NumberType,
} from 'libphonenumber-js/max';

/** The kinds of numbers by the names operators have for them, and what the library calls them. */
export const numberTypes = {
  mobile: 'MOBILE',
  fixedLine: 'FIXED_LINE',
  fixedLineOrMobile: 'FIXED_LINE_OR_MOBILE',
  voip: 'VOIP',
  personal: 'PERSONAL_NUMBER',
  tollFree: 'TOLL_FREE',
  premiumRate: 'PREMIUM_RATE',
  sharedCost: 'SHARED_COST',
  uan: 'UAN',
  voicemail: 'VOICEMAIL',
  pager: 'PAGER',
  unknown: undefined,
} as const satisfies Readonly<Record<string, NumberType>>;

export type RangeType = keyof typeof numberTypes;
export const rangeTypes = Object.keys(numberTypes) as [RangeType, ...RangeType[]];

export interface NumberRange {
  /** `+` and the first digits, those of the calling code with them. */
  readonly prefix: string;
  readonly type: RangeType;
  /** Whose price it has: a place of the price list. */
  readonly country: string;
}

/** `+` and up to as many digits as a number has. */
export const RANGE_PREFIX = /^\+[1-9]\d{0,14}$/;

/** Everything that a number begins with, the longest first; without the mere plus. */
export function prefixesOf(number: string): string[] {
  return Array.from({ length: number.length - 1 }, (_, index) => number.slice(0, number.length - index));
}

/** What is wrong with a prefix and a country that are of the right form, by field. */
export function rangeProblems({ prefix, country }: Pick<NumberRange, 'prefix' | 'country'>): Record<string, string> {
  const callingCode = callingCodeOf(prefix);
  if (callingCode === undefined) return { prefix: 'must begin with the whole calling code of a country, such as +44' };
  // Those of satellites and the like are of no country, so an operator says whose price they have.
  if (!getCountries().some((each) => getCountryCallingCode(each) === callingCode)) return {};
  if (isSupportedCountry(country) && getCountryCallingCode(country) === callingCode) return {};
  return { country: `must be a country whose numbers begin with +${callingCode}, as those of this prefix do` };
}

function callingCodeOf(prefix: string): string | undefined {
  const typed = new AsYouType();
  typed.input(prefix);
  return typed.getCallingCode();
}
