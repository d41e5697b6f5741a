// Which secrets are live, and what adding and rotating make of them.
import { describe, expect, test } from 'vitest';
import { liveSecrets, type SecretLife, withAdded, withRotated } from '../../domain/live-secret.ts';

interface Named extends SecretLife {
  readonly name: string;
}

const NOW = 1_000_000;
const secret = (name: string, endsInMs?: number): Named => ({
  name,
  ...(endsInMs !== undefined && { endsAt: new Date(NOW + endsInMs) }),
});
const shown = (secrets: readonly Named[] | undefined) =>
  secrets?.map(({ name, endsAt }) => (endsAt ? `${name} ${endsAt.getTime() - NOW}` : name));

test.each([
  ['has no end', undefined, true],
  ['ends later', 1, true],
  ['ends now', 0, false],
  ['ended just now', -1, false],
  ['ended long ago', -100_000, false],
])('a secret that %s', (_, endsInMs, live) => {
  expect(liveSecrets([secret('a', endsInMs)], NOW)).toHaveLength(live ? 1 : 0);
});

describe('adding', () => {
  test.each([
    ['to none', [], ['new']],
    ['to one', [secret('a')], ['new', 'a']],
    ['to one in its grace', [secret('a', 5_000)], ['new', 'a 5000']],
    ['to one and one that ended', [secret('a'), secret('b', -1)], ['new', 'a']],
    ['to two', [secret('a'), secret('b')], undefined],
    ['to one and one in its grace', [secret('a'), secret('b', 5_000)], undefined],
  ])('%s', (_, before, after) => {
    expect(shown(withAdded(before, secret('new'), NOW))).toEqual(after);
  });
});

describe('rotating', () => {
  test.each([
    ['one with a grace', [secret('a')], 60, ['new', 'a 60000']],
    ['one at once', [secret('a')], 0, ['new']],
    ['one that ends earlier than the grace', [secret('a', 5_000)], 60, ['new', 'a 5000']],
    ['one that ends later than the grace', [secret('a', 90_000)], 60, ['new', 'a 60000']],
    ['two with a grace', [secret('a'), secret('b')], 60, undefined],
    ['two of which one ended', [secret('a'), secret('b', -1)], 60, ['new', 'a 60000']],
    ['two at once', [secret('a'), secret('b', 9_000)], 0, ['new']],
    ['none', [], 60, ['new']],
  ])('%s', (_, before, grace, after) => {
    expect(shown(withRotated(before, secret('new'), grace, NOW))).toEqual(after);
  });
});
