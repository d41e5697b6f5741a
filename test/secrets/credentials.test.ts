// Application credentials: of a shape every known client can send, kept as hashes, matched through rotations.
import { describe, expect, test } from 'vitest';
import { drawApplicationId, drawApplicationSecret, hashSecret, secretMatches } from '../../secrets/credentials.ts';
import { fixedRing } from '../support/key-rings.ts';

const ring = fixedRing('k1');
const [ID, SECRET] = ['0123456789abcdef01234567', 'abcdefghijABCDEFGH01'];

test('ids are 24 hexadecimal characters and secrets 20 letters and digits, all of them used', () => {
  const ids = Array.from({ length: 200 }, drawApplicationId);
  const secrets = Array.from({ length: 2_000 }, drawApplicationSecret);
  expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
  expect(secrets.every((secret) => /^[A-Za-z0-9]{20}$/.test(secret))).toBe(true);
  expect(new Set(ids).size + new Set(secrets).size).toBe(2_200);
  // 40,000 draws of 62: that one never comes has a chance of 10^-280.
  expect(new Set(secrets.join('')).size).toBe(62);
});

describe('a secret', () => {
  const hashes = [hashSecret(ring, ID, SECRET)];

  test('is kept as a hash that does not hold it', () => {
    expect(hashes[0]).toEqual({ keyId: 'k1', hash: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
  });

  test('matches its hash, also after its key was rotated away from the front', () => {
    expect(secretMatches(ring, ID, SECRET, hashes)).toBe(true);
    expect(secretMatches(fixedRing('k2', 'k1'), ID, SECRET, hashes)).toBe(true);
  });

  test('matches any of several hashes, so that two secrets can live side by side', () => {
    const both = [...hashes, hashSecret(fixedRing('k2', 'k1'), ID, 'another secret')];
    expect(secretMatches(fixedRing('k2', 'k1'), ID, SECRET, both)).toBe(true);
    expect(secretMatches(fixedRing('k2', 'k1'), ID, 'another secret', both)).toBe(true);
  });

  test.each([
    ['another secret', ID, 'abcdefghijABCDEFGH02', ring, hashes],
    ['a longer secret', ID, `${SECRET}x`, ring, hashes],
    ['no secret', ID, '', ring, hashes],
    ['another application', '0123456789abcdef01234568', SECRET, ring, hashes],
    ['a ring without the key', ID, SECRET, fixedRing('k2'), hashes],
    ['another hash under the same key', ID, SECRET, ring, [{ keyId: 'k1', hash: 'short' }]],
    [
      'a key that is not that of the hash',
      ID,
      SECRET,
      fixedRing('k2', 'k1'),
      [{ ...hashes[0], keyId: 'k2', hash: hashes[0]?.hash ?? '' }],
    ],
    ['no hash at all', ID, SECRET, ring, []],
  ])('does not match for %s', (_what, id, secret, keys, kept) => {
    expect(secretMatches(keys, id, secret, kept)).toBe(false);
  });
});
