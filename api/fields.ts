// The contract's conventions for single fields, as zod building blocks (CONTRACT "Conventions").
import { z } from 'zod';
import { absent } from '../domain/absent.ts';
import { invalidFields } from '../domain/errors.ts';
import { sentenceFor, valueless, valuelessFields } from './field-values.ts';

/** Of what is unknown: a request may hold thousands, and the first ones say enough. */
export const MOST_NAMED = 20;

/** For documents: a pattern every generator understands, for texts that hold no control character. */
export const printable = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$';

/** For documents: marks a branch that is another spelling of the one before it, which their page need not show. */
export const spelling = { 'x-spelling': true };

export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(absent, schema.optional());
export const required = <T extends z.ZodType>(schema: T) => z.preprocess(absent, schema);

/** Where null means something, only `""` counts as absent. */
export const emptyAbsent = (value: unknown): unknown => (value === '' ? undefined : value);

/** A field of a PATCH that null takes away; left out, or an empty text, it stays. */
export const removable = <T extends z.ZodType>(schema: T) => z.preprocess(emptyAbsent, schema.nullable().optional());

/** A JSON integer, an integral double or a decimal string, within the range. */
export const integer = (min: number, max: number) => {
  const problem = `must be an integer from ${min} to ${max}`;
  const text = z
    .string()
    .regex(/^-?\d{1,15}$/, problem)
    .meta({ description: 'The same in decimal digits.', ...spelling })
    .transform(Number)
    .refine((value) => value >= min && value <= max, problem);
  return z.union([z.int(problem).min(min, problem).max(max, problem), text], problem);
};

/** One of the words, in any case; the answer is the word as listed. */
export const word = <const W extends string>(...words: W[]) => wordOf(words);

export const wordOf = <W extends string>(words: readonly W[]) => {
  const problem = `must be ${words.length > 1 ? `${words.slice(0, -1).join(', ')} or ` : ''}${words.at(-1)}`;
  return z
    .string(problem)
    .meta({
      anyOf: [
        { type: 'string', enum: [...words] },
        { type: 'string', pattern: inAnyCase(words), ...spelling },
      ],
    })
    .transform((value) => words.find((each) => each.toLowerCase() === value.toLowerCase()))
    .refine((value) => value !== undefined, problem)
    .transform((value) => value as W);
};

/** The source of a pattern that takes each word in any case. */
function inAnyCase(words: readonly string[]): string {
  const letter = (each: string) => `[${each.toUpperCase()}${each.toLowerCase()}]`;
  return `^(${words.map((each) => [...each].map(letter).join('')).join('|')})$`;
}

/**
 * Parses a body or query. @throws RefusedError that names each bad field with its sentence.
 * @param unknown what is there besides and refused, too, by field
 */
export function readFields<T extends z.ZodType>(
  schema: T,
  value: unknown,
  unknown: Readonly<Record<string, string>> = {},
): z.output<T> {
  const parsed = schema.safeParse(value);
  const properties = { ...(parsed.success ? valueless(parsed.data) : valuelessFields(schema, value)), ...unknown };
  if (parsed.success && Object.keys(properties).length === 0) return parsed.data;
  for (const issue of parsed.error?.issues ?? []) {
    const { path, message } = issue;
    if (issue.code === 'unrecognized_keys') {
      const sentence = message.startsWith('is unknown') ? message : 'is unknown';
      for (const key of issue.keys.slice(0, MOST_NAMED)) properties[[...path, key].join('.')] ??= sentence;
    } else properties[path.join('.') || 'body'] ??= sentenceFor(value, path, message);
  }
  throw invalidFields(properties);
}
