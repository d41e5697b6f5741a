// What a person typed, read as the number it stands for.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerNumber, isNoAnswer } from '../../domain/answer.ts';
import { withoutSeparators } from '../../domain/typed.ts';

describe('an answer', () => {
  test.each([
    ['123456', 123456n],
    ['000123', 123n],
    ['123', 123n],
    ['0', 0n],
    ['000000', 0n],
    ['12 34 56', 123456n],
    ['123-456', 123456n],
    [' 123456\n', 123456n],
    ['123\u00a0456', 123456n],
    ['123\u2011456', 123456n],
    ['123–456', 123456n],
    ['-123456', 123456n],
    ['١٢٣٤٥٦', 123456n],
    ['۱۲۳۴۵۶', 123456n],
    ['१२३४५६', 123456n],
    ['１２３－４５６', 123456n],
    ['𝟏𝟐𝟑𝟜𝟝𝟞', 123456n],
    ['12३4५6', 123456n],
    ['123456\u200c', 123456n],
    ['\u200e123456\u200f', 123456n],
    ['\u2066123456\u2069', 123456n],
    ['123\u200b456\ufeff', 123456n],
    ['1\u20602\u180e3\u00ad4\u034f5\u061c6', 123456n],
    ['123456\ufe0f', 123456n],
    ['123456\u{e0100}', 123456n],
    ['123\u3164456\u2800', 123456n],
    ['(123456)', 123456n],
    ['［123456］', 123456n],
    ['123.456', 123456n],
    ['１２３．４５６', 123456n],
    ['123·456', 123456n],
    ['123ー456', 123456n],
    ['123\u2012456\u2043', 123456n],
    ['123〜456', 123456n],
    ['123\u0085456', 123456n],
    ['۱۲۳\u200c۴۵۶', 123456n],
  ])('written as "%s" is the number %s', (answer, number) => expect(answerNumber(answer, 6)).toBe(number));

  test.each(['', ' ', '-', '1234567', '0123456', '12345a', '1e3', '0x12', '+12345', '1,5', '六', '½', '²', 'Ⅳ', '-1a'])(
    'written as "%s" cannot be a code of six digits',
    (answer) => expect(answerNumber(answer, 6)).toBeUndefined(),
  );

  test.each([
    '',
    ' ',
    '-',
    '\u2011',
    '\u200c',
    '()',
    '...',
    '\ufe0f',
    ' \u00a0–\u2060 ',
    '［ ］',
    '・',
    '\u3164',
    '\t\r\n',
    '—（．）',
  ])('of nothing but separators, %j, is none', (text) => expect(isNoAnswer(text)).toBe(true));

  test.each(['0', '-1', 'a', '+', '½', '/', ',', '\u0000', '六', '😀', '~', '_', '٠'])('of %j is one', (text) => {
    expect(isNoAnswer(text)).toBe(false);
  });

  test('loses every dash, space, bracket and format character of Unicode, and no digit, letter or sign of money', () => {
    const kept = /^[\p{Nd}\p{L}\p{Sc}+,/]$/u;
    const dropped = /^[\p{Pd}\p{Zs}\p{Zl}\p{Zp}\p{Ps}\p{Pe}\p{Cf}\p{Variation_Selector}]$/u;
    // Letters that fill a place and show nothing, and the vowel mark that is typed for a dash.
    const spared = new Set([...'\u115f\u1160\u3164\uffa0\u30fc\uff70']);
    for (let point = 0; point < 0x11_0000; point += 1) {
      const character = String.fromCodePoint(point);
      if (dropped.test(character) || spared.has(character)) expect(withoutSeparators(`1${character}2`)).toBe('12');
      else if (kept.test(character)) expect(withoutSeparators(`1${character}2`)).toBe(`1${character}2`);
    }
  });

  test('may have as many digits as the code has, and no more', () => {
    expect(answerNumber('1234567890', 10)).toBe(1234567890n);
    expect(answerNumber('12345678901', 10)).toBeUndefined();
    expect(answerNumber('1234', 4)).toBe(1234n);
    expect(answerNumber('12345', 4)).toBeUndefined();
  });

  test('takes every decimal digit of Unicode, each as its value', () => {
    const digits = Array.from({ length: 0x110000 }, (_, point) => point).filter((point) =>
      /\p{Nd}/u.test(String.fromCodePoint(point)),
    );
    expect(digits.length).toBeGreaterThanOrEqual(660);
    // Unicode keeps decimal digits in runs of ten, 0 to 9.
    digits.forEach((point, index) => {
      expect(answerNumber(String.fromCodePoint(point), 1), point.toString(16)).toBe(BigInt(index % 10));
    });
  });

  test('is the same number with or without leading zeros, separators and a foreign script', () => {
    const separator = fc.constantFrom('', ' ', '-', ' - ', '\u2009', '\u2212', '\u00ad', '\u200c', '\ufe0f', '.', '（');
    fc.assert(
      fc.property(fc.nat(999_999), fc.array(separator, { minLength: 6, maxLength: 6 }), (code, separators) => {
        const padded = String(code).padStart(6, '0');
        const arabic = [...padded].map((digit) => String.fromCodePoint(0x660 + Number(digit)));
        const spaced = arabic.map((digit, index) => digit + separators[index]).join('');
        for (const written of [String(code), padded, spaced]) expect(answerNumber(written, 6)).toBe(BigInt(code));
      }),
    );
  });

  test('of any text at all is a number of that many digits or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.integer({ min: 4, max: 10 }), (answer, digits) => {
        const number = answerNumber(answer, digits);
        if (number !== undefined) expect(number >= 0n && number < 10n ** BigInt(digits)).toBe(true);
      }),
    );
  });
});
