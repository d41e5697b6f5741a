// The parameters of an operation: path, query and headers, from the schemas that read them.
import type { z } from 'zod';
import type { Operation } from '../operation.ts';
import { ABSENT, type JsonObject, type SchemaBook } from './json-schema.ts';

type Place = 'path' | 'query' | 'header';

export function parametersOf({ params, query, headers }: Operation, book: SchemaBook): JsonObject[] {
  return [
    ...(params ? parametersIn('path', params, book) : []),
    ...(query ? parametersIn('query', query, book) : []),
    ...(headers ? parametersIn('header', headers, book) : []),
  ];
}

function parametersIn(place: Place, schema: z.ZodObject, book: SchemaBook): JsonObject[] {
  const { properties, required = [] } = book.input(schema) as {
    properties: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    ...(description !== undefined && { description }),
    required: place === 'path' || required.includes(name),
    schema: asText(rest, place),
  }));
}

/** On the wire all of these are text: there is no null, a number is its digits anyway, and no header is empty. */
function asText(schema: JsonObject, place: Place): JsonObject {
  if (!Array.isArray(schema.anyOf)) return schema;
  const branches = schema.anyOf as JsonObject[];
  const numbers = branches.some(({ type }) => type === 'integer' || type === 'number');
  const isAbsent = (branch: JsonObject) => branch.$ref === ABSENT.$ref;
  const kept = branches
    .filter((branch) => (isAbsent(branch) ? place === 'query' : !numbers || branch.type !== 'string'))
    .map((branch) => (isAbsent(branch) ? { type: 'string', maxLength: 0 } : branch));
  const { anyOf: _, ...rest } = schema;
  return kept.length === 1 ? { ...rest, ...kept[0] } : { ...rest, anyOf: kept };
}
