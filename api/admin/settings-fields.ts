// The settings of an application as they are changed and shown, each with its bounds.
import { z } from 'zod';
import { readLanguage } from '../../domain/language.ts';
import { PLACE_PROBLEM, readPlace } from '../../domain/place.ts';
import { MAX_TEMPLATE } from '../../domain/template-check.ts';
import { isWebOtpDomain } from '../../domain/web-otp.ts';
import { originatorField } from '../endpoints/start-fields.ts';
import { restrictionsOf } from '../restrictions-field.ts';
import { flag, integer, optional, removable } from './fields.ts';
import { signingSecretBody } from './secret-body.ts';

const MAX_URL = 2_000;
/** 20 years, the longest that Routee sells. */
const MAX_TOKEN_SECONDS = 631_139_040;

export const template = z.string('must be a string').max(MAX_TEMPLATE, `must be at most ${MAX_TEMPLATE} characters`);

const someTemplate = template.min(1, 'must not be empty');

export const language = z.string('must be a language tag such as el-GR').transform((tag, ctx) => {
  const canonical = readLanguage(tag);
  if (canonical !== undefined) return canonical;
  ctx.addIssue('must be a language tag such as el-GR');
  return z.NEVER;
});

export const webOtpDomain = z
  .string('must be a domain such as example.com')
  .transform((text) => text.toLowerCase())
  .refine(isWebOtpDomain, 'must be a domain such as example.com, without scheme, port or path');

const voice = z.object(
  {
    text: someTemplate.describe('What is spoken, with @@pin in it.'),
    language: language.describe('The language of the text, a BCP 47 tag such as el-GR.'),
  },
  'must be an object of text and language',
);

const translation = z.object(
  {
    sms: removable(template).describe('The text of an SMS; null takes it away.'),
    voice: removable(voice).describe('The text of a call and its language; null takes it away.'),
    originator: removable(originatorField).describe(
      'The sender there, where the request names none and none is enforced; null takes it away.',
    ),
    restrictions: removable(restrictionsOf(removable)).describe(
      'DLT ids there, each where the request has none; null takes them away.',
    ),
  },
  'must be an object of sms, voice, originator and restrictions',
);

const byCountry = 'must be an object by country, such as {"GR": {"sms": "..."}}';

/** By place in capitals; each name that is none, or comes twice, is refused by itself. */
const translations = z.record(z.string(), translation.nullable(), byCountry).transform((given, ctx) => {
  const places = new Map<string, z.output<typeof translation> | null>();
  for (const [name, change] of Object.entries(given)) {
    const place = readPlace(name);
    const problem = place === undefined ? PLACE_PROBLEM : places.has(place) ? 'must not stand there twice' : undefined;
    if (problem !== undefined) ctx.addIssue({ code: 'custom', path: [name], message: problem });
    else if (place !== undefined) places.set(place, change);
  }
  return Object.fromEntries(places);
});

export const settingsChange = z.object({
  lifetimeInSeconds: optional(integer(1, 86_400)).describe('How long a code may be answered, 1 to 86400.'),
  maxRetries: optional(integer(0, 20)).describe('Wrong answers allowed after the first, 0 to 20.'),
  digits: optional(integer(4, 10)).describe('Digits of a code, 4 to 10.'),
  maxParts: optional(integer(1, 10)).describe('Parts a message may take at most, 1 to 10.'),
  tokenLifetimeInSeconds: optional(integer(60, MAX_TOKEN_SECONDS)).describe(
    `How long a new access token lives, 60 to ${MAX_TOKEN_SECONDS} (20 years); beyond a day the answer warns.`,
  ),
  originator: optional(originatorField).describe('The sender: 1 to 11 letters, digits and spaces, or up to 16 digits.'),
  originatorEnforced: optional(flag).describe('Whether it stands against what a request asks for.'),
  retentionInDays: optional(integer(1, 3_650)).describe(
    'Verifications are deleted this long after their start, 1 to 3650.',
  ),
  defaultTemplate: optional(someTemplate).describe(
    'Where neither the request nor a translation has a text; with @@pin in it.',
  ),
  voiceLanguage: optional(language).describe('What a call speaks where no translation says its own; a BCP 47 tag.'),
  landlineByVoice: optional(flag).describe(
    'Whether a landline is called, at the price of a call, where SMS to it is asked for; else that is refused.',
  ),
  webOtpDomain: removable(webOtpDomain).describe(
    'The site codes are typed into: every SMS ends with the line `@domain #code`, by which browsers fill it in; null for none.',
  ),
  restrictions: removable(restrictionsOf(removable)).describe(
    'DLT ids for all messages, which India asks for, each where neither the request nor a translation has one; null takes them away.',
  ),
  translations: optional(translations).describe(
    'Texts by ISO country. Countries and methods left out stay; null takes one away.',
  ),
  callbackUrl: removable(z.string('must be a URL').max(MAX_URL, `must be at most ${MAX_URL} characters`)).describe(
    'Where endings are told, http or https on the default port; null for nowhere.',
  ),
});

const shownRestrictions = z.object({
  contentTemplateId: z.string().optional().describe('The id of the registered text.'),
  principalEntityId: z.string().optional().describe('The id of who sends.'),
});

export const settingsBody = z.object({
  lifetimeInSeconds: z.int().describe('How long a code may be answered.'),
  maxRetries: z.int().describe('Wrong answers allowed after the first.'),
  digits: z.int().describe('Digits of a code.'),
  maxParts: z.int().describe('Parts a message may take at most.'),
  tokenLifetimeInSeconds: z.int().describe('How long a new access token lives.'),
  originator: z.string().describe('The sender.'),
  originatorEnforced: z.boolean().describe('Whether it stands against what a request asks for.'),
  retentionInDays: z.int().describe('Verifications are deleted this long after their start.'),
  defaultTemplate: z.string().describe('Where neither the request nor a translation has a text.'),
  voiceLanguage: z.string().describe('What a call speaks where no translation says its own.'),
  landlineByVoice: z.boolean().describe('Whether a landline is called where SMS to it is asked for.'),
  webOtpDomain: z.string().nullable().describe('The site of the WebOTP line; null for none.'),
  restrictions: shownRestrictions.nullable().describe('DLT ids for all messages; null for none.'),
  translations: z
    .record(
      z.string(),
      z.object({
        sms: z.string().optional().describe('The text of an SMS.'),
        voice: z
          .object({ text: z.string().describe('What is spoken.'), language: z.string().describe('In which language.') })
          .optional()
          .describe('The text of a call.'),
        originator: z.string().optional().describe('The sender there.'),
        restrictions: shownRestrictions.optional().describe('DLT ids there.'),
      }),
    )
    .describe('Texts by ISO country.'),
  callbackUrl: z.string().nullable().describe('Where endings are told; null for nowhere.'),
  warnings: z.array(z.string()).describe('What is allowed and yet risky in them, a sentence each.'),
  callbackPaused: z.boolean().describe('Whether callbacks are held back.'),
  signingSecrets: z.array(signingSecretBody).describe('What signs callbacks, by name, the newest first.'),
});
