// Which numbers are served, by method, and what is shown of them.
import fc from 'fast-check';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, test } from 'vitest';
import { isCountry, isLandline, maskNumber, quotesNumber, readAnyNumber, readRecipient } from '../../domain/phone.ts';

const noSms = 'cannot receive SMS: give a mobile number or use voice';

describe('a recipient', () => {
  test.each([
    ['GR', '+306948530920'],
    ['GB', '+447912345678'],
    ['IM', '+447624123456'],
    ['US', '+12025550123'],
    ['CA', '+14165550123'],
    ['DE', '+4915123456789'],
    ['IN', '+919876543210'],
    ['BR', '+5511961234567'],
    ['CN', '+8613812345678'],
    ['JP', '+819012345678'],
    ['CY', '+35799123456'],
  ])('of %s, %s, is taken by sms and voice', (country, number) => {
    expect(readRecipient(number, 'sms')).toMatchObject({ number, country });
    expect(readRecipient(number, 'voice')).toMatchObject({ number, country });
  });

  test.each([
    ['mobile', '+306948530920', true, true],
    ['fixed line', '+302101234567', false, true],
    ['fixed line or mobile', '+12025550123', true, true],
    ['toll free', '+448081570000', false, true],
    ['premium rate', '+449012345678', false, false],
    ['shared cost', '+491801234567', false, true],
    ['personal', '+447012345678', true, true],
    ['VoIP', '+445612345678', true, true],
    ['pager', '+447640123456', false, true],
    ['UAN', '+445512345678', false, true],
    ['voicemail', '+97215115711484', false, true],
  ])('that is %s (%s): by sms %s, by voice %s', (_type, number, sms, voice) => {
    expect(typeof readRecipient(number, 'sms')).toBe(sms ? 'object' : 'string');
    expect(typeof readRecipient(number, 'voice')).toBe(voice ? 'object' : 'string');
    if (!sms) expect(readRecipient(number, 'sms')).toBe(noSms);
    if (!voice) expect(readRecipient(number, 'voice')).toBe('is a premium rate number, which is not called');
  });

  test.each([
    ['a landline', '+302101234567', true],
    ['a mobile', '+306948530920', true],
    ['fixed line or mobile', '+12025550123', true],
    ['toll free', '+448081570000', false],
    ['premium rate', '+449012345678', false],
    ['shared cost', '+491801234567', false],
    ['a pager', '+447640123456', false],
    ['UAN', '+445512345678', false],
    ['voicemail', '+97215115711484', false],
  ])('that is %s (%s), where landlines are called instead: by sms %s', (_type, number, taken) => {
    expect(typeof readRecipient(number, 'sms', { landlineByVoice: true })).toBe(taken ? 'object' : 'string');
    if (!taken) expect(readRecipient(number, 'sms', { landlineByVoice: true })).toBe(noSms);
  });

  test('is a landline only where it surely is one', () => {
    const numbers = ['+302101234567', '+12025550123', '+306948530920', '+448081570000'];
    const landlines = numbers.map((number) => {
      const recipient = readRecipient(number, 'voice');
      return typeof recipient !== 'string' && isLandline(recipient);
    });
    expect(landlines).toEqual([true, false, false, false]);
  });

  test('that is a landline is the only kind that calling instead makes one of SMS', () => {
    fc.assert(
      fc.property(fc.constantFrom(...getCountries()), fc.stringMatching(/^\d{4,12}$/), (country, rest) => {
        const number = `+${getCountryCallingCode(country)}${rest}`;
        const [strict, lenient] = [
          readRecipient(number, 'sms'),
          readRecipient(number, 'sms', { landlineByVoice: true }),
        ];
        const called = readRecipient(number, 'voice');
        if (typeof called !== 'string' && isLandline(called)) {
          expect([typeof strict, typeof lenient]).toEqual(['string', 'object']);
        } else expect(lenient).toEqual(strict);
      }),
      { numRuns: 500 },
    );
  });

  test('that is non-geographic stands under ZZ', () => {
    expect(readRecipient('+882160012345', 'sms')).toMatchObject({ number: '+882160012345', country: 'ZZ' });
    expect(readRecipient('+80012345678', 'voice')).toMatchObject({ number: '+80012345678', country: 'ZZ' });
    expect(readRecipient('+80012345678', 'sms')).toBe(noSms);
  });

  test.each([
    '+30 694 853 0920',
    '+(30)694.853-0920',
    ' +30-694-853-0920 ',
    '+30\u00a06948530920',
    '[+30] 6948530920',
    '+30\u2011694\u2011853\u20110920',
    '+30\u2010694\u2012853\u20130920',
    '+30\u2014694\u2015853\u22120920',
    '+30－694－853－0920',
    '+30ー694ー853ー0920',
    '\u202a+306948530920\u202c',
    '\u2068+30 694 853 0920\u2069',
    '\u200e+306948530920',
    '+30694\u200b853\u20600920\ufeff',
    '+30\u00ad694\u00ad8530920',
    '+3069485\ufe0f30920\u{e0100}',
    '＋30（694）853．0920',
    '［＋30］\u3000694\u20098530920',
    '{+30} 694·853·0920',
    '+30\u202f694\u0085853\u20280920',
  ])('may be written as %s', (text) =>
    expect(readRecipient(text, 'sms')).toMatchObject({ number: '+306948530920', country: 'GR' }),
  );

  test.each([
    '',
    '306948530920',
    '00306948530920',
    '+',
    '+123456',
    '+1234567890123456',
    '++306948530920',
    '+30694853O920',
    '+30694/8530920',
    '+30694８530920',
    'tel:+306948530920',
    '+306948530920;ext=1',
  ])('written as "%s" is not in international format', (text) => {
    expect(readRecipient(text, 'sms')).toBe('must be + and 7 to 15 digits, in international format');
  });

  test.each(['+3069485309', '+999123456789', '+30069485309', '+11234567890'])(
    'that no network has, %s, is not valid',
    (text) => expect(readRecipient(text, 'sms')).toBe('is not a valid phone number'),
  );

  test('of every country is served by sms, under its own country where that has numbers of its own', () => {
    const sharing = ['AX', 'BL', 'CC', 'CX', 'EH', 'IM', 'MF', 'SJ', 'VA'];
    for (const country of getCountries()) {
      const number = getExampleNumber(country, examples)?.number ?? '';
      const own = sharing.includes(country) ? {} : { country };
      expect(readRecipient(number, 'sms'), country).toMatchObject({ number, ...own });
    }
  });
});

