// Key rings: one key set per id and purpose, rotation, and bad rings refused without quoting a secret.
import { describe, expect, test } from 'vitest';
import { keyById, parseKeyRing } from '../../secrets/key-ring.ts';
import { fixedKey, fixedKeySet, fixedRing } from '../support/key-rings.ts';

const purposes = ['code', 'digest', 'codec', 'search', 'token', 'credential'] as const;
const SECRET = 'c2VjcmV0LXRoYXQtbm8tZXJyb3ItbWF5LXF1b3RlISE=';

describe('a ring', () => {
  test('makes with its first key and finds all by id', () => {
    const ring = fixedRing('new', 'old');
    expect(ring.maker.id).toBe('new');
    expect(ring.all.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(ring.byId('old')).toBe(ring.all[1]);
    expect(ring.byId('gone')).toBeUndefined();
    expect(keyById(ring, 'old')).toBe(ring.all[1]);
    expect(() => keyById(ring, 'gone')).toThrow('The key ring does not hold key gone');
  });

  test('derives the same keys for an id wherever it stands, so that rotation changes nothing pending', () => {
    expect(fixedRing('a', 'b').byId('b')).toEqual(fixedRing('b', 'c').byId('b'));
  });

  test('derives 32 bytes for each purpose, no two the same and none the secret itself', () => {
    const sets = [fixedKeySet('a'), fixedKeySet('b')];
    const keys = sets.flatMap((set) => purposes.map((purpose) => set[purpose].toString('hex')));
    const secrets = ['a', 'b'].map((id) => Buffer.from(fixedKey(id).secret, 'base64').toString('hex'));
    expect(new Set([...keys, ...secrets]).size).toBe(2 * purposes.length + 2);
    expect(keys.every((key) => key.length === 64)).toBe(true);
  });

  test('derives by HKDF exactly as ever: another result would lose every stored secret', () => {
    expect(fixedKeySet('a').codec.toString('hex')).toBe(
      '26e67366978393d0e94a9f13e585c51b46f90cae17c00439ddd514d5a09be5b7',
    );
    expect(fixedKeySet('a').code.toString('hex')).toBe(
      '2d39be7d4c370ed701e495037660b62d990d0342190d2579a3a4aa0344987e4c',
    );
  });
});

const entries = (...keys: unknown[]) => JSON.stringify({ keys });

describe('a bad ring is refused without quoting it:', () => {
  test.each([
    ['no JSON', `{"keys": [{"id": "k1", "secret": "${SECRET}"`],
    ['a bare secret', SECRET],
    ['nothing', ''],
    ['no keys', entries()],
    ['another shape', JSON.stringify([{ id: 'k1', secret: SECRET }])],
    ['no id', entries({ secret: SECRET })],
    ['an id with a space', entries({ id: 'k 1', secret: SECRET })],
    ['an id too long', entries({ id: 'k'.repeat(33), secret: SECRET })],
    ['a secret that is no base64', entries({ id: 'k1', secret: `${SECRET}*` })],
    ['a number for a secret', entries({ id: 'k1', secret: 7 })],
    ['a short secret', entries({ id: 'k1', secret: SECRET.slice(0, 40) })],
    [
      'a secret of 31 bytes',
      entries({ id: 'k1', secret: Buffer.from(SECRET, 'base64').subarray(0, 31).toString('base64') }),
    ],
    ['one id twice', entries({ id: 'k1', secret: SECRET }, fixedKey('k1'))],
    ['17 keys', entries(...Array.from({ length: 17 }, (_, n) => fixedKey(`k${n}`)))],
  ])('%s', (_what, json) => {
    expect(() => parseKeyRing(json)).toThrow(/key ring/);
    try {
      parseKeyRing(json);
    } catch (error) {
      const told = `${(error as Error).stack} ${JSON.stringify(error)} ${String((error as Error).cause)}`;
      expect(told).not.toContain(SECRET.slice(0, 10));
    }
  });

  test('whereas 16 keys are taken', () => {
    const json = entries(...Array.from({ length: 16 }, (_, n) => fixedKey(`k${n}`)));
    expect(parseKeyRing(json).all).toHaveLength(16);
  });
});
