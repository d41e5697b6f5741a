// The fields of a start: each at its limits, named when it is bad, and all bad ones together.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../api/body/json.ts';
import { readStartFields } from '../../api/endpoints/start-fields.ts';
import { RefusedError } from '../../domain/errors.ts';
import { defaultSettings } from '../../domain/settings.ts';

const good = { method: 'sms', recipient: '+306948530920' };
const read = (fields: Record<string, unknown>) => readStartFields({ ...good, ...fields });

/** The bad fields, each with its sentence. */
function problems(fields: Record<string, unknown>): Readonly<Record<string, string>> {
  try {
    read(fields);
    return {};
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return error.properties ?? {};
  }
}
const bad = (fields: Record<string, unknown>) => Object.keys(problems(fields));

const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`name${i}`, 'x']));

describe('one field', () => {
  test.each([
    ['method', 'sms', 'fax'],
    ['method', 'VOICE', 1],
    ['type', 'Code', 'token'],
    ['recipient', '+30 694-853.09(20)', '306948530920'],
    ['recipient', ' +306948530920', '00306948530920'],
    ['recipient', '+[30]6948530920', 306948530920],
    ['template', 'x'.repeat(1000), 'x'.repeat(1001)],
    ['template', '@@pin', 5],
    ['country', 'gR', 'GRC'],
    ['country', 'XK', 'ZZ'],
    ['country', 'ac', 'UK'],
    ['templateCountry', 'TA', 'EU'],
    ['templateCountry', 'AX', 'XA'],
    ['country', 'IN', 'XX'],
    ['country', 'fi', 'ﬁ'],
    ['country', 'SS', 'ß'],
    ['templateCountry', 'de', 30],
    ['originator', 'Shop 24', 'Shop-24'],
    ['originator', 'A2345678901', 'A23456789012'],
    ['originator', '1234567890123456', '12345678901234567'],
    ['originator', 'a', ' '],
    ['originator', '0', 'Café'],
    ['originator', '306948530920', '+306948530920'],
    ['lifetimeInSeconds', 1, 0],
    ['lifetimeInSeconds', 86400, 86401],
    ['maxRetries', 0, -1],
    ['maxRetries', 20, 21],
    ['digits', 4, 3],
    ['digits', '10', '11'],
    ['digits', 4.0, 4.5],
    ['digits', '4', true],
    ['arguments', {}, []],
    ['arguments', '{"a": "b"}', '["a"]'],
    ['arguments', { pin: { any: 'thing' } }, 'not json'],
    ['arguments', entries(50), entries(51)],
    ['arguments', { ...entries(50), pin: 'ignored' }, 5],
    ['restrictions', {}, []],
    ['restrictions', { contentTemplateId: null, principalEntityId: '' }, 'text'],
  ])('%s may be %j but not %j', (field, right, wrong) => {
    expect(bad({ [field]: right })).toEqual([]);
    expect(bad({ [field]: wrong })).toEqual([field]);
  });

  test.each(['method', 'recipient'])('%s is required: missing, null and "" are the same', (field) => {
    for (const value of [undefined, null, '']) expect(bad({ [field]: value })).toEqual([field]);
  });

  test.each([
    'type',
    'template',
    'arguments',
    'country',
    'templateCountry',
    'originator',
    'lifetimeInSeconds',
    'maxRetries',
    'digits',
    'restrictions',
  ] as const)('%s may be left out, null or ""', (field) => {
    for (const value of [undefined, null, '']) expect(read({ [field]: value })[field]).toBeUndefined();
  });
});

