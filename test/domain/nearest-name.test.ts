// What somebody meant by a name that is not known.
import { expect, test } from 'vitest';
import { nearestName, unknownName } from '../../domain/nearest-name.ts';

const settings = [
  'lifetimeInSeconds',
  'maxRetries',
  'digits',
  'maxParts',
  'originator',
  'originatorEnforced',
  'callbackUrl',
];

test.each([
  ['lifetimeInSecond', 'lifetimeInSeconds'],
  ['lifetime_in_seconds', 'lifetimeInSeconds'],
  ['LifeTimeInSeconds', 'lifetimeInSeconds'],
  ['lifetime', 'lifetimeInSeconds'],
  ['maxRetires', 'maxRetries'],
  ['maxretry', 'maxRetries'],
  ['digit', 'digits'],
  ['dgiits', 'digits'],
  ['orginator', 'originator'],
  ['originatorEnforce', 'originatorEnforced'],
  ['callbackURL', 'callbackUrl'],
  ['callBackUri', 'callbackUrl'],
  ['colour', undefined],
  ['x', undefined],
  ['', undefined],
  ['__proto__', undefined],
  ['d'.repeat(10_000), undefined],
])('by %s probably %s', (name, meant) => {
  expect(nearestName(name, settings)).toBe(meant);
});

test('the sentence names the nearest, else all there are', () => {
  expect(unknownName('digit', settings)).toBe('is unknown; did you mean digits?');
  expect(unknownName('colour', ['digits', 'maxParts'])).toBe('is unknown; there are digits, maxParts');
  expect(unknownName('colour', [])).toBe('is unknown: nothing is asked for here');
});
