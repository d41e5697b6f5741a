// The places that numbers come from, texts and routes are for, and prices are by.
import { isSupportedCountry } from 'libphonenumber-js/max';
import { isCountry } from './phone.ts';

/** Countries of ISO 3166-1, and where numbers come from that it has no code for, such as XK. In capitals. */
export function isPlace(code: string): boolean {
  return isCountry(code) || isSupportedCountry(code);
}

/** The name a place is kept under, from two letters in any case; undefined where it is none. */
export function readPlace(code: string): string | undefined {
  // Letters before they become capitals: of other scripts' letters some turn into Latin pairs, as `ß` does.
  const place = /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : '';
  return isPlace(place) ? place : undefined;
}

export const PLACE_PROBLEM = 'must be an ISO 3166-1 alpha-2 country code';