describe('an argument', () => {
  test.each([
    ['text', 'Ada', 'Ada'],
    ['a number', 4.25, '4.25'],
    ['zero', 0, '0'],
    ['100 characters', 'x'.repeat(100), 'x'.repeat(100)],
    ['a placeholder', '@@pin', '@@pin'],
    ['an emoji', '👩‍🚀', '👩‍🚀'],
  ])('may be %s', (_, value, kept) => {
    expect(read({ arguments: { name: value } }).arguments).toEqual({ name: kept });
    expect(read({ arguments: JSON.stringify({ name: value }) }).arguments).toEqual({ name: kept });
  });

  test.each([
    ['101 characters', 'x'.repeat(101)],
    ['true', true],
    ['an object', { a: 'b' }],
    ['an array', ['b']],
    ['a number beyond all', JSON.parse('1e999')],
    ['a line feed', 'a\nb'],
    ['a tab', '\t'],
    ['NUL', '\u0000'],
    ['DEL', '\u007f'],
    ['a C1 control', 'a\u0085'],
  ])('may not be %s, and is named', (_, value) => {
    expect(bad({ arguments: { fine: 'x', name: value } })).toEqual(['arguments.name']);
  });

  test.each([
    '0',
    '0.1',
    '19.99',
    '4.50',
    '4.0',
    '1e3',
    '-7',
    '100000000000000000000',
    '7.00',
    '0.30',
    '1.0',
    '0.1e1',
    '1E3',
    '-0',
    '-0.00',
    '12e-1',
  ])('that is the number %s becomes that very text, in an object and in the text of one', (written) => {
    for (const sent of [`{"n": ${written}}`, JSON.stringify(`{"n": ${written}}`)]) {
      const body = parseJson(`{"arguments": ${sent}}`) as Record<string, unknown>;
      expect(read(body).arguments).toEqual({ n: written });
    }
  });

  test.each([
    '12345678901234567890',
    '1e21',
    '1e-7',
    '9007199254740993',
    '1e999',
    '1E400',
    '-1E400',
    '1E-400',
    '100000000000000000001',
    '1000000000000000000000',
    '0.1000000000000000055',
    `0.${'1'.repeat(99)}`,
  ])('that is the number %s, which programs write in several ways, is to be sent as text', (written) => {
    for (const sent of [`{"n": ${written}}`, JSON.stringify(`{"n": ${written}}`)]) {
      const body = parseJson(`{"arguments": ${sent}}`) as Record<string, unknown>;
      expect(bad(body)).toEqual(['arguments.n']);
    }
  });

  test.each([
    '{"n": 1, "n": 2}',
    '{"n": "x", "n": "x"}',
    '{"n": null, "\\u006e": 4.50}',
    '{"n": {}, "n": 1}',
    '{"n": 1, "n": ""}',
  ])('given twice is refused as that, in an object and in the text of one: %s', (text) => {
    for (const sent of [text, JSON.stringify(text)]) {
      const body = parseJson(`{"arguments": ${sent}}`) as Record<string, unknown>;
      expect(problems(body)).toEqual({ 'arguments.n': 'must be given once' });
    }
  });

  test('null or "" is no argument', () => {
    expect(read({ arguments: { a: null, b: '', c: 'x' } }).arguments).toEqual({ c: 'x' });
  });

  test('keeps names an object is born with as names of its own, and never takes inherited ones', () => {
    const sent = JSON.parse('{"__proto__": "a", "constructor": "b", "toString": "c"}');
    const kept = read({ arguments: sent }).arguments ?? {};
    expect(Object.entries(kept)).toEqual(Object.entries(sent));
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
  });

  test('of any text without control characters survives as it is', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 15 }).map((value) => `x${value.replaceAll(/\p{Cc}/gu, '')}`);
    fc.assert(
      fc.property(text, (value) => {
        expect(read({ arguments: { name: value } }).arguments).toEqual({ name: value });
      }),
    );
  });
});

