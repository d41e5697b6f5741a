// How operators say what a gateway's answers mean, and where in them its values stand.
import { z } from 'zod';
import { paths, pattern, ruleOf, rulesOf } from './rule-settings.ts';

/** What an answer to a send may mean; `carrier.ts` has an error for each of the last four. */
export const meanings = ['accepted', 'rejected', 'unavailable', 'fault', 'unknown'] as const;
export type Meaning = (typeof meanings)[number];

const retryAfterSeconds = z
  .number('must be a number from 0.1 to 3600')
  .min(0.1, 'must be a number from 0.1 to 3600')
  .max(3600, 'must be a number from 0.1 to 3600')
  .optional()
  .describe('Of `unavailable`: when to try again, where the answer has no Retry-After');

const reading = {
  format: z.enum(['json', 'xml', 'form', 'text'], 'must be json, xml, form or text').default('json'),
  pattern: pattern.optional().describe('Of a text: its named groups are what paths find'),
  messageId: paths.optional().describe('The gateway’s id of the message; our {{reference}} where there is none'),
  parts: paths.optional().describe('Into how many parts it was cut'),
  cost: paths.optional().describe('What it costs, as a decimal number'),
};

const patternBelongs = ({ format, pattern }: { readonly format: string; readonly pattern?: string | undefined }) =>
  pattern === undefined || format === 'text';
const elsewhere = { error: 'is for the format text alone', path: ['pattern'] };

export const answerSettings = z
  .strictObject({
    ...reading,
    rules: rulesOf(ruleOf(meanings, { retryAfterSeconds })).default([]),
    code: paths.optional().describe('A short code for why it was not accepted, for the timeline'),
    words: paths.optional().describe('What the gateway says of it in words, for operators alone'),
  })
  .refine(patternBelongs, elsewhere);

export const lookupAnswerSettings = z
  .strictObject({
    ...reading,
    rules: rulesOf(ruleOf(['accepted', 'notSent', 'unknown'], {})),
  })
  .refine(patternBelongs, elsewhere);

export type AnswerSettings = z.output<typeof answerSettings>;
export type LookupAnswerSettings = z.output<typeof lookupAnswerSettings>;
