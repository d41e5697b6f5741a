// A template before it is used: the code's place, the encoding and what makes it so, the parts, the WebOTP line.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMessage } from '../../domain/message.ts';
import { checkTemplate } from '../../domain/template-check.ts';

const question = { method: 'sms' as const, digits: 6, maxParts: 4 };
const check = (template: string, more: Partial<Parameters<typeof checkTemplate>[0]> = {}) =>
  checkTemplate({ ...question, template, ...more });

describe('a template', () => {
  test.each(['', 'no code', '@@pincode', '@@ pin'])(
    'without a place for the code, such as "%s", may not be used',
    (text) => {
      expect(check(text).problems).toEqual(['must contain @@pin, the place of the code']);
      expect(check(text, { method: 'voice' }).problems).toHaveLength(1);
    },
  );

  test('of GSM-7 characters alone names none that makes it UCS-2', () => {
    expect(check('Ihr Code für @@shop: @@pin {€}')).toEqual({
      problems: [],
      placeholders: ['shop'],
      encoding: 'GSM-7',
      ucs2Characters: [],
      parts: 1,
    });
  });

  test('of other characters names each of them once', () => {
    expect(check('Κωδικός: @@pin “now” 🎉🎉').encoding).toBe('UCS-2');
    expect(check('Your code’s @@pin, don’t share “it” 🎉🎉').ucs2Characters).toEqual(['’', '“', '”', '🎉']);
  });

  test('that takes too many parts says how many, and with how many digits', () => {
    const long = `${'x'.repeat(300)}@@pin`;
    expect(check(long, { maxParts: 2 })).toMatchObject({
      parts: 2,
      problems: [],
    });
    expect(check(long, { maxParts: 2, digits: 7 })).toMatchObject({
      parts: 3,
      problems: ['takes 3 parts with 7 digits, and at most 2 are allowed'],
    });
  });

  test('of a call whose codes alone are longer than 1,600 characters may not be used', () => {
    const codes = '@@pin'.repeat(200);
    expect(check(codes, { method: 'voice', digits: 8 }).problems).toEqual([]);
    expect(check(`${codes.slice(0, 995)}`, { method: 'voice', digits: 9 }).problems).toEqual([
      'has 1791 characters with its values; a call says 1600 at most',
    ]);
  });

  test('of a call is one part however long, in no encoding, without a WebOTP line', () => {
    const spoken = check(`${'ω'.repeat(900)} @@pin`, { method: 'voice', maxParts: 1, webOtpDomain: 'example.com' });
    expect(spoken).toEqual({ problems: [], placeholders: [], ucs2Characters: [], parts: 1 });
  });

  test('counts the WebOTP line, code included', () => {
    // 160 with the code; the line of 21 makes it two parts.
    const full = `${'x'.repeat(154)}@@pin`;
    expect(check(full).parts).toBe(1);
    expect(check(full, { webOtpDomain: 'example.com' }).parts).toBe(2);
    expect(check(`${'x'.repeat(160 - 6 - 21)}@@pin`, { webOtpDomain: 'example.com' }).parts).toBe(1);
    expect(check(`${'x'.repeat(160 - 6 - 20)}@@pin`, { webOtpDomain: 'example.com' }).parts).toBe(2);
  });

  test('without problems is never refused at a start without arguments, and one with problems always is', () => {
    const piece = fc.constantFrom('@@pin', '@@name', 'text ', 'ω', '€', '🎉', 'x'.repeat(70), '\n');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
        fc.record({
          method: fc.constantFrom('sms' as const, 'voice' as const),
          digits: fc.integer({ min: 4, max: 10 }),
          maxParts: fc.integer({ min: 1, max: 10 }),
        }),
        fc.constantFrom(undefined, 'example.com'),
        (template, rest, webOtpDomain) => {
          const checked = checkTemplate({ template, ...rest, webOtpDomain });
          const rendered = renderMessage({ template, arguments: {}, ...rest, ...(webOtpDomain && { webOtpDomain }) });
          expect('problem' in rendered).toBe(checked.problems.length > 0);
          if (!('problem' in rendered)) expect(rendered.parts).toBe(checked.parts);
        },
      ),
      { numRuns: 500 },
    );
  });
});