describe('restrictions', () => {
  test('are handed on as strings of digits', () => {
    const restrictions = { contentTemplateId: '1107160000000000001', principalEntityId: '0012' };
    expect(read({ restrictions }).restrictions).toEqual(restrictions);
  });

  test.each([JSON.parse('1107160000000000001'), 12, '12a', ' 12', '٣'])('may not be %j', (value) => {
    const restrictions = { contentTemplateId: value, principalEntityId: '1' };
    expect(bad({ restrictions })).toEqual(['restrictions.contentTemplateId']);
  });

  // Issue 12, A18.
  test.each([
    [{ peId: '1' }, ['restrictions.peId']],
    [{ ContentTemplateId: '1' }, ['restrictions.ContentTemplateId']],
    [{ contentTemplateID: '1', principalEntityId: '2' }, ['restrictions.contentTemplateID']],
    [{ other: 5, more: null }, ['restrictions.other', 'restrictions.more']],
    [{ contentTemplateId: 'x', peId: '1' }, ['restrictions.contentTemplateId', 'restrictions.peId']],
    [{ principalEntityId: '1'.repeat(31) }, ['restrictions.principalEntityId']],
    [[], ['restrictions']],
  ])('%j is refused, naming %j', (restrictions, names) => {
    expect(bad({ restrictions })).toEqual(names);
  });

  test.each([20, 21, 1_000, 7_000])('of %i unknown members no more than 20 are named', (count) => {
    const sent = Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, 1]));
    const names = bad({ restrictions: { ...sent, principalEntityId: 'x' } });
    expect(names.filter((name) => name.startsWith('restrictions.a'))).toHaveLength(20);
    expect(names).toContain('restrictions.principalEntityId');
  });

  test('of members that are unknown those that are known are told', () => {
    expect(problems({ restrictions: { peId: '1' } })).toEqual({
      'restrictions.peId': 'is unknown; there are contentTemplateId, principalEntityId',
    });
  });
});

test('all bad fields are named at once, a number the method cannot serve and arguments among them', () => {
  const fields = { recipient: '+302101234567', digits: 3, maxRetries: 'x', country: 'XX', originator: '!' };
  expect(bad({ ...fields, arguments: { a: true, b: 'fine', c: {} } }).sort()).toEqual(
    [...Object.keys(fields), 'arguments.a', 'arguments.c'].sort(),
  );
});

test('a number is judged by the method, and without a usable one only where no method serves it', () => {
  const [fixedLine, premium] = ['+302101234567', '+309011234567'];
  expect(bad({ method: 'sms', recipient: fixedLine })).toEqual(['recipient']);
  expect(bad({ method: 'voice', recipient: fixedLine })).toEqual([]);
  expect(bad({ method: 'voice', recipient: premium })).toEqual(['recipient']);
  expect(bad({ method: 'fax', recipient: fixedLine })).toEqual(['method']);
  expect(bad({ method: 'fax', recipient: premium })).toEqual(['method', 'recipient']);
});

test('a landline is taken by SMS where the application has it called instead, and keeps the method that was asked for', () => {
  const asked = { method: 'sms', recipient: '+302101234567' };
  const settings = { ...defaultSettings, landlineByVoice: true };
  expect(readStartFields(asked, settings)).toMatchObject({ method: 'sms', recipient: { number: asked.recipient } });
  expect(() => readStartFields({ ...asked, recipient: '+309011234567' }, settings)).toThrow(RefusedError);
  expect(() => readStartFields(asked, defaultSettings)).toThrow(RefusedError);
  // As an application stands that was made before there was this setting.
  const { landlineByVoice: _, ...older } = defaultSettings;
  expect(() => readStartFields(asked, older)).toThrow(RefusedError);
});

test('no sentence quotes what was sent', () => {
  const sent = '!SECRET4711';
  const names = ['method', 'type', 'recipient', 'country', 'originator', 'digits', 'arguments', 'restrictions'];
  const sentences = problems(Object.fromEntries(names.map((name) => [name, sent])));
  expect(Object.keys(sentences).sort()).toEqual(names.sort());
  expect(JSON.stringify(sentences)).not.toContain('4711');
});
