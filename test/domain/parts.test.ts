// The parts of a text message: what is billed, so counted as a carrier counts.
import fc from 'fast-check';
import calculator from 'sms-segments-calculator';
import { describe, expect, test } from 'vitest';
import { beyondGsm, isGsm, toSeptets } from '../../domain/gsm-alphabet.ts';
import { measureMessage, splitMessage } from '../../domain/parts.ts';

const size = (text: string) => measureMessage([{ text }], 6);

describe('a GSM-7 text', () => {
  test.each([
    ['160 characters', 'a'.repeat(160), 1],
    ['161 characters', 'a'.repeat(161), 2],
    ['306 characters', 'a'.repeat(306), 2],
    ['307 characters', 'a'.repeat(307), 3],
    ['459 characters', 'a'.repeat(459), 3],
    ['460 characters', 'a'.repeat(460), 4],
    ['80 extension characters', '€'.repeat(80), 1],
    ['81 extension characters', '€'.repeat(81), 2],
    ['every extension character', '^{}\\[~]|€\f'.repeat(8), 1],
    ['line breaks', 'a\r\n'.repeat(53), 1],
    ['an extension character that fits the seam', `${'a'.repeat(151)}€${'a'.repeat(153)}`, 2],
    ['an extension character that the seam would split', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['accents of the basic set', 'éèùìòÇØøÅåΔΦΓ'.repeat(12), 1],
    ['nothing', '', 1],
  ])('of %s', (_what, text, parts) => expect(size(text)).toEqual({ encoding: 'GSM-7', parts }));
});

describe('a UCS-2 text', () => {
  test.each([
    ['70 characters', '验'.repeat(70), 1],
    ['71 characters', '验'.repeat(71), 2],
    ['134 characters', '验'.repeat(134), 2],
    ['135 characters', '验'.repeat(135), 3],
    ['one foreign character among 160', `ç${'a'.repeat(159)}`, 3],
    ['an extension character counts once', `验${'€'.repeat(69)}`, 1],
    ['35 emoji', '😀'.repeat(35), 1],
    ['36 emoji', '😀'.repeat(36), 2],
    ['66 emoji, 33 in each part since none is split', '😀'.repeat(66), 2],
    ['67 emoji', '😀'.repeat(67), 3],
    ['families of 11 units, cut between their members', '👨‍👩‍👧‍👦'.repeat(12), 2],
    ['66 Thai letters, one with two marks, 59 more, a code', `${'ก'.repeat(66)}ที่${'ก'.repeat(59)}000000`, 2],
    ['a Thai letter whose mark begins the second part', `${'ก'.repeat(66)}กี${'ก'.repeat(66)}`, 2],
    ['Hindi, a syllable of five units at the seam', `${'क'.repeat(64)}क्षि${'क'.repeat(66)}`, 2],
    ['Tamil, a syllable of four units at the seam', `${'க'.repeat(65)}க்ஷ${'க'.repeat(65)}`, 2],
    ['Arabic, a letter with its vowels at the seam', `${'ب'.repeat(66)}بَّ${'ب'.repeat(65)}`, 2],
    ['Hebrew, a letter with its points at the seam', `${'ש'.repeat(66)}שּׁ${'ש'.repeat(65)}`, 2],
    ['Korean in conjoining letters at the seam', `${'가'.repeat(66)}한${'가'.repeat(65)}`, 2],
    ['Vietnamese in separate marks at the seam', `${'ơ'.repeat(66)}ê\u0323${'ơ'.repeat(66)}`, 2],
    ['a flag of two pairs at the seam', `${'验'.repeat(65)}🇬🇷${'验'.repeat(65)}`, 2],
    ['a line break of two characters at the seam', `${'验'.repeat(66)}\r\n${'验'.repeat(66)}`, 2],
    ['a pair at the seam, which is kept whole', `${'验'.repeat(66)}😀${'验'.repeat(66)}`, 3],
    ['halves of pairs, each by itself', '\ud83d'.repeat(134), 2],
    ['an emoji with its skin, cut between the two', `${'验'.repeat(65)}👍🏽${'验'.repeat(65)}`, 2],
  ])('of %s', (_what, text, parts) => expect(size(text)).toEqual({ encoding: 'UCS-2', parts }));

  test('of one letter under 500 accents takes the parts its units need, however few characters a reader sees', () => {
    expect(size(`a${'\u0301'.repeat(500)}`)).toEqual({ encoding: 'UCS-2', parts: 8 });
  });
});

test('the code counts as so many zeros', () => {
  const segments = [{ text: 'a'.repeat(150) }, { code: true } as const];
  expect(measureMessage(segments, 10).parts).toBe(1);
  expect(measureMessage([...segments, { code: true }], 5).parts).toBe(1);
  expect(measureMessage([...segments, { code: true }], 6).parts).toBe(2);
});

const gsm = fc.array(fc.constantFrom('a', ' ', '@', 'é', '\n', '€', '{', '|'), { maxLength: 700 });
const units = (characters: readonly string[]) => characters.map((character) => ('€{|'.includes(character) ? 2 : 1));

test('a GSM-7 text is cut greedily, never inside an extension character', () => {
  fc.assert(
    fc.property(gsm, (characters) => {
      const costs = units(characters);
      let [parts, used] = [1, 0];
      for (const cost of costs) [parts, used] = used + cost > 153 ? [parts + 1, cost] : [parts, used + cost];
      const whole = costs.reduce((sum, cost) => sum + cost, 0) <= 160;
      expect(size(characters.join(''))).toEqual({ encoding: 'GSM-7', parts: whole ? 1 : parts });
    }),
  );
});

test('a UCS-2 text never takes fewer parts than its units need', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('验', '😀', '\u0301', 'a', '👨‍👩‍👧‍👦'), { maxLength: 200 }), (characters) => {
      const text = `验${characters.join('')}`;
      const { encoding, parts } = size(text);
      expect(encoding).toBe('UCS-2');
      expect(parts).toBeGreaterThanOrEqual(text.length <= 70 ? 1 : Math.ceil(text.length / 67));
      expect(parts).toBeLessThanOrEqual(Math.ceil(text.length / 34) + 1);
    }),
  );
});

