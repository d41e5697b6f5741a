// Carriers and routes as they are configured, by file and by the management API alike; every field with what is said of it.
import { z } from 'zod';
import { type CarrierType, carrierTypes } from '../carriers/settings.ts';
import { absent } from '../domain/absent.ts';
import { methods } from '../domain/method.ts';
import { ORIGINATOR, ORIGINATOR_PROBLEM } from '../domain/originator.ts';
import { MAX_ROUTE_STEPS } from '../domain/route.ts';

const MAX_PER_SECOND = 10_000;
const MAX_WAIT_SECONDS = 3_600;
const MAX_OPTIONS = 20;
const MAX_OPTION = 200;

const optional = <T extends z.ZodType>(schema: T) => z.preprocess(absent, schema.optional());

const record = (what: string) =>
  z.record(z.string(), z.unknown(), 'must be an object').describe(`${what}; docs/carriers.md has them by type.`);

const perSecond = `must be a number from 0.1 to ${MAX_PER_SECOND}`;

/** As the file has them, which names unknown fields together with all that is wrong besides. */
export const carrierFields = z.object({
  type: z
    .enum(carrierTypes as [CarrierType, ...CarrierType[]], `must be one of ${carrierTypes.join(', ')}`)
    .describe('What kind of carrier it is.'),
  settings: optional(record('What the type asks for')),
  secrets: optional(record('What the type asks for and nobody is shown: left out they stay, null takes one away')),
  messagesPerSecond: optional(z.number(perSecond).min(0.1, perSecond).max(MAX_PER_SECOND, perSecond)).describe(
    'Messages it is given per second at most, over all workers; unlimited unless given.',
  ),
});

export type CarrierFields = z.output<typeof carrierFields>;

const wait = `must be an integer from 1 to ${MAX_WAIT_SECONDS}`;
const option = z.string('must be a string').max(MAX_OPTION, `must be at most ${MAX_OPTION} characters`);

const step = z.object(
  {
    carrier: z.string('must be the name of a carrier').min(1, 'must be the name of a carrier').describe('Its name.'),
    method: z.enum(methods, 'must be sms or voice').describe('sms or voice.'),
    originator: optional(z.string('must be a string').regex(ORIGINATOR, ORIGINATOR_PROBLEM)).describe(
      'Replaces the sender: 1 to 11 letters, digits and spaces, or up to 16 digits.',
    ),
    waitForReceiptSeconds: optional(z.int(wait).min(1, wait).max(MAX_WAIT_SECONDS, wait)).describe(
      'How long a receipt is waited for before the next step, 1 to 3600; without it silence is no reason to go on.',
    ),
    options: optional(
      z
        .record(z.string(), option, 'must be an object of texts')
        .refine((options) => Object.keys(options).length <= MAX_OPTIONS, `must be at most ${MAX_OPTIONS}`),
    ).describe('What only this type of carrier understands, such as the TLVs of SMPP, by name.'),
  },
  'must be an object',
);

const stepsOf = <T extends typeof step>(each: T) =>
  z
    .array(each, 'must be an array of steps')
    .min(1, 'must have at least one step')
    .max(MAX_ROUTE_STEPS, `must have at most ${MAX_ROUTE_STEPS} steps`)
    .describe(`Carriers one after the other, 1 to ${MAX_ROUTE_STEPS}.`);

export const stepsField = stepsOf(step);

/** Bodies of the management API: what is misspelt would be lost in silence, so unknown fields are refused by name. */
export const carrierInput = carrierFields.strict();
export const stepsInput = z.strictObject({ steps: stepsOf(step.strict()) });
