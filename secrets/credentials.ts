// Application ids and secrets: drawn at random, kept as keyed SHA-256, compared in constant time.
import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SECRET_LENGTH = 20;

export interface SecretHash {
  readonly keyId: string;
  readonly hash: string;
}

/** 24 hexadecimal characters: with the secret, what a known client can send at most. */
export function drawApplicationId(): string {
  return randomBytes(12).toString('hex');
}

/** 20 letters and digits, 119 bits. */
export function drawApplicationSecret(): string {
  return Array.from({ length: SECRET_LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Hash of a secret under the ring's first key, bound to its application. */
export function hashSecret(ring: KeyRing, applicationId: string, secret: string): SecretHash {
  return { keyId: ring.maker.id, hash: keyedHash(ring.maker.credential, applicationId, secret) };
}

/** The name a secret is listed and removed by, from what is kept of it: its hash, or its ciphertext. */
export function secretIdOf(kept: string): string {
  return createHash('sha256').update(kept).digest('hex').slice(0, 12);
}

/** The hash that the secret matches, or undefined; takes the same time whichever and however much of it matches. */
export function matchingSecret<H extends SecretHash>(
  ring: KeyRing,
  applicationId: string,
  secret: string,
  hashes: readonly H[],
): H | undefined {
  let matching: H | undefined;
  for (const each of hashes) {
    const { keyId, hash } = each;
    const key = ring.byId(keyId);
    if (!key) continue;
    const given = Buffer.from(keyedHash(key.credential, applicationId, secret));
    const kept = Buffer.from(hash);
    if (given.length === kept.length && timingSafeEqual(given, kept)) matching = each;
  }
  return matching;
}

/** Whether the secret matches one of the hashes. */
export function secretMatches(
  ring: KeyRing,
  applicationId: string,
  secret: string,
  hashes: readonly SecretHash[],
): boolean {
  return matchingSecret(ring, applicationId, secret, hashes) !== undefined;
}

function keyedHash(key: Buffer, applicationId: string, secret: string): string {
  return createHmac('sha256', key).update(`${applicationId}:${secret}`).digest('base64url');
}
