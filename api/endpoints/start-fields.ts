// The fields of POST /2step as the contract has them.

import { z } from 'zod';
import { absent } from '../../domain/absent.ts';
import type { Method } from '../../domain/method.ts';
import type { NumberRange } from '../../domain/number-range.ts';
import { isSameInPrint } from '../../domain/number-text.ts';
import { ORIGINATOR, ORIGINATOR_PROBLEM } from '../../domain/originator.ts';
import { type Reading, readRecipient } from '../../domain/phone.ts';
import type { ApplicationSettings } from '../../domain/settings.ts';
import { characters } from '../../domain/text.ts';
import { GIVEN_TWICE, numberAsSent, parseJson } from '../body/json.ts';
import { ONCE } from '../field-values.ts';
import { integer, optional, printable, readFields, required, spelling, word } from '../fields.ts';
import { placeField } from '../place-field.ts';
import { restrictionsOf } from '../restrictions-field.ts';

const MAX_TEMPLATE = 1_000;
const MAX_ARGUMENTS = 50;
const MAX_VALUE = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a phone.
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;

const argumentText = z.preprocess(
  absent,
  z
    .string('must be a string or a number')
    .refine((value) => characters(value) <= MAX_VALUE, `must be at most ${MAX_VALUE} characters`)
    .refine((value) => !controlCharacters.test(value), 'must not hold control characters')
    .optional(),
);

/** A number as it was written: what is sent as `4.50` is to be read as 4.50. */
const argumentNumber = argumentText.refine(
  (written) => written === undefined || isSameInPrint(written),
  'is a number that programs write in several ways: send it as text',
);

/** An object, or the JSON text of one. Entry by entry, so that names such as `__proto__` stay names. */
const argumentsField = z.preprocess(
  parseIfText,
  z
    .custom<object>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be an object',
    )
    // What the entries are held against below, as a document can say it.
    .register(z.globalRegistry, {
      anyOf: [
        {
          type: 'object',
          // `pin` does not count.
          maxProperties: MAX_ARGUMENTS + 1,
          properties: { pin: { description: 'Ignored: this place is for the code.' } },
          additionalProperties: {
            anyOf: [{ type: 'string', maxLength: MAX_VALUE, pattern: printable }, { type: 'number' }, { type: 'null' }],
          },
        },
        {
          type: 'string',
          contentMediaType: 'application/json',
          description: 'The JSON text of such an object.',
          ...spelling,
        },
      ],
    })
    .transform((sent) => Object.entries(sent).flatMap(([name, value]) => (name === 'pin' ? [] : { name, value, sent })))
    .refine((entries) => entries.length <= MAX_ARGUMENTS, `must have at most ${MAX_ARGUMENTS} entries`)
    .transform((entries, ctx) => {
      const kept: [string, string][] = [];
      for (const { name, value, sent } of entries) {
        const parsed =
          typeof value === 'number'
            ? argumentNumber.safeParse(numberAsSent(sent, name, value))
            : argumentText.safeParse(value);
        if (!parsed.success) {
          const message = value === GIVEN_TWICE ? ONCE : parsed.error.issues[0]?.message;
          ctx.addIssue({ code: 'custom', path: [name], message: message ?? 'is not valid' });
        } else if (parsed.data !== undefined) kept.push([name, parsed.data]);
      }
      return Object.fromEntries(kept);
    }),
);

function parseIfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

const originator = z.string('must be a string').regex(ORIGINATOR, ORIGINATOR_PROBLEM);

const recipientFor = (method: Method, reading: Reading) =>
  z
    .string('must be a phone number in international format')
    .meta({ pattern: '[+\uff0b]', minLength: 8 })
    .transform((text, ctx) => {
      const recipient = readRecipient(text, method, reading);
      if (typeof recipient !== 'string') return recipient;
      ctx.addIssue(recipient);
      return z.NEVER;
    });

const method = z.object({
  method: required(word('sms', 'voice')).describe(
    'How the code reaches the recipient. Where the application allows it, a landline is called instead of getting SMS.',
  ),
});

const startFieldsFor = (by: Method, reading: Reading = {}) =>
  method.extend({
    type: optional(word('code')).describe('What is sent; nothing else is known.'),
    recipient: required(recipientFor(by, reading)).describe(
      'The phone number: `+` and 7 to 15 digits; spaces, dashes, dots, brackets and invisible characters apart; a valid one, or one in a range that the operator vouches for, that the method reaches.',
    ),
    template: optional(
      z.string('must be a string').max(MAX_TEMPLATE, `must be at most ${MAX_TEMPLATE} characters`),
    ).describe(
      'The text, up to 1,000 characters, with `@@pin` where the code goes; `@@name` takes the argument `name`. The application has texts of its own ' +
        'for where none is given.',
    ),
    arguments: optional(argumentsField).describe(
      'What takes the place of `@@name` in the text, by name: up to 50 texts or numbers of up to 100 characters.',
    ),
    country: optional(placeField).describe('ISO 3166-1 alpha-2: which translation of the application’s text.'),
    templateCountry: optional(placeField).describe('What older clients call `country`.'),
    originator: optional(originator).describe(
      'Who the message is from: 1 to 11 letters, digits and spaces, or up to 16 digits. The application may enforce its own.',
    ),
    lifetimeInSeconds: optional(integer(1, 86_400)).describe('After that the status is Expired; from 1 to 86400.'),
    maxRetries: optional(integer(0, 20)).describe(
      'Wrong answers allowed after the first, from 0 to 20; one more and it has Failed.',
    ),
    digits: optional(integer(4, 10)).describe('The length of the code, from 4 to 10.'),
    restrictions: optional(restrictionsOf(optional)).describe(
      'DLT ids, which India asks for, each a text of digits; handed on to the carrier. The application may have some of its own.',
    ),
  });

const schemas = { sms: startFieldsFor('sms'), voice: startFieldsFor('voice') };
const landlineByVoice = { ...schemas, sms: startFieldsFor('sms', { landlineByVoice: true }) };

/** What may be sent; by SMS fewer numbers are reached. */
export const startFields = schemas.voice.meta({ id: 'StartFields' });

export type StartFields = z.output<typeof schemas.sms>;

/** Where the recipient of a start stands, if it is there to be looked up. */
const recipientIn = z.object({ recipient: z.string() });

/** The recipient's text as it came, before anything is checked. */
export function recipientText(body: unknown): string {
  return recipientIn.safeParse(body).data?.recipient ?? '';
}

/**
 * Reads all fields at once, so that a number the method cannot serve is named beside whatever else is bad.
 * @param range the one an operator vouches for that the recipient lies in
 */
export function readStartFields(
  body: unknown,
  settings: Partial<ApplicationSettings> = {},
  range?: NumberRange,
): StartFields {
  // Without a usable method the number is judged by the one that serves more.
  const by = method.safeParse(body).data?.method ?? 'voice';
  const called = settings.landlineByVoice === true;
  // Made anew for the few numbers that somebody vouches for alone.
  if (range) return readFields(startFieldsFor(by, { landlineByVoice: called, range }), body);
  return readFields((called ? landlineByVoice : schemas)[by], body);
}

export { originator as originatorField };
