// The secret in the path a carrier's receipts come in by: drawn at random, kept as a keyed hash, compared in constant time.
import { randomBytes } from 'node:crypto';
import { hashSecret, type SecretHash, secretMatches } from './credentials.ts';
import type { KeyRing } from './key-ring.ts';

/** Bound to its carrier; no secret of an application or operator has the same hash. */
const owner = (carrier: string) => `receipts:${carrier}`;

/** 43 characters that need no escaping in a path, 256 bits. */
export function drawReceiptSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashReceiptSecret(ring: KeyRing, carrier: string, secret: string): SecretHash {
  return hashSecret(ring, owner(carrier), secret);
}

/** Compares in constant time; also where there is nothing to compare with, so that the time taken tells nothing. */
export function receiptSecretMatches(
  ring: KeyRing,
  carrier: string,
  secret: string,
  kept: SecretHash | undefined,
): boolean {
  return secretMatches(ring, owner(carrier), secret, [kept ?? { keyId: ring.maker.id, hash: '' }]);
}
