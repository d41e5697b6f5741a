// Ranges that operators vouch for: what may be vouched for, which of several counts, and what becomes of the numbers.
import { expect, test } from 'vitest';
import {
  type NumberRange,
  prefixesOf,
  RANGE_PREFIX,
  type RangeType,
  rangeProblems,
  rangeTypes,
} from '../../domain/number-range.ts';
import { readRecipient, unknownNumber } from '../../domain/phone.ts';

const ohio: NumberRange = { prefix: '+1436', type: 'mobile', country: 'US' };

test.each([
  ['+14362345678', ohio],
  ['+1 (436) 234-5678', ohio],
  ['+4412345', undefined],
  ['+302990000000', { prefix: '+30299', type: 'fixedLineOrMobile', country: 'GR' }],
  ['+881612345678', { prefix: '+8816', type: 'mobile', country: 'US' }],
  ['+38340123456', { prefix: '+38340', type: 'mobile', country: 'XK' }],
  ['+123456789', undefined],
] as const)('%s is taken where it is possible and vouched for', (text, range) => {
  const asked = range ?? { prefix: '+4', type: 'mobile', country: 'GB' };
  const number = `+${text.replace(/\D/g, '')}`;
  const read = readRecipient(text, 'sms', { range: asked });
  if (range) expect(read).toMatchObject({ number, country: range.country });
  else expect(read).toBe('is not a valid phone number');
});

test.each(['+14362345678', '+302990000000', '+38340123456'])('%s is not valid without anybody’s word', (number) => {
  expect(readRecipient(number, 'sms')).toBe('is not a valid phone number');
  expect(unknownNumber(number)).toBe(number);
});

test.each(['+12025550123', '+306948530920', '+302101234567', '+449012345678', '+1201', '+99912345678', 'x', ''])(
  '%s is never looked up: the plan knows what it is, or that nobody can speak for it',
  (number) => {
    expect(unknownNumber(number)).toBeUndefined();
  },
);

test('what the plan knows stands against a range around it', () => {
  const range: NumberRange = { prefix: '+30', type: 'mobile', country: 'CY' };
  expect(readRecipient('+302101234567', 'sms', { range })).toContain('cannot receive SMS');
  expect(readRecipient('+306948530920', 'sms', { range })).toMatchObject({ country: 'GR', type: 'MOBILE' });
});

test.each<[RangeType, boolean, boolean]>([
  ['mobile', true, true],
  ['fixedLineOrMobile', true, true],
  ['voip', true, true],
  ['personal', true, true],
  ['unknown', true, true],
  ['fixedLine', false, true],
  ['tollFree', false, true],
  ['sharedCost', false, true],
  ['uan', false, true],
  ['voicemail', false, true],
  ['pager', false, true],
  ['premiumRate', false, false],
])('of type %s numbers are served by sms %s, by voice %s', (type, sms, voice) => {
  const range = { ...ohio, type };
  expect(typeof readRecipient('+14362345678', 'sms', { range }) === 'object').toBe(sms);
  expect(typeof readRecipient('+14362345678', 'voice', { range }) === 'object').toBe(voice);
});

test('a landline that somebody vouches for is called, too, where the application allows it', () => {
  const range: NumberRange = { ...ohio, type: 'fixedLine' };
  expect(typeof readRecipient('+14362345678', 'sms', { range, landlineByVoice: true })).toBe('object');
});

test('every type has been tried', () => {
  expect(rangeTypes).toHaveLength(12);
});

test.each([
  ['+1436', 'US', undefined],
  ['+1436', 'CA', undefined],
  ['+4474', 'JE', undefined],
  ['+383', 'XK', undefined],
  ['+8816', 'GR', undefined],
  ['+1436', 'GR', 'country'],
  ['+4474', 'AQ', 'country'],
  ['+7', 'KZ', undefined],
  ['+9', 'IN', 'prefix'],
  ['+999123', 'GR', 'prefix'],
  ['+21', 'DZ', 'prefix'],
])('%s for %s: what is wrong is %s', (prefix, country, field) => {
  expect(Object.keys(rangeProblems({ prefix, country }))).toEqual(field === undefined ? [] : [field]);
});

test.each(['1436', '+', '+0436', '+1 436', '+1436x', '++1436', `+${'1'.repeat(16)}`])('%s is no prefix', (text) => {
  expect(RANGE_PREFIX.test(text)).toBe(false);
});

test('a number has as many beginnings as digits, the longest first', () => {
  expect(prefixesOf('+1436')).toEqual(['+1436', '+143', '+14', '+1']);
});
