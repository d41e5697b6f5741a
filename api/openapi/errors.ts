// What an operation may refuse with, as the responses of a document.
import { z } from 'zod';
import { type ErrorName, type ErrorSentences, errorNames, errorRow } from '../../domain/errors.ts';
import type { Operation } from '../operation.ts';
import type { JsonObject } from './json-schema.ts';

export const errorAnswer = z
  .object({
    code: z
      .string()
      .regex(/^\d{9}$/)
      .describe('Nine digits, of which the first three are the HTTP status.'),
    developerMessage: z.string(),
    properties: z.record(z.string(), z.string()).optional().describe('What is wrong, by the name of the field.'),
  })
  .meta({ id: 'Error', description: 'The body of every refusal.' });

/** The errors an operation names, and those its parts imply; in the order of the table. */
export function errorsOf(operation: Operation): ErrorName[] {
  const { security, query, headers, body, errors } = operation;
  const all = new Set<ErrorName>([...errors, 'internal']);
  if (query ?? headers ?? body) all.add('invalidData');
  if (body) all.add('bodyTooLarge').add('unsupportedMediaType');
  if (security !== 'none') all.add('unavailable');
  if (security === 'token' || security === 'operator') all.add('unauthorised');
  if (security === 'operator') all.add('missingScope');
  return errorNames.filter((name) => all.has(name));
}

/** The errors that share an HTTP status, by status. */
export function byStatus(names: readonly ErrorName[]): Map<number, ErrorName[]> {
  const found = new Map<number, ErrorName[]>();
  for (const name of names) {
    const { status } = errorRow(name);
    found.set(status, [...(found.get(status) ?? []), name]);
  }
  return found;
}

/** One line per error, in an API's own words where it has some. */
export function errorLines(names: readonly ErrorName[], sentences: ErrorSentences): string {
  const line = (name: ErrorName) => `\`${errorRow(name).code}\` ${sentences[name] ?? errorRow(name).developerMessage}`;
  return names.map(line).join('\n\n');
}

/** The error body with one of these codes. */
export function errorSchema(error: JsonObject, names: readonly ErrorName[]): JsonObject {
  return {
    allOf: [error, { type: 'object', properties: { code: { enum: names.map((name) => errorRow(name).code) } } }],
  };
}
