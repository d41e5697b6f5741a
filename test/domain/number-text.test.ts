// Which numbers are taken for texts: those that JavaScript prints with their own value and without an exponent.
import { expect, test } from 'vitest';
import { isSameInPrint } from '../../domain/number-text.ts';

test.each([
  '0',
  '-0',
  '0.1',
  '19.99',
  '4.50',
  '4.0',
  '100',
  '1e3',
  '1E2',
  '12.5e-1',
  '-7',
  '0.000001',
  '9007199254740993000',
  '10000000000000000',
  '100000000000000000000',
  '0.30000000000000004',
])('%s is', (written) => expect(isSameInPrint(written)).toBe(true));

test.each([
  '12345678901234567890',
  '1e21',
  '1e-7',
  '0.0000001',
  '9007199254740993',
  '0.1000000000000000055',
  '1e999',
  '1e-999',
  '-1e400',
  '3.14159265358979323846',
])('%s is not', (written) => expect(isSameInPrint(written)).toBe(false));

test('a number of many zeros takes no longer than its length', () => {
  expect(isSameInPrint(`1.${'0'.repeat(60_000)}`)).toBe(true);
  expect(isSameInPrint(`0.${'0'.repeat(60_000)}1`)).toBe(false);
});
