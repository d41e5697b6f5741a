// Tokens of operators: drawn at random, read by their form, compared by keyed hash.
import { describe, expect, test } from 'vitest';
import { hashSecret, secretIdOf, secretMatches } from '../../secrets/credentials.ts';
import {
  drawOperatorToken,
  hashOperatorToken,
  operatorTokenMatches,
  operatorTokenText,
  readOperatorToken,
} from '../../secrets/operator-token.ts';
import { fixedRing } from '../support/key-rings.ts';

const ring = fixedRing('k2', 'k1');

describe('a token', () => {
  test('is read as it was written, is no two times the same, and fits into a Bearer header', () => {
    const drawn = Array.from({ length: 50 }, drawOperatorToken);
    for (const token of drawn) expect(readOperatorToken(operatorTokenText(token))).toEqual(token);
    expect(new Set(drawn.map(operatorTokenText)).size).toBe(50);
    expect(drawn.every((token) => /^[\w-]+$/.test(operatorTokenText(token)))).toBe(true);
  });

  test.each([
    '',
    'twop_',
    'a.b.c',
    `twop_${'0'.repeat(24)}`,
    `twop_${'0'.repeat(24)}_${'a'.repeat(42)}`,
    `x${'0'.repeat(24)}_${'a'.repeat(43)}`,
  ])('is not "%s"', (text) => expect(readOperatorToken(text)).toBeUndefined());

  test('matches its own hash alone, under whichever key of the ring it was made', () => {
    const token = drawOperatorToken();
    const kept = hashOperatorToken(fixedRing('k1'), token);
    expect(operatorTokenMatches(ring, token, kept)).toBe(true);
    expect(operatorTokenMatches(ring, { ...token, secret: drawOperatorToken().secret }, kept)).toBe(false);
    expect(operatorTokenMatches(ring, { ...token, id: drawOperatorToken().id }, kept)).toBe(false);
    expect(operatorTokenMatches(fixedRing('other'), token, kept)).toBe(false);
    expect(operatorTokenMatches(ring, token, undefined)).toBe(false);
  });

  test('is no secret of an application, and the other way round', () => {
    const token = drawOperatorToken();
    expect(secretMatches(ring, token.id, token.secret, [hashOperatorToken(ring, token)])).toBe(false);
    expect(operatorTokenMatches(ring, token, hashSecret(ring, token.id, token.secret))).toBe(false);
  });
});

test('the name of a secret is always the same, short, and tells nothing of what is kept', () => {
  const { hash } = hashSecret(ring, 'application', 'secret');
  expect(secretIdOf(hash)).toBe(secretIdOf(hash));
  expect(secretIdOf(hash)).toMatch(/^[0-9a-f]{12}$/);
  expect(hash).not.toContain(secretIdOf(hash));
});
