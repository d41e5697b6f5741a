// The template's placeholders: which names count, what is inserted, and that nothing inserted is ever scanned.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillCode, hasPin, renderSegments } from '../../domain/template.ts';

const CODE = '424242';
const filled = (template: string, args: Record<string, string> = {}) => fillCode(renderSegments(template, args), CODE);
const places = (template: string, args: Record<string, string>) =>
  renderSegments(template, args).filter((segment) => 'code' in segment).length;

describe('a template', () => {
  test.each([
    ['@@pin', true],
    ['Your code is @@pin.', true],
    ['代码@@pin请勿告诉他人', true],
    ['@@pin@@pin', true],
    ['@@@pin', true],
    ['@@pin-code', true],
    ['@@pincode', false],
    ['@@pin_', false],
    ['@@pin1', false],
    ['@@PIN', false],
    ['@pin', false],
    ['@@ pin', false],
    ['pin', false],
    ['', false],
  ])('such as "%s" has a place for the code: %s', (template, has) => {
    expect(hasPin(template)).toBe(has);
    expect(places(template, {}) > 0).toBe(has);
  });

  test.each([
    ['@@pin', {}, '424242'],
    ['@@pin is your code, again: @@pin', {}, '424242 is your code, again: 424242'],
    ['验证码@@pin请勿泄露', {}, '验证码424242请勿泄露'],
    ['@@pincode @@pin', { pincode: 'P', pin: 'no' }, 'P 424242'],
    ['@@pincode @@pin', {}, '@@pincode 424242'],
    ['Hi @@name, @@pin', { name: 'Zoë 🎉' }, 'Hi Zoë 🎉, 424242'],
    ['Hi @@name, @@pin', {}, 'Hi @@name, 424242'],
    ['Hi @@name, @@pin', { name: '' }, 'Hi , 424242'],
    ['@@a@@b@@pin', { a: '1', b: '2' }, '12424242'],
    ['@@@@pin', {}, '@@424242'],
    ['@@name@@pin', { name: '@@' }, '@@424242'],
    ['@@a @@pin', { a: '@@b', b: 'never' }, '@@b 424242'],
    ['@@a @@pin', { a: '$& $1 $$' }, '$& $1 $$ 424242'],
  ])('"%s" with %o becomes "%s"', (template, args, text) => expect(filled(template, args)).toBe(text));

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
    'leaves @@%s as it is unless it was given as a value',
    (name) => {
      expect(filled(`@@${name} @@pin`)).toBe(`@@${name} 424242`);
      expect(filled(`@@${name} @@pin`, Object.fromEntries([[name, 'given']]))).toBe('given 424242');
    },
  );

  test('keeps a value @@pin as text, so that a value never shows the code', () => {
    expect(filled('@@a @@pin', { a: '@@pin' })).toBe('@@pin 424242');
    expect(filled('@@a@@b', { a: '@@', b: 'pin' })).toBe('@@pin');
    expect(places('@@a@@b', { a: '@@p', b: 'in' })).toBe(0);
  });
});

const word = fc.constantFrom('pin', 'pincode', 'name', 'a', '__proto__', 'constructor', 'p', 'in');
const piece = fc.oneof(
  word.map((name) => `@@${name}`),
  fc.constantFrom('@', '@@', ' ', 'pin', '请勿', '🎉', '_', '1'),
  fc.string({ maxLength: 5 }),
);
const template = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
const values = fc.array(fc.tuple(word, template)).map((entries): Record<string, string> => Object.fromEntries(entries));

describe('whatever the arguments', () => {
  test('rendering never changes the number of places for the code', () => {
    fc.assert(
      fc.property(template, values, (text, args) => {
        const pins = [...text.matchAll(/@@(\w+)/g)].filter(([, name]) => name === 'pin').length;
        expect(places(text, args)).toBe(pins);
        expect(hasPin(text)).toBe(pins > 0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a template without values comes out as it went in, with the code for @@pin', () => {
    fc.assert(
      fc.property(template, (text) => {
        expect(fillCode(renderSegments(text, {}), '@@pin')).toBe(text);
      }),
    );
  });
});
