// Sealed bytes: opened by the right key in the right place, and by nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { open, seal } from '../../secrets/cipher.ts';
import { fixedKeySet } from '../support/key-rings.ts';

const { codec: key, search: otherKey } = fixedKeySet('k1');

describe('what is sealed', () => {
  test('comes back whole, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (plain, context) => {
        expect([...open(key, seal(key, plain, context), context)]).toEqual([...plain]);
      }),
    );
  });

  test('never looks the same twice and does not show what it holds', () => {
    const plain = Buffer.from('+306948530920');
    const sealed = Array.from({ length: 50 }, () => seal(key, plain, 'place'));
    expect(new Set(sealed.map((each) => each.toString('hex'))).size).toBe(50);
    expect(new Set(sealed.map((each) => each.subarray(0, 12).toString('hex'))).size).toBe(50);
    expect(sealed.some((each) => each.includes('6948530920'))).toBe(false);
  });

  test('is refused with any single bit changed', () => {
    const sealed = seal(key, Buffer.from('123456'), 'place');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(key, changed, 'place'), `bit ${bit}`).toThrow();
    }
  });

  test('is refused when cut short anywhere, so that no short tag is taken', () => {
    const sealed = seal(key, Buffer.from('123456'), 'place');
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => open(key, sealed.subarray(0, length), 'place'), `${length} bytes`).toThrow();
    }
  });

  test('is refused under another key or in another place', () => {
    const sealed = seal(key, Buffer.from('123456'), 'place');
    expect(() => open(otherKey, sealed, 'place')).toThrow();
    for (const context of ['', 'Place', 'place ', 'another']) expect(() => open(key, sealed, context)).toThrow();
  });
});
