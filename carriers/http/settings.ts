// What an operator says about a gateway: requests, what its answers mean, look-up, conversion, receipts. No code for any gateway.
import { z } from 'zod';
import { answerSettings, lookupAnswerSettings } from './answer-settings.ts';
import { receiptSettings } from './receipt-settings.ts';
import { authenticationSettings, baseUrl, requestSettings } from './request-settings.ts';
import { templateProblems } from './settings-check.ts';

const request = requestSettings.extend({
  answer: answerSettings.optional().describe('What its answers mean, instead of `answer` for all requests'),
});

const mapped = (what: string) =>
  z.record(z.string().min(1).max(35), z.string('must be a text').max(100), 'must be an object of texts').describe(what);

export const httpSettings = z
  .strictObject({
    baseUrl: baseUrl.optional().describe('What URLs that begin with a / begin with'),
    requests: z
      .strictObject({
        sms: request.optional().describe('Sends an SMS'),
        voice: request.optional().describe('Makes a call that says the text'),
      })
      .refine(({ sms, voice }) => sms !== undefined || voice !== undefined, 'must have sms or voice, or both')
      .describe('What is asked of the gateway for each method; a method without one is refused'),
    authentication: authenticationSettings.optional().describe('Who asks, in every request'),
    answer: answerSettings.prefault({}).describe('What the answers to these requests mean'),
    lookup: requestSettings
      .extend({ answer: lookupAnswerSettings })
      .optional()
      .describe('Asks what became of a send; without it a doubtful send is never repeated'),
    conversion: requestSettings.optional().describe('Tells the gateway of a right answer, once for each message id'),
    receipts: receiptSettings.optional().describe('How to read its receipts; without it there are none'),
    encodings: z
      .strictObject({ gsm7: z.string().max(100), ucs2: z.string().max(100) })
      .prefault({ gsm7: 'GSM-7', ucs2: 'UCS-2' })
      .describe('What {{encoding}} is for a text within GSM-7, and for any other'),
    languages: mapped('What {{language}} is for a language tag, where the gateway has its own names').default({}),
    timeoutSeconds: z
      .int('must be an integer from 1 to 12')
      .min(1, 'must be an integer from 1 to 12')
      .max(12, 'must be an integer from 1 to 12')
      .default(10)
      .describe('How long an answer is waited for'),
  })
  .superRefine((settings, context) => {
    for (const { path, message } of templateProblems(settings)) context.addIssue({ code: 'custom', path, message });
  });

export type HttpSettings = z.output<typeof httpSettings>;

export const httpSecrets = z.record(
  z.string().regex(/^[A-Za-z]\w{0,39}$/, 'must be a letter and up to 39 more letters, digits and underscores'),
  z.string('must be a text').min(1, 'must not be empty').max(4096, 'must have at most 4096 characters'),
  'must be an object of texts',
);

export type HttpSecrets = z.output<typeof httpSecrets>;
