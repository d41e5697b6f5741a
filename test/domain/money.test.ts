// Amounts: integers inside, decimals on the wire, and nothing lost between.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertMicros, currencyOf, microsToUnits, unitsToMicros } from '../../domain/money.ts';

/** Beyond this a double no longer tells neighbouring millionths apart. */
const EXACT_UP_TO = 2 ** 33 * 1_000_000;
const micros = fc.integer({ min: -EXACT_UP_TO, max: EXACT_UP_TO }).map((amount) => amount + 0);

describe('an amount', () => {
  test.each([
    [0, 0],
    [1, 0.000001],
    [45_000, 0.045],
    [-45_000, -0.045],
    [999_955_000, 999.955],
    [1_000_000_000, 1000],
    [8_589_934_591_999_999, 8_589_934_591.999999],
  ])('of %i micros is %d units on the wire, and back', (amount, units) => {
    expect(microsToUnits(amount)).toBe(units);
    expect(unitsToMicros(units)).toBe(amount);
  });

  test('comes back the same from the wire, whatever it is', () => {
    fc.assert(
      fc.property(micros, (amount) => {
        expect(unitsToMicros(microsToUnits(amount))).toBe(amount);
        expect(unitsToMicros(JSON.parse(JSON.stringify(microsToUnits(amount))))).toBe(amount);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is read from decimal text', () => {
    expect(unitsToMicros('12.5')).toBe(12_500_000);
    expect(unitsToMicros('-0.000001')).toBe(-1);
    expect(Object.is(unitsToMicros('-0'), 0)).toBe(true);
  });

  test.each(['', '1.', '.5', '1,5', '0.0000001', 1e-7, 1e10, '1e3', Number.NaN, Number.POSITIVE_INFINITY, '0x10', '١'])(
    'written as %s is refused',
    (units) => expect(() => unitsToMicros(units)).toThrow(RangeError),
  );

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])(
    'of %d micros is a programming error',
    (amount) => {
      expect(() => assertMicros(amount)).toThrow(RangeError);
      expect(() => microsToUnits(amount)).toThrow(RangeError);
    },
  );

  test('is never minus zero', () => {
    expect(Object.is(assertMicros(-0), 0)).toBe(true);
    expect(Object.is(microsToUnits(-0), 0)).toBe(true);
  });
});

describe('a currency', () => {
  test('has code, name and sign', () => {
    expect(currencyOf('EUR')).toEqual({ code: 'EUR', name: 'Euro', sign: '€' });
  });

  test('without a row of its own goes by its code', () => {
    expect(currencyOf('JPY')).toEqual({ code: 'JPY', name: 'Japanese Yen', sign: 'JPY' });
  });
});
