// Texts as octets: GSM-7 one septet per octet, UCS-2, other default alphabets; headers and payloads.
import fc from 'fast-check';
import smpp from 'smpp';
import { describe, expect, test } from 'vitest';
import { type EncodedPart, encodeText } from '../../../carriers/smpp/text.ts';
import { measureMessage, splitMessage } from '../../../domain/parts.ts';

const settings = { defaultAlphabet: 'gsm7', ucs2DataCoding: 8, longMessages: 'udh' } as const;
const REFERENCE = 44;
const HEADER = 6;
const utf16 = new TextDecoder('utf-16be', { ignoreBOM: true });
const hex = (text: string, changes = {}) =>
  encodeText(text, { ...settings, ...changes }, REFERENCE).messages.map(({ shortMessage }) =>
    shortMessage.toString('hex'),
  );
const body = ({ esmClass, shortMessage }: EncodedPart) => shortMessage.subarray(esmClass === 0x40 ? HEADER : 0);

const gsmText = fc
  .array(fc.constantFrom(...'@£$¥èΔ_ΦΞÆæßÉ !"#¤%&\'0Zaäà^{}\\[~]|€\n\r\f'), { maxLength: 600 })
  .map((characters) => characters.join(''));
const anyText = fc.array(fc.constantFrom('a', '€', 'ç', '验', '😀', 'e\u0301', '👨‍👩‍👧‍👦', '\r\n', 'ที่', 'क्षि'), {
  maxLength: 400,
});

describe('GSM-7', () => {
  test('is written one septet per octet, extension characters as two', () => {
    expect(hex('a@_€[')).toEqual(['6100111b651b3c']);
  });

  test('is what another library makes of the text, in at most 160 octets or 153 behind a header', () => {
    fc.assert(
      fc.property(gsmText, (text) => {
        const { messages, parts } = encodeText(text, settings, REFERENCE);
        expect(Buffer.concat(messages.map(body))).toEqual(gsmOfTheLibrary(text));
        expect(parts).toBe(measureMessage([{ text }], 6).parts);
        for (const part of messages) {
          expect(part.dataCoding).toBe(0);
          expect(body(part).length).toBeLessThanOrEqual(messages.length === 1 ? 160 : 153);
          expect(body(part).at(-1)).not.toBe(0x1b);
        }
      }),
    );
  });
});

describe('UCS-2', () => {
  test('is big-endian, surrogate pairs as they are', () => expect(hex('验😀')).toEqual(['9a8cd83dde00']));

  test('is what the platform reads the text from, in at most 140 octets with the header', () => {
    fc.assert(
      fc.property(anyText, (characters) => {
        const text = `验${characters.join('')}`;
        const { messages } = encodeText(text, settings, REFERENCE);
        expect(utf16.decode(Buffer.concat(messages.map(body)))).toBe(text);
        for (const part of messages) {
          expect(part.dataCoding).toBe(8);
          expect(part.shortMessage.length).toBeLessThanOrEqual(140);
          expect(utf16.decode(body(part))).not.toContain('\uFFFD');
        }
      }),
    );
  });

  test('has the data_coding its SMSC wants', () => {
    expect(encodeText('验', { ...settings, ucs2DataCoding: 0x18 }, 0).messages[0]?.dataCoding).toBe(0x18);
  });
});

test('every text is cut into exactly the parts that are paid for, in either alphabet', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        gsmText,
        anyText.map((characters) => characters.join('')),
      ),
      (text) => {
        const { messages, parts } = encodeText(text, settings, REFERENCE);
        const paid = splitMessage(text);
        const octets =
          paid.encoding === 'GSM-7' ? gsmOfTheLibrary : (part: string) => Buffer.from(part, 'utf16le').swap16();
        expect(messages.map((message) => body(message).toString('hex'))).toEqual(
          paid.parts.map((part) => octets(part).toString('hex')),
        );
        expect([parts, messages.length]).toEqual([paid.parts.length, paid.parts.length]);
        expect(measureMessage([{ text }], 6)).toEqual({ encoding: paid.encoding, parts });
      },
    ),
  );
});

describe('a long text', () => {
  test('has one header in each part: eight-bit reference, total, number', () => {
    const parts = hex('a'.repeat(400));
    expect(parts.map((part) => part.slice(0, 2 * HEADER))).toEqual(['0500032c0301', '0500032c0302', '0500032c0303']);
  });

  test('go as parts of a whole by TLVs, without a header, where the SMSC wants that', () => {
    for (const [text, length] of [
      ['a'.repeat(161), 153],
      ['я'.repeat(71), 134],
    ] as const) {
      const { messages, parts } = encodeText(text, { ...settings, longMessages: 'sar' }, REFERENCE);
      const segments = [1, 2].map((number) => ({ reference: REFERENCE, total: 2, number }));
      expect([parts, messages.map(({ segment }) => segment)]).toEqual([2, segments]);
      expect(messages.map(({ esmClass }) => esmClass)).toEqual([0, 0]);
      expect(messages[0]?.shortMessage.length).toBe(length);
    }
    expect(encodeText('a', { ...settings, longMessages: 'sar' }, REFERENCE).messages[0]?.segment).toBeUndefined();
  });

  test('of each alphabet have the data_coding their SMSC wants', () => {
    const coded = { ...settings, defaultDataCoding: 1, ucs2DataCoding: 0x18 };
    const codings = (text: string) => encodeText(text, coded, REFERENCE).messages.map(({ dataCoding }) => dataCoding);
    expect([codings('a'), codings('a'.repeat(161)), codings('я')]).toEqual([[1], [1, 1], [0x18]]);
  });

  test('goes whole in message_payload where told so, beside an empty short_message; a short one does not', () => {
    const payload = { ...settings, longMessages: 'payload' } as const;
    const text = '€'.repeat(200);
    const { messages, parts } = encodeText(text, payload, REFERENCE);
    expect(messages).toEqual([
      { dataCoding: 0, esmClass: 0, shortMessage: Buffer.alloc(0), payload: gsmOfTheLibrary(text) },
    ]);
    expect(parts).toBe(3);
    expect(encodeText('a', payload, REFERENCE).messages).toEqual([
      { dataCoding: 0, esmClass: 0, shortMessage: Buffer.from('a') },
    ]);
  });
});

describe('another default alphabet', () => {
  test.each([
    ['latin1', 'é@_', 'e9405f'],
    ['latin1', 'é€', '00e920ac'],
    ['latin1', '`', '0060'],
    ['ascii', 'a[_]', '615b5f5d'],
    ['ascii', 'é', '00e9'],
  ] as const)('%s takes what is in it and in GSM-7, all else is UCS-2: %s', (defaultAlphabet, text, octets) => {
    expect(hex(text, { defaultAlphabet })).toEqual([octets]);
  });

  test('is measured in septets, since the SMSC makes GSM-7 of it', () => {
    const ascii = { ...settings, defaultAlphabet: 'ascii' } as const;
    expect(encodeText('['.repeat(80), ascii, 0).parts).toBe(1);
    expect(encodeText('['.repeat(81), ascii, 0).parts).toBe(2);
  });
});

/** The second opinion on the table, which the carrier does not use. */
function gsmOfTheLibrary(text: string): Buffer {
  const { encodings } = smpp as unknown as { encodings: { ASCII: { encode(text: string): Buffer } } };
  return encodings.ASCII.encode(text);
}
