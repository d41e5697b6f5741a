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
    schema: asText(rest),
  }));
}

/** On the wire all of these are text: there is no null, and a number is its digits anyway, unless it may be any other text. */
function asText(schema: JsonObject): JsonObject {
  if (!Array.isArray(schema.anyOf)) return schema;
  const branches = schema.anyOf as JsonObject[];
  const anyText = branches.some((branch) => branch.type === 'string' && branch['x-spelling'] !== true);
  const numbers = branches.some(({ type }) => type === 'integer' || type === 'number');
  const kept = branches
    .filter(({ type }) => !numbers || type !== (anyText ? 'number' : 'string'))
    .map((branch) => (branch.$ref === ABSENT.$ref ? { type: 'string', maxLength: 0 } : branch));
  return { ...schema, anyOf: kept };
}
