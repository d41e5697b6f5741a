// How operators say where in a gateway's receipts what stands, and how one knows that they are the gateway's.
import { z } from 'zod';
import { digest } from './request-settings.ts';
import { path, paths, pattern, ruleOf, rulesOf } from './rule-settings.ts';

const signature = z
  .strictObject({
    hmac: z.strictObject(digest).optional().describe('A keyed digest of the body in a header'),
    token: z
      .strictObject({ header: digest.header, secret: digest.secret })
      .optional()
      .describe('A header whose value is the secret'),
  })
  .refine(({ hmac, token }) => (hmac === undefined) !== (token === undefined), 'must have either hmac or token');

export const receiptSettings = z
  .strictObject({
    format: z.enum(['json', 'xml', 'form', 'query', 'text'], 'must be json, xml, form, query or text').default('json'),
    pattern: pattern.optional().describe('Of a text: its named groups are what paths find'),
    list: path.optional().describe('Where its reports are, if there are several; all other paths begin at one of them'),
    messageId: paths.optional().describe('The gateway’s id of the message'),
    reference: paths.optional().describe('Our {{reference}}, handed back; without it the one in {{receiptUrl}} counts'),
    reason: paths.optional().describe('A short code for why it was not delivered'),
    states: rulesOf(ruleOf(['delivered', 'undelivered', 'underway', 'ignored'], {}))
      .min(1, 'must have at least one rule')
      .describe('What became of the message; what no rule fits is under way'),
    acknowledge: z
      .string('must be a text')
      .min(1, 'must not be empty')
      .max(200, 'must have at most 200 characters')
      .optional()
      .describe('What it is answered, for a gateway that insists on words'),
    unreadable: z
      .enum(['refuse', 'acknowledge'], 'must be refuse or acknowledge')
      .default('refuse')
      .describe('What becomes of a report that nobody can read; acknowledge is for a gateway that repeats for ever'),
    signature: signature.optional().describe('How to know that it is the gateway who reports'),
  })
  .refine(({ format, pattern }) => pattern === undefined || format === 'text', {
    error: 'is for the format text alone',
    path: ['pattern'],
  })
  .refine(({ format, signature }) => format !== 'query' || signature?.hmac === undefined, {
    error: 'is made over a body, and a query has none: agree on a token',
    path: ['signature', 'hmac'],
  })
  .refine(({ states }) => states.every(({ status }) => status === undefined), {
    error: 'have a status, and a receipt has none',
    path: ['states'],
  });

export type ReceiptSettings = z.output<typeof receiptSettings>;
