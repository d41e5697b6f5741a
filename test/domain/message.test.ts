// A message rendered and measured: refused without a place for the code or with too many parts.
import { describe, expect, test } from 'vitest';
import { type RenderRequest, renderMessage } from '../../domain/message.ts';
import { characters } from '../../domain/text.ts';

const request = (asked: Partial<RenderRequest>): RenderRequest => ({
  template: 'Your code: @@pin',
  arguments: {},
  method: 'sms',
  digits: 6,
  maxParts: 4,
  ...asked,
});

describe('a message', () => {
  test('comes as segments with its size', () => {
    expect(renderMessage(request({}))).toEqual({
      segments: [{ text: 'Your code: ' }, { code: true }],
      encoding: 'GSM-7',
      parts: 1,
    });
  });

  const noPin = { problem: 'must contain @@pin, the place of the code' };
  test.each(['no place', '@@pincode', '@@pin_', '@@ pin', '@@PIN', '@pin', ''])(
    'of the template "%s" is 400011001, which says that the code has no place',
    (template) => {
      expect(renderMessage(request({ template }))).toEqual(noPin);
      expect(renderMessage(request({ template, method: 'voice' }))).toEqual(noPin);
    },
  );

  test('whose only @@pin stands in a value is 400011001', () => {
    expect(renderMessage(request({ template: '@@a', arguments: { a: '@@pin' } }))).toEqual(noPin);
  });

  test('of as many parts as allowed is rendered, of one more is 400011001, which says how many', () => {
    const template = `@@pin ${'a'.repeat(4 * 153 - 7)}`;
    expect(renderMessage(request({ template }))).toMatchObject({ parts: 4 });
    expect(renderMessage(request({ template: `${template}a` }))).toEqual(tooMany(5, 4));
    expect(renderMessage(request({ template: `${template}a`, maxParts: 5 }))).toMatchObject({ parts: 5 });
  });

  test('has its parts counted after the values are in, with the code as long as it will be', () => {
    const fits = { template: '@@pin@@a', arguments: { a: 'a'.repeat(154) }, maxParts: 1 };
    expect(renderMessage(request(fits))).toMatchObject({ parts: 1 });
    expect(renderMessage(request({ ...fits, digits: 7 }))).toEqual(tooMany(2, 1));
  });

  test.each<[string, Partial<RenderRequest>, number, number]>([
    ['a long text', { template: `@@pin ${'a'.repeat(900)}` }, 6, 4],
    [
      'one extension character at the seam',
      { template: `@@pin ${'a'.repeat(145)}€${'a'.repeat(152)}`, maxParts: 2 },
      3,
      2,
    ],
    ['a single foreign letter', { template: `@@pin ç${'a'.repeat(300)}` }, 5, 4],
    ['emoji in an argument', { template: '@@pin @@a', arguments: { a: '😀'.repeat(100) }, maxParts: 1 }, 4, 1],
    ['the line of WebOTP', { template: `@@pin ${'a'.repeat(153)}`, webOtpDomain: 'example.com', maxParts: 1 }, 2, 1],
    ['a code that stands 40 times', { template: '@@pin'.repeat(40), digits: 10, maxParts: 2 }, 3, 2],
    [
      'the longest there can be',
      { template: `@@pin${'@@a'.repeat(331)}`, arguments: { a: '😀'.repeat(100) } },
      1_004,
      4,
    ],
  ])('of %s is 400011001, which says how many parts it takes and how many are allowed', (_, asked, parts, allowed) => {
    expect(renderMessage(request(asked))).toEqual(tooMany(parts, allowed));
  });

  test('that is spoken is one part, whatever maxParts says', () => {
    const spoken = { method: 'voice', template: `@@pin ${'ä'.repeat(900)}`, maxParts: 1 } as const;
    expect(renderMessage(request(spoken))).toMatchObject({ parts: 1 });
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['values of 100 letters', `${'@@a'.repeat(240)}@@pin`, { a: 'W'.repeat(100) }, 24_006],
    ['one character more than 1,600', `@@pin${'@@a'.repeat(15)}${'-'.repeat(95)}`, { a: 'a'.repeat(100) }, 1_601],
    ['emoji', `@@pin${'@@a'.repeat(16)}`, { a: '😀'.repeat(100) }, 1_606],
    ['letters with marks, each counted', `@@pin${'@@a'.repeat(16)}`, { a: 'e\u0301'.repeat(50) }, 1_606],
    ['codes alone', '@@pin'.repeat(200), {}, 2_000],
    [
      'several values',
      `@@pin${'@@a@@b@@c'.repeat(6)}`,
      { a: 'a'.repeat(100), b: 'β'.repeat(100), c: '1'.repeat(99) },
      1_800,
    ],
  ])('that is spoken and of more than 1,600 characters, by %s, is 400011001', (_, template, args, spoken) => {
    const asked = { method: 'voice', template, arguments: args, digits: template.includes('a') ? 6 : 10 } as const;
    expect(characters(template)).toBeLessThanOrEqual(1_000);
    expect(renderMessage(request(asked))).toEqual({
      problem: `has ${spoken} characters with its values; a call says 1600 at most`,
    });
  });

  test('that is spoken has 1,600 characters at most, the code as so many zeros, an emoji as one', () => {
    const asked = {
      method: 'voice',
      template: `@@pin${'@@a'.repeat(15)}@@b`,
      arguments: { a: '😀'.repeat(100), b: 'b'.repeat(94) },
    } as const;
    expect(renderMessage(request(asked))).toMatchObject({ parts: 1 });
    expect(renderMessage(request({ ...asked, digits: 7 }))).toMatchObject({ problem: expect.stringContaining('1601') });
  });
});

const tooMany = (parts: number, allowed: number) => ({
  problem: `takes ${parts} parts; this application allows ${allowed}`,
});