const clusters = fc.array(fc.constantFrom('验', '😀', 'e\u0301', 'a', '€', '\r\n', '👨‍👩‍👧‍👦', '0', '\uD800', 'ที่'), {
  maxLength: 300,
});

/** One 16-bit unit after the other, as 3GPP TS 23.040, 9.2.3.24.1 has it: what is no pair may be parted. */
function partsByTheBook(text: string): number {
  if (text.length <= 70) return 1;
  let [parts, used] = [1, 0];
  for (const { length } of text) [parts, used] = used + length > 67 ? [parts + 1, length] : [parts, used + length];
  return parts;
}

test('what is cut is put together again unchanged, in as many parts as units need; an independent calculator agrees on GSM-7', () => {
  fc.assert(
    fc.property(fc.oneof(clusters, gsm), (characters) => {
      const text = characters.join('');
      const { encoding, parts } = splitMessage(text);
      const theirs = new calculator.SegmentedMessage(text);
      expect(parts.join('')).toBe(text);
      expect(encoding).toBe(theirs.encodingName);
      expect(parts.length).toBe(encoding === 'GSM-7' ? theirs.segmentsCount : partsByTheBook(text));
    }),
  );
});

test('every character of Unicode is in GSM-7 where an independent calculator has it, as the same septets', () => {
  for (let point = 0; point < 0x11_0000; point += 1) {
    const character = String.fromCodePoint(point);
    // Its table is asked directly where the character is cheap to ask for: beyond the first planes it has none.
    if (point > 0x2fff && isGsm(character)) expect.fail(`${point.toString(16)} is in no GSM alphabet`);
    if (point > 0x2fff) continue;
    const [theirs] = new calculator.SegmentedMessage(character).encodedChars;
    expect(isGsm(character), point.toString(16)).toBe(theirs?.isGSM7 ?? false);
    if (theirs?.isGSM7) expect(toSeptets(character)).toEqual(Uint8Array.from(theirs.codeUnits));
  }
});

test('a text with a character beyond GSM-7 is never written in its septets', () => {
  expect(() => toSeptets('Your cöde: ç')).toThrow('send it as UCS-2');
});

test('what makes a text UCS-2 is named as a reader sees it, once', () => {
  expect(beyondGsm('ที่ ที่ “a” 👨‍👩‍👧‍👦 é e\u0301 \r\n€')).toEqual(['ที่', '“', '”', '👨‍👩‍👧‍👦', 'e\u0301']);
});

test('no UCS-2 part is longer than 67 units, nor is a surrogate pair cut, whatever marks are heaped on a letter', () => {
  const heap = fc.array(fc.constantFrom('a', '\u0301', '\u{1D167}', '😀', '\u200D'), { minLength: 80, maxLength: 400 });
  fc.assert(
    fc.property(heap, (characters) => {
      const text = `验${characters.join('')}`;
      const { parts } = splitMessage(text);
      expect(parts.join('')).toBe(text);
      for (const part of parts) {
        expect(part.length).toBeGreaterThan(0);
        expect(part.length).toBeLessThanOrEqual(67);
        expect(part).not.toMatch(/\p{Surrogate}/u);
      }
    }),
  );
});
