// Carriers and routes as they are configured, by file and by the management API alike; every field with what is said of it.
import { z } from 'zod';
import { type CarrierSchemas, type CarrierType, carrierSchemas, carrierTypes } from '../carriers/settings.ts';
import { absent } from '../domain/absent.ts';
import { fieldProblem } from '../domain/field-problem.ts';
import { ORIGINATOR, ORIGINATOR_PROBLEM } from '../domain/originator.ts';
import { methods } from '../domain/phone.ts';
import { MAX_ROUTE_STEPS } from '../domain/route.ts';

const MAX_PER_SECOND = 10_000;
const MAX_WAIT_SECONDS = 3_600;
const MAX_OPTIONS = 20;
const MAX_OPTION = 200;

const optional = <T extends z.ZodType>(schema: T) => z.preprocess(absent, schema.optional());

const record = (what: string) =>
  z.record(z.string(), z.unknown(), 'must be an object').describe(`${what}; docs/carriers.md has them by type.`);

const perSecond = `must be a number from 0.1 to ${MAX_PER_SECOND}`;

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

export const stepsField = z
  .array(step, 'must be an array of steps')
  .min(1, 'must have at least one step')
  .max(MAX_ROUTE_STEPS, `must have at most ${MAX_ROUTE_STEPS} steps`)
  .describe(`Carriers one after the other, 1 to ${MAX_ROUTE_STEPS}.`);

/** The problems of settings and secrets, by field; none of them quotes a value. */
export function configurationProblems(type: CarrierType, settings: object, secrets: object): Record<string, string> {
  const schemas: CarrierSchemas = carrierSchemas[type];
  return {
    ...problemsOf('settings', schemas.settings, settings),
    ...problemsOf('secrets', schemas.secrets, secrets),
    ...misplaced('settings', settings, schemas, 'secrets', 'is a secret: move it to secrets'),
    ...misplaced('secrets', secrets, schemas, 'settings', 'is a setting: move it to settings'),
    ...references(secrets),
  };
}

/** Names that stand in one place and belong to the other. */
function misplaced(
  place: 'settings' | 'secrets',
  given: object,
  schemas: CarrierSchemas,
  where: 'settings' | 'secrets',
  problem: string,
): Record<string, string> {
  const [own, others] = [namesIn(schemas[place]), namesIn(schemas[where])];
  const names = Object.keys(given).filter((name) => others.includes(name) && !own.includes(name));
  return Object.fromEntries(names.map((name) => [`${place}.${name}`, problem]));
}

const namesIn = (schema: z.ZodType) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);

/** Those of CARRIERS_FILE have been replaced before; what is left cannot be followed. */
function references(secrets: object): Record<string, string> {
  const names = Object.entries(secrets).filter(([, value]) => isObject(value) && Object.hasOwn(value, 'env'));
  const problem =
    'must be the secret itself; {"env": "NAME"} is for CARRIERS_FILE, with letters, digits and underscores in NAME';
  return Object.fromEntries(names.map(([name]) => [`secrets.${name}`, problem]));
}

function problemsOf(place: string, schema: CarrierSchemas['settings'], value: object): Record<string, string> {
  const { data, error } = schema.safeParse(value, { error: fieldProblem });
  return data ? unknownFields(place, value, data) : problemsBelow(place, error);
}

/** Fields that a schema dropped: a slip of the pen, or a secret in the wrong place. */
export function unknownFields(place: string, given: unknown, read: unknown): Record<string, string> {
  if (!isObject(given) || !isObject(read)) return {};
  const problems: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const path = place === '' ? name : `${place}.${name}`;
    if (Object.hasOwn(read, name)) Object.assign(problems, unknownFields(path, value, read[name]));
    else problems[path] = 'is unknown';
  }
  return problems;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Each issue of a schema by its path below a place. */
export function problemsBelow(place: string, error: z.ZodError | undefined): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const issue of error?.issues ?? []) {
    const at = (...below: PropertyKey[]) => [place, ...issue.path, ...below].filter((part) => part !== '').join('.');
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) problems[at(key)] ??= 'is unknown';
    else problems[at()] ??= issue.message;
  }
  return problems;
}
