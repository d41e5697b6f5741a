// Single fields by the contract's conventions: absence, integers, words.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseJson } from '../../api/body/json.ts';
import { integer, optional, readFields, required, word } from '../../api/fields.ts';
import { absent } from '../../domain/absent.ts';
import { RefusedError } from '../../domain/errors.ts';

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('an integer field', () => {
  const field = integer(4, 10);

  test('takes every integer of its range as number or decimal string, and gives the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 10 }), (n) => {
        expect(field.parse(n)).toBe(n);
        expect(field.parse(JSON.parse(`${n}.0`))).toBe(n);
        expect(field.parse(String(n))).toBe(n);
      }),
    );
  });

  test('refuses every other number and its text', () => {
    const other = fc.oneof(fc.integer(), fc.double()).filter((n) => !(Number.isInteger(n) && n >= 4 && n <= 10));
    fc.assert(
      fc.property(other, (n) => {
        expect(accepts(field, n)).toBe(false);
        expect(accepts(field, String(n))).toBe(false);
      }),
    );
  });

  test.each([true, false, '4.5', '4.0', '5e0', '0x5', ' 5', '5 ', '٥', '+5', [5], { value: 5 }, null, undefined])(
    'refuses %j with a sentence that names the range',
    (value) => {
      const parsed = field.safeParse(value);
      expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['must be an integer from 4 to 10']);
    },
  );
});

describe('half a surrogate pair, and a field given twice, are refused by name wherever a field is read:', () => {
  const schema = z.object({
    text: optional(z.string()),
    texts: optional(z.record(z.string(), z.unknown())),
    number: optional(integer(1, 9)),
    any: z.unknown().optional(),
  });
  const named = (body: string) => {
    try {
      return readFields(schema, parseJson(body));
    } catch (error) {
      return error instanceof RefusedError ? error.properties : error;
    }
  };
  const half = expect.stringContaining('surrogate');
  const once = 'must be given once';
  test.each<[string, Record<string, unknown>]>([
    ['{"text": "\\ud83d"}', { text: half }],
    ['{"text": "a\\ude00b"}', { text: half }],
    ['{"text": "\\ude00\\ud83d"}', { text: half }],
    ['{"texts": {"a": {"b": ["\\ud800"]}}}', { 'texts.a.b.0': half }],
    ['{"texts": {"\\udfff": 1}}', { texts: half }],
    ['{"any": "\\udc00"}', { any: half }],
    ['{"text": "\\ud83d", "number": 0}', { text: half, number: expect.stringContaining('1 to 9') }],
    ['{"text": "a", "text": "b"}', { text: once }],
    ['{"text": "a", "text": "a"}', { text: once }],
    ['{"number": 1, "number": null}', { number: once }],
    ['{"texts": {"a": 1, "a": 2}}', { 'texts.a': once }],
    ['{"texts": {}, "texts": {}}', { texts: once }],
    ['{"any": 1, "any": 1, "number": 0}', { any: once, number: expect.stringContaining('1 to 9') }],
  ])('%s', (body, properties) => {
    expect(named(body)).toEqual(properties);
  });

  test.each([
    '{"other": "\\ud83d"}',
    '{"other": 1, "other": 2}',
    '{"text": "\\ud83d\\ude00"}',
    '{"text": "😀"}',
    '{"any": {}}',
  ])('%s is none of that, or in a field nobody knows', (body) =>
    expect(named(body)).not.toHaveProperty(['text'], half),
  );

  test('however deep a field is', () => {
    const deep = (inner: string) => `{"any": ${'['.repeat(30_000)}${inner}${']'.repeat(30_000)}}`;
    expect(Object.values(named(deep('"\\ud800"')) as object)).toEqual([half]);
    expect(named(deep('1'))).toHaveProperty('any');
  });
});

describe('an absent value', () => {
  test.each([undefined, null, ''])('is %j', (value) => {
    expect(absent(value)).toBeUndefined();
    expect(optional(integer(1, 2)).parse(value)).toBeUndefined();
    expect(accepts(required(z.string()), value)).toBe(false);
  });

  test.each([0, false, ' ', '0', Number.NaN, []])('is not %j', (value) => {
    expect(absent(value)).toBe(value);
  });
});

test('a word is taken in any case and given back as listed', () => {
  const field = word('sms', 'voice');
  const anyCase = fc.tuple(fc.constantFrom('sms', 'voice'), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }));
  fc.assert(
    fc.property(anyCase, ([listed, upper]) => {
      const sent = [...listed].map((letter, i) => (upper[i] ? letter.toUpperCase() : letter)).join('');
      expect(field.parse(sent)).toBe(listed);
    }),
  );
  for (const other of ['', 'sms ', 'smsvoice', 'call', 5, true, ['sms'], 'ſms'])
    expect(accepts(field, other)).toBe(false);
});

describe('reading fields', () => {
  const schema = z.object({
    digits: optional(integer(4, 10)),
    inner: optional(z.object({ id: z.string('must be text') })),
  });
  const refusal = (value: unknown) => {
    try {
      readFields(schema, value);
    } catch (error) {
      return error as RefusedError;
    }
    return undefined;
  };

  test('drops unknown fields', () => {
    expect(readFields(schema, { digits: 4, other: 1 })).toEqual({ digits: 4 });
  });

  test('refuses with 400005000 and one sentence per bad field, by its path', () => {
    const refused = refusal({ digits: 3, inner: { id: 5 }, other: true });
    expect(refused).toBeInstanceOf(RefusedError);
    expect(refused?.errorName).toBe('invalidData');
    expect(refused?.properties).toEqual({ digits: 'must be an integer from 4 to 10', 'inner.id': 'must be text' });
  });

  test('names the body when it is no object at all', () => {
    expect(Object.keys(refusal('text')?.properties ?? {})).toEqual(['body']);
  });
});
