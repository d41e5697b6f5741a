// Keyed digests of answers: what a confirmation carries instead of the code itself.
import { createHash, createHmac } from 'node:crypto';
import type { KeyRing, KeySet } from './key-ring.ts';

/** The digest of an answer under one key, in hexadecimal; `undefined` stands for an answer that cannot be a code. */
export function answerDigest(key: KeySet, trackingId: string, answer: bigint | undefined): string {
  return createHmac('sha256', key.digest)
    .update(`${trackingId}:${answer ?? 'not a code'}`)
    .digest('hex');
}

/** One digest per key of the ring, under key ids, so that a rotation under way loses no answer. */
export function answerDigests(ring: KeyRing, trackingId: string, answer: bigint | undefined): Record<string, string> {
  return Object.fromEntries(ring.all.map((key) => [key.id, answerDigest(key, trackingId, answer)]));
}

/** What history and database hold of the right answer: SHA-256 of its keyed digest, of no use as an answer. */
export function rightAnswerHash(key: KeySet, trackingId: string, code: string): string {
  return createHash('sha256')
    .update(answerDigest(key, trackingId, BigInt(code)), 'utf8')
    .digest('hex');
}
