// What is wrong with the settings and secrets of a carrier, each problem under its path; none of them quotes a value.
import { z } from 'zod';
import { type CarrierSchemas, type CarrierType, carrierSchemas } from '../carriers/settings.ts';
import { fieldProblem } from '../domain/field-problem.ts';

/** The problems of settings and secrets, by field. */
export function configurationProblems(
  type: CarrierType,
  settings: object,
  secrets: object,
  production: boolean,
): Record<string, string> {
  const schemas: CarrierSchemas = carrierSchemas[type];
  return {
    ...(production && schemas.missingInProduction?.(settings, secrets)),
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
