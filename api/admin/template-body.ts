// What is told of a template: whether it may be used, how it travels, how many parts it takes and what they cost.
import { z } from 'zod';
import { methods } from '../../domain/method.ts';
import { microsToUnits } from '../../domain/money.ts';
import type { CheckedTemplate } from '../../domain/settings-check.ts';
import type { PriceDocument } from '../../store/documents.ts';

export const templateBody = z.object({
  valid: z.boolean().describe('Whether it may be used.'),
  problems: z.array(z.string()).describe('Why it may not.'),
  method: z.enum(methods).describe('What it was checked as.'),
  placeholders: z
    .array(z.string())
    .describe('Names whose values the request gives. They are counted as they stand, so the values change the parts.'),
  encoding: z.enum(['GSM-7', 'UCS-2']).optional().describe('Of an SMS. UCS-2 holds less than half as much.'),
  ucs2Characters: z.array(z.string()).describe('The characters that make an SMS UCS-2, each once.'),
  parts: z.int().describe('With the code and the WebOTP line; a call is one.'),
  prices: z
    .array(
      z.object({
        country: z.string().describe('ISO 3166-1 alpha-2.'),
        price: z.number().describe('What the message costs there: parts times the price of one.'),
      }),
    )
    .describe('In the countries it is for and that have a price.'),
});

/** The check with the prices of the countries it is for; all that have one, where none is named. */
export function showTemplate(
  { problems, method, placeholders, encoding, ucs2Characters, parts }: Omit<CheckedTemplate, 'field' | 'country'>,
  priceList: readonly PriceDocument[],
  countries?: readonly string[],
): z.output<typeof templateBody> {
  const rows = priceList.filter(
    (row) => row.method === method && row.country !== 'default' && (!countries || countries.includes(row.country)),
  );
  return {
    valid: problems.length === 0,
    problems: [...problems],
    method,
    placeholders: [...placeholders],
    ...(encoding && { encoding }),
    ucs2Characters: [...ucs2Characters],
    parts,
    prices: rows
      .map(({ country, price }) => ({ country, price: microsToUnits(price * parts) }))
      .sort((a, b) => a.country.localeCompare(b.country)),
  };
}
