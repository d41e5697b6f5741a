// What answers are documented with: the pieces that the bodies of several endpoints share.
import { z } from 'zod';

/** ISO 8601, UTC, milliseconds. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .meta({ format: 'date-time' });

/** Money as the wire has it. */
export const amount = z.number().describe('In units of the account’s currency, exact to 6 decimals.');

export const count = z.int().min(0);

export const currency = z
  .object({ code: z.string().regex(/^[A-Z]{3}$/), name: z.string(), sign: z.string() })
  .meta({ id: 'Currency', description: 'An ISO 4217 currency.' });

export const countryCode = z.string().regex(/^[A-Z]{2}$/);
