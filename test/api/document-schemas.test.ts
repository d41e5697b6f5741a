// zod schemas as a document's: never stricter than the server, and loud about what they cannot say.
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startFields } from '../../api/endpoints/start-fields.ts';
import { optional, removable, required } from '../../api/fields.ts';
import { schemaBook } from '../../api/openapi/json-schema.ts';
import { publicDocument } from '../../api/openapi/public-document.ts';
import { publicOperations } from '../../api/routes.ts';

describe('a start', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema(publicDocument(publicOperations({ sandbox: true })), 'document');
  const described = ajv.compile({ $ref: 'document#/components/schemas/StartFields' });

  const value = fc.oneof(
    fc.constantFrom(
      null,
      '',
      'sms',
      'SMS',
      'Voice',
      'code',
      '+306948530920',
      '+30 (694) 853-0920',
      'GR',
      'gr',
      '@@pin',
    ),
    fc.integer({ min: -1, max: 90_000 }),
    fc.integer({ min: 0, max: 12 }).map(String),
    fc.double({ min: 0, max: 12 }),
    fc.boolean(),
    fc.string({ maxLength: 20 }),
    fc.dictionary(
      fc.constantFrom('name', 'pin', 'contentTemplateId'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    ),
    fc.constantFrom('{"name": "Zoe"}', [], ['x']),
  );
  const bodies = fc
    .record({ method: fc.constantFrom('sms', 'Voice'), recipient: fc.constant('+306948530920') })
    .chain((known) =>
      fc
        .dictionary(fc.constantFrom(...Object.keys(startFields.shape), 'unknown'), value, { maxKeys: 2 })
        .map((rest) => ({
          ...known,
          ...rest,
        })),
    );

  test('that the server takes is never one the document forbids', () => {
    let taken = 0;
    fc.assert(
      fc.property(bodies, (body) => {
        if (!startFields.safeParse(body).success) return;
        taken += 1;
        expect(described(body), JSON.stringify([body, described.errors])).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  test.each([
    { method: 'fax' },
    { method: null },
    { recipient: '306948530920' },
    { lifetimeInSeconds: 0 },
    { lifetimeInSeconds: 86_401 },
    { maxRetries: 4.5 },
    { digits: '4.5' },
    { digits: true },
    { template: 'x'.repeat(1001) },
    { arguments: { name: 'x'.repeat(101) } },
    { arguments: { name: true } },
    { arguments: { name: 'a\nb' } },
    { originator: 'twelve chars' },
    { country: 'GRC' },
    { restrictions: { contentTemplateId: 1 } },
    { type: 'link' },
  ])('that the server refuses is forbidden by the document, too: %j', (bad) => {
    const body = { method: 'sms', recipient: '+306948530920', ...bad };
    expect(startFields.safeParse(body).success).toBe(false);
    expect(described(body)).toBe(false);
  });
});

describe('schemas', () => {
  test('of a field that may be left out take null and the empty text, those of a required one do not', () => {
    const book = schemaBook({ closed: false });
    const { properties, required: needed } = book.input(
      z.object({ may: optional(z.string().min(1)), must: required(z.string().min(1)) }),
    ) as { properties: Record<string, unknown>; required: string[] };
    expect(needed).toEqual(['must']);
    expect(properties).toEqual({
      may: { anyOf: [{ type: 'string', minLength: 1 }, { $ref: '#/components/schemas/Absent' }] },
      must: { type: 'string', minLength: 1 },
    });
  });

  test('of a field that null takes away take the empty text for nothing, and null for what it means', () => {
    const book = schemaBook({ closed: false });
    const may = removable(z.object({ a: z.string() }));
    const { properties } = book.input(z.object({ may })) as { properties: { may: { anyOf: unknown[] } } };
    expect(properties.may.anyOf.slice(1)).toEqual([{ type: 'null' }, { $ref: '#/components/schemas/Empty' }]);
    expect(book.components).toHaveProperty('Empty');
    expect(['', undefined, null].map((value) => may.parse(value))).toEqual([undefined, undefined, null]);
  });

  test('with one name and two meanings are refused, and so is a check in code that no meta describes', () => {
    const answer = z.object({ a: z.string().meta({ id: 'Twice' }) });
    const book = schemaBook({ closed: false });
    book.output(answer);
    expect(() => book.output(z.object({ b: z.number().meta({ id: 'Twice' }) }))).toThrow('Twice');
    expect(() => book.input(z.object({ c: z.custom(() => true) }))).toThrow('Custom');
  });
});
