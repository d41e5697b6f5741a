// Fields that several operations of the management API have, each with what the documentation says of it.
import { z } from 'zod';
import { unitsToMicros } from '../../domain/money.ts';
import { instant } from '../answers.ts';
import { integer, optional, printable, removable, required, spelling } from '../fields.ts';
import { pageFields, periodFields } from '../paging.ts';

const MAX_NAME = 100;
/** In units: far from where sums of micros stop being exact. */
const MAX_AMOUNT = 1_000_000_000;

/** A name people read; no control characters, since it stands in logs of audits and on terminals. */
export const nameField = (what: string) =>
  z
    .string('must be a string')
    .max(MAX_NAME, `must be at most ${MAX_NAME} characters`)
    .regex(/^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]+$/u, 'must be visible characters')
    .meta({ minLength: 1, pattern: printable })
    .describe(`${what}, up to ${MAX_NAME} characters.`);

/** An id in the path; one of any other form is merely unknown. */
export const idParam = (what: string) => z.string().describe(`The id of the ${what}.`);

/** An amount in units, becoming micros. */
export const amount = (min: number, max = MAX_AMOUNT) => {
  const problem = `must be an amount from ${min} to ${max} with at most 6 decimals`;
  const number = z.number().min(min, problem).max(max, problem);
  const text = z
    .string()
    .regex(min < 0 ? /^-?\d{1,10}(\.\d{1,6})?$/ : /^\d{1,10}(\.\d{1,6})?$/, problem)
    .meta({ description: 'The same as text.', ...spelling });
  return z.union([number, text], problem).transform((units, ctx) => {
    try {
      const micros = unitsToMicros(units);
      if (micros >= unitsToMicros(min) && micros <= unitsToMicros(max)) return micros;
    } catch {
      // Said below.
    }
    ctx.addIssue(problem);
    return z.NEVER;
  });
};
export const leastAmount = 0.000001;
export const mostAmount = MAX_AMOUNT;

/** JSON's own, or its text, as queries have it. */
export const flag = z.union(
  [
    z.boolean(),
    z
      .enum(['true', 'false'])
      .meta(spelling)
      .transform((text) => text === 'true'),
  ],
  'must be true or false',
);

export const instantOut = (what: string) => instant.describe(`${what}, ISO 8601 in UTC.`);
export const currencyCode = z
  .string('must be an ISO 4217 code')
  .regex(/^[A-Za-z]{3}$/, 'must be an ISO 4217 code')
  .transform((code) => code.toUpperCase())
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'must be an ISO 4217 code');

/** Page and size of a list. */
export const pageQuery = {
  page: pageFields.page.describe('Which page, from 0.'),
  size: pageFields.size.describe('Rows on a page, 20 unless given, 100 at most.'),
};

export const periodQuery = (of: string) => ({
  from: periodFields.from.describe(`${of} from this instant on.`),
  to: periodFields.to.describe(`${of} before this instant.`),
});

/** The envelope of a list (CONTRACT "transactions"). */
export const pageAnswer = <T extends z.ZodType>(row: T) =>
  z.object({
    content: z.array(row).describe('The rows of this page, newest first.'),
    totalPages: z.int().describe('How many pages there are.'),
    totalElements: z.int().describe('How many rows there are in all.'),
    last: z.boolean().describe('Whether no page follows.'),
    first: z.boolean().describe('Whether this is page 0.'),
    numberOfElements: z.int().describe('Rows on this page.'),
    size: z.int().describe('Rows a page may hold.'),
    number: z.int().describe('The number of this page, from 0.'),
  });

export { integer, optional, removable, required };
