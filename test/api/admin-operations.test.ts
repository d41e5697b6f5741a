// Every operation of the management API is complete: documents can be made from it, and people can read them.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { adminOperations, documentedAdminOperations } from '../../api/admin/routes.ts';
import { adminDocument } from '../../api/openapi/admin-document.ts';
import { errorsOf } from '../../api/openapi/errors.ts';
import { scopes } from '../../domain/operator.ts';

const guide = readFileSync('docs/management.md', 'utf8');
const named = adminOperations.map(
  (operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const,
);

interface Schema {
  readonly type?: unknown;
  readonly description?: string;
  /** To a named schema, which says itself what it is. */
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

/** Paths of all properties without a description. */
function undescribed(schema: Schema, path = ''): string[] {
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    ...((property.description ?? property.$ref) ? [] : [`${path}.${name}`]),
    ...undescribed(property, `${path}.${name}`),
  ]);
  const { items, anyOf = [], additionalProperties } = schema;
  const nested = [...(items ? [items] : []), ...anyOf];
  if (typeof additionalProperties === 'object') nested.push(additionalProperties);
  return [...inside, ...nested.flatMap((each) => undescribed(each, `${path}[]`))];
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io }) as Schema;

describe.each(named)('%s', (name, operation) => {
  const { params, query, body, answer, path, summary } = operation;

  test('has schemas that documents can be made from, every field described', () => {
    const asked = [params, query, body?.schema].filter((schema) => schema !== undefined);
    const schemas = [...asked.map((schema) => jsonSchema(schema, 'input')), jsonSchema(answer, 'output')];
    expect(schemas.flatMap((schema) => undescribed(schema))).toEqual([]);
  });

  test('has a parameter for every part of its path, and no other', () => {
    const inPath = [...path.matchAll(/:(\w+)/g)].map(([, each]) => each);
    expect(Object.keys(params?.shape ?? {})).toEqual(inPath);
  });

  test('says what it does and what it refuses with', () => {
    expect(summary).toMatch(/^[A-Z][^.]+$/);
    expect(errorsOf(operation)).toEqual(
      expect.arrayContaining(['unauthorised', 'missingScope', 'unavailable', 'internal']),
    );
  });

  test('stands in the guide with an example', () => {
    const heading = `\`${name.replace(/:(\w+)/g, '{$1}')}\``;
    expect(guide.includes(heading), heading).toBe(true);
  });
});

test('no two operations share a name or a place, and every scope is needed somewhere', () => {
  expect(new Set(adminOperations.map(({ id }) => id)).size).toBe(adminOperations.length);
  expect(new Set(named.map(([name]) => name)).size).toBe(named.length);
  expect(new Set(adminOperations.map(({ scope }) => scope))).toEqual(new Set(scopes));
  expect(adminOperations.every(({ path }) => path.startsWith('/admin/'))).toBe(true);
});

test('the document says what is refused in words of its own, not in those for SMS (400005000, 404000000)', () => {
  const text = JSON.stringify(adminDocument(documentedAdminOperations));
  expect(text).not.toContain('Sms contains');
  expect(text).toContain('`400005000` Invalid data.');
  expect(text).toContain('`404000000` There is nothing under this id');
});
