// The form of CARRIERS_FILE: carriers by name and a list of routes; secrets may stand in the environment.
import { z } from 'zod';
import { fieldProblem } from '../domain/field-problem.ts';
import { RANGE_PREFIX } from '../domain/number-range.ts';
import { isPlace } from '../domain/place.ts';
import type { RoutePlace, RouteStep } from '../domain/route.ts';
import { type CarrierFields, carrierFields, stepsField } from './carrier-fields.ts';
import { problemsBelow, unknownFields } from './configuration-problems.ts';

export interface CarriersFile {
  readonly carriers: Readonly<Record<string, CarrierFields>>;
  readonly routes: readonly { readonly place: RoutePlace; readonly steps: readonly RouteStep[] }[];
}

const route = z
  .object({
    applicationId: z.string('must be the id of an application').optional(),
    country: z.string().refine(isPlace, 'must be an ISO 3166-1 alpha-2 country code in capitals').optional(),
    prefix: z.string().regex(RANGE_PREFIX, 'must be + and the first digits of numbers').optional(),
    steps: stepsField,
  })
  .refine(({ country, prefix }) => country === undefined || prefix === undefined, {
    path: ['prefix'],
    message: 'and country must not be given both: a prefix decides alone',
  });

const format = z.object(
  {
    carriers: z.record(z.string(), carrierFields, 'must be an object of carriers by name').default({}),
    routes: z.array(route, 'must be an array of routes').default([]),
  },
  'must be an object of carriers and routes',
);

const fromEnvironment = z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) });

/** Reads the text. Every problem of its form stands under its path. */
export function readCarriersFile(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly file?: CarriersFile; readonly problems: Readonly<Record<string, string>> } {
  const given = parseJson(text);
  if ('problem' in given) return { problems: { file: given.problem } };
  const { data, error } = format.safeParse(given.value, { error: fieldProblem });
  if (!data) return { problems: inFile(problemsBelow('', error)) };
  const problems = unknownFields('', given.value, data);
  const carriers = Object.entries(data.carriers).map(([name, fields]) => {
    const secrets = secretsFrom(fields.secrets ?? {}, env, `carriers.${name}.secrets`, problems);
    return [name, { ...fields, secrets }] as const;
  });
  const routes = data.routes.map(({ steps, ...place }) => ({ place, steps }));
  return { file: { carriers: Object.fromEntries(carriers), routes }, problems };
}

/** The secrets with those of the environment in their places; notes each that is not there. */
function secretsFrom(
  secrets: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
  place: string,
  problems: Record<string, string>,
): Record<string, unknown> {
  const read = Object.entries(secrets).map(([name, value]) => {
    const reference = fromEnvironment.safeParse(value).data;
    if (!reference) return [name, value] as const;
    const found = env[reference.env];
    if (!found) problems[`${place}.${name}`] = `needs ${reference.env}, which is not set in the environment`;
    return [name, found] as const;
  });
  return Object.fromEntries(read);
}

/** What is wrong with the whole stands under the word for it. */
function inFile({ '': whole, ...others }: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...(whole !== undefined && { file: whole }), ...others };
}

function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // Its own message quotes the text; of it only the place is told, where it has one.
    const position = / at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    return { problem: `must be JSON, without comments or a comma after the last of a list${placeIn(text, position)}` };
  }
}

function placeIn(text: string, position: string | undefined): string {
  if (position === undefined) return '';
  const lines = text.slice(0, Number(position)).split('\n');
  return `; look at line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}
