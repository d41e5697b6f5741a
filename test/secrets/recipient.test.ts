// A phone number as the database has it: sealed to its place, found by keyed hashes.
import { describe, expect, test } from 'vitest';
import { openText, recipientHash, recipientHashes, sealText } from '../../secrets/recipient.ts';
import { fixedKeySet, fixedRing } from '../support/key-rings.ts';

const NUMBER = '+306948530920';

describe('a sealed text', () => {
  const kept = sealText(fixedRing('k1'), NUMBER, 'tracking-1');

  test('is read again after its key was rotated away from the front', () => {
    expect(kept.keyId).toBe('k1');
    expect(openText(fixedRing('k2', 'k1'), kept, 'tracking-1')).toBe(NUMBER);
    expect(JSON.stringify(kept)).not.toContain('6948530920');
  });

  test('cannot be moved to another document, nor opened without its key', () => {
    expect(() => openText(fixedRing('k1'), kept, 'tracking-2')).toThrow();
    expect(() => openText(fixedRing('k2'), kept, 'tracking-1')).toThrow('The key ring does not hold key k1');
    expect(() => openText(fixedRing('k2', 'k1'), { ...kept, keyId: 'k2' }, 'tracking-1')).toThrow();
  });

  test('keeps letters of every script', () => {
    const text = 'κωδικός 验证码 🎉';
    expect(openText(fixedRing('k1'), sealText(fixedRing('k1'), text, 'x'), 'x')).toBe(text);
  });
});

describe('the hash of a number', () => {
  test('is one per key, the newest first, each under its key id', () => {
    const hashes = recipientHashes(fixedRing('k2', 'k1'), NUMBER);
    expect(hashes).toEqual([recipientHash(fixedKeySet('k2'), NUMBER), recipientHash(fixedKeySet('k1'), NUMBER)]);
    expect(hashes[0]).toMatch(/^k2:[A-Za-z0-9_-]{43}$/);
    expect(hashes[1]).toMatch(/^k1:[A-Za-z0-9_-]{43}$/);
  });

  test('differs by number and by search key', () => {
    const key = fixedKeySet('k1');
    const hashes = [
      recipientHash(key, NUMBER),
      recipientHash(key, '+306948530921'),
      recipientHash({ ...key, search: key.codec }, NUMBER),
    ];
    expect(new Set(hashes).size).toBe(3);
  });
});
