// Times as callers write them, known clients among them; and what is none.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantPattern, readInstant } from '../../domain/instant.ts';

const read = (text: string) => {
  const found = readInstant(text);
  return typeof found === 'string' ? found : found.toISOString();
};

describe('a time', () => {
  test.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'],
    ['"2026-01-01T00:00:00Z"', '2026-01-01T00:00:00.000Z'],
    [' "2026-01-01T00:00:00Z" ', '2026-01-01T00:00:00.000Z'],
    ['2015-11-11T15:00Z', '2015-11-11T15:00:00.000Z'],
    ['"2015-11-11T15:00Z"', '2015-11-11T15:00:00.000Z'],
    ['2015-11-11T15:00', '2015-11-11T15:00:00.000Z'],
    ['2015-11-11T15:00:30', '2015-11-11T15:00:30.000Z'],
    ['2015-11-11 15:00:30', '2015-11-11T15:00:30.000Z'],
    ['2015-11-11t15:00z', '2015-11-11T15:00:00.000Z'],
    ['2015-11-11T15:00+0200', '2015-11-11T13:00:00.000Z'],
    ['2015-11-11T15:00:00+02:00', '2015-11-11T13:00:00.000Z'],
    ['2015-11-11T15:00:00.123+0200', '2015-11-11T13:00:00.123Z'],
    ['2015-11-11T15:00:00 02:00', '2015-11-11T13:00:00.000Z'],
    ['2015-11-11T15:00 0200', '2015-11-11T13:00:00.000Z'],
    ['"2015-11-11T15:00:00 0530"', '2015-11-11T09:30:00.000Z'],
    ['2015-11-11T15:00+02', '2015-11-11T13:00:00.000Z'],
    ['2015-11-11T15:00-0330', '2015-11-11T18:30:00.000Z'],
    ['2015-11-11T15:00\u221203:30', '2015-11-11T18:30:00.000Z'],
    ['2026-01-01T00:00:00+14:00', '2025-12-31T10:00:00.000Z'],
    ['2026-01-01T00:00:00.9999999Z', '2026-01-01T00:00:00.999Z'],
    ['2026-01-01T00:00:00,5Z', '2026-01-01T00:00:00.500Z'],
    ['2026-01-01', '2026-01-01T00:00:00.000Z'],
    ['"2026-01-01"', '2026-01-01T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0099-01-01T00:00Z', '0099-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(read(text)).toBe(instant);
    expect(text).toMatch(new RegExp(instantPattern));
  });

  test.each([
    ['2026-02-30', 'names a day that does not exist: 2026-02-30'],
    ['2026-02-29T00:00:00Z', 'names a day that does not exist: 2026-02-29'],
    ['1900-02-29', 'names a day that does not exist: 1900-02-29'],
    ['"2026-04-31T10:00Z"', 'names a day that does not exist: 2026-04-31'],
    ['2026-13-01', 'names a day that does not exist: 2026-13-01'],
    ['2026-00-10', 'names a day that does not exist: 2026-00-10'],
    ['2026-01-00T00:00:00', 'names a day that does not exist: 2026-01-00'],
    ['2026-01-32', 'names a day that does not exist: 2026-01-32'],
    ['2026-01-01T24:00:00Z', 'names a time of day that does not exist: 24:00:00'],
    ['2026-01-01T12:60', 'names a time of day that does not exist: 12:60:00'],
    ['2026-01-01T23:59:60Z', 'names a time of day that does not exist: 23:59:60'],
    ['2026-01-01T00:00+24:00', 'has a distance from UTC that does not exist: at most 23 hours and 59 minutes'],
    ['2026-01-01T00:00 0260', 'has a distance from UTC that does not exist: at most 23 hours and 59 minutes'],
  ])('%s %s', (text, sentence) => expect(read(text)).toBe(sentence));

  test.each([
    '',
    '""',
    '"',
    'now',
    '1767225600000',
    '2026',
    '2026-1-1',
    '01/02/2026',
    'Thu, 01 Jan 2026 00:00:00 GMT',
    '2026-01-01T',
    '2026-01-01T00',
    '2026-01-01T00:00:00.Z',
    '2026-01-01T00:00:00 UTC',
    '2026-01-01T00:00:00++02:00',
    '2026-01-01Z',
    '\u0662\u0660\u0662\u0666-01-01',
    '"2026-01-01T00:00:00Z',
    '+02026-01-01',
  ])('is nothing in %j', (text) => {
    expect(read(text)).toBe('must be an ISO 8601 time, such as 2026-01-31T15:00:00Z');
  });

  test('is the same with the sign of its zone in the way of RFC 3339, and the platform agrees', () => {
    const date = fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.integer({ min: -839, max: 839 }), (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const minutes = Math.abs(offset);
        const [h, m] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
        const sign = offset < 0 ? '-' : '+';
        expect(new Date(`${local}${sign}${h}:${m}`)).toEqual(instant);
        for (const zone of [
          `${sign}${h}:${m}`,
          `${sign}${h}${m}`,
          ...(sign === '+' ? [` ${h}:${m}`, ` ${h}${m}`] : []),
        ]) {
          expect(read(local + zone)).toBe(instant.toISOString());
          expect(read(`"${local}${zone}"`)).toBe(instant.toISOString());
        }
      }),
    );
  });
});
