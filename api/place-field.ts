// A place as requests name it: a country, or what the price list knows beside those.
import { z } from 'zod';
import { isPlace, PLACE_PROBLEM } from '../domain/place.ts';

export const placeField = z
  .string(PLACE_PROBLEM)
  // Two letters before they become capitals: of other scripts' letters some turn into Latin pairs.
  .regex(/^[A-Za-z]{2}$/, PLACE_PROBLEM)
  .transform((code) => code.toUpperCase())
  .refine(isPlace, PLACE_PROBLEM);

/** The name it is kept under; undefined where it is none. */
export function readPlace(code: string): string | undefined {
  return placeField.safeParse(code).data;
}
