// A place as requests name it: a country, or what the price list knows beside those.
import { z } from 'zod';
import { PLACE_PROBLEM, readPlace } from '../domain/place.ts';

export const placeField = z
  .string(PLACE_PROBLEM)
  .regex(/^[A-Za-z]{2}$/, PLACE_PROBLEM)
  .refine((code) => readPlace(code) !== undefined, PLACE_PROBLEM)
  .transform((code) => code.toUpperCase());
