// Digests of answers: equal for the same number, useless as an answer once they are hashed.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answerNumber } from '../../domain/answer.ts';
import { answerDigest, answerDigests, rightAnswerHash } from '../../secrets/answer-digest.ts';
import { fixedKeySet, fixedRing } from '../support/key-rings.ts';

const key = fixedKeySet('k1');
const ID = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const hash = (digest: string) => createHash('sha256').update(digest, 'utf8').digest('hex');

describe('the digest of an answer', () => {
  test.each(['000123', '123', '0123', '00 01-23', '١٢٣'])('written as %s is that of the code 000123', (answer) => {
    const digest = answerDigest(key, ID, answerNumber(answer, 6));
    expect(hash(digest)).toBe(rightAnswerHash(key, ID, '000123'));
  });

  test.each(['000124', '1230', '', '0000123', 'abc'])('written as "%s" is not', (answer) => {
    expect(hash(answerDigest(key, ID, answerNumber(answer, 6)))).not.toBe(rightAnswerHash(key, ID, '000123'));
  });

  test('differs by verification and by key, and is the same for all that cannot be a code', () => {
    const digests = [
      answerDigest(key, ID, 123n),
      answerDigest(key, 'another', 123n),
      answerDigest(fixedKeySet('k2'), ID, 123n),
      answerDigest({ ...key, digest: key.code }, ID, 123n),
      answerDigest(key, ID, undefined),
    ];
    expect(new Set(digests).size).toBe(digests.length);
    expect(answerDigest(key, ID, answerNumber('abc', 6))).toBe(answerDigest(key, ID, undefined));
  });

  test('is not what history holds of the right answer: only its hash is there', () => {
    expect(rightAnswerHash(key, ID, '123456')).not.toBe(answerDigest(key, ID, 123456n));
    expect(rightAnswerHash(key, ID, '123456')).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('an answer carries one digest per key of the ring, so that a rotation under way loses none', () => {
  const ring = fixedRing('new', 'k1');
  const digests = answerDigests(ring, ID, 123456n);
  expect(Object.keys(digests)).toEqual(['new', 'k1']);
  expect(hash(digests.k1 ?? '')).toBe(rightAnswerHash(key, ID, '123456'));
  expect(digests.new).not.toBe(digests.k1);
});