describe('a masked number', () => {
  test.each([
    ['+306948530920', '+30***920'],
    ['+12025550123', '+1***123'],
    ['+882160012345', '+882***345'],
    ['not a number', '+***ber'],
  ])('of %s is %s', (number, masked) => expect(maskNumber(number)).toBe(masked));

  test('never shows more than the country code and three digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+\d{7,15}$/), (number) => {
        expect(maskNumber(number)).toMatch(/^\+\d{0,3}\*\*\*\d{3}$/);
      }),
    );
  });
});

describe('a country code', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isCountry);

  test('is one of the 249 that ISO 3166-1 assigns', () => {
    expect(codes).toHaveLength(249);
    expect(codes).toEqual(expect.arrayContaining(['GR', 'GB', 'US', 'TW', 'AX', 'CW', 'SS']));
  });

  test.each(['UK', 'EU', 'XK', 'ZZ', 'AN', 'SU', 'YU', 'CS', 'gr', 'GRC', 'G', '', '30'])('is never %s', (code) => {
    expect(isCountry(code)).toBe(false);
  });
});

describe('a number to be erased', () => {
  test.each([
    ['+306948530920', '+306948530920'],
    ['+30 694 853-0920', '+306948530920'],
    ['+44 (0)7911 123456', '+447911123456'],
    ['+99912345678', '+99912345678'],
    ['+449012345678', '+449012345678'],
  ])('%s is read as %s, served or not', (text, number) => {
    expect(readAnyNumber(text)).toEqual({ number });
  });

  test.each(['6948530920', '+123456', '+1234567890123456', 'x', ''])('%j is none', (text) => {
    expect(readAnyNumber(text)).toBe('must be + and 7 to 15 digits, in international format');
  });

  test('is what every recipient that is taken is read as', () => {
    fc.assert(
      fc.property(fc.constantFrom(...getCountries()), (country) => {
        const number = getExampleNumber(country, examples)?.number ?? '+306948530920';
        const taken = readRecipient(number, 'voice');
        if (typeof taken !== 'string') expect(readAnyNumber(number)).toEqual({ number: taken.number });
      }),
    );
  });

  test.each([
    ['for 694 853-0920', true],
    ['+306948530920', true],
    ['ticket 6948530921', false],
    ['', false],
  ])('is quoted by %j: %s', (text, quoted) => {
    expect(quotesNumber(text, '+306948530920')).toBe(quoted);
  });
});
