// What no field may hold, whatever it is for: two values, and half a character.
import { z } from 'zod';
import { GIVEN_TWICE } from './body/json.ts';

/** Half a surrogate pair: no character, and no UTF-8 can be made of it. */
const HALF = /\p{Cs}/u;
export const ONCE = 'must be given once';
const WHOLE = 'must not hold half a surrogate pair: send whole characters in UTF-8';

/** The sentence of a field that a schema refuses, or of what it was given in its place. */
export function sentenceFor(given: unknown, path: readonly PropertyKey[], sentence: string): string {
  const value = path.reduce<unknown>(
    (at, key) => (isPlain(at) ? (at as Record<PropertyKey, unknown>)[key] : at),
    given,
  );
  return value === GIVEN_TWICE ? ONCE : sentence;
}

/** The fields of one thing that was refused, each read on its own, so that these are named beside whatever else is bad. */
export function valuelessFields(schema: z.ZodType, given: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  if (!(schema instanceof z.ZodObject) || !isPlain(given)) return found;
  const fields = given as Record<string, unknown>;
  for (const [name, field] of Object.entries<z.ZodType>(schema.shape)) {
    if (Object.hasOwn(fields, name)) Object.assign(found, valueless(field.safeParse(fields[name]).data, name));
  }
  return found;
}

/**
 * What of a value that was read is none, by its path, each with a sentence. Fields that no schema knows are not in it: they may
 * hold anything. It never calls itself, since some fields are as deep as their sender made them.
 */
export function valueless(read: unknown, name = ''): Record<string, string> {
  const found: Record<string, string> = {};
  const left: [path: string, value: unknown][] = [[name, read]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [path, value] = next;
    if (value === GIVEN_TWICE) found[path || 'body'] = ONCE;
    if (typeof value === 'string' && HALF.test(value)) found[path || 'body'] = WHOLE;
    if (!isPlain(value)) continue;
    for (const [key, member] of Object.entries(value)) {
      if (HALF.test(key)) found[path || 'body'] = WHOLE;
      left.push([path === '' ? key : `${path}.${key}`, member]);
    }
  }
  return found;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
