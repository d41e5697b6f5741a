// The secrets in the path a carrier's receipts come in by: one drawn for an operator to hand over and kept as a keyed hash, one
// derived for the carriers that are told the path with every message. Compared in constant time.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hashSecret, type SecretHash, secretMatches } from './credentials.ts';
import type { KeyRing, KeySet } from './key-ring.ts';

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
  const drawn = secretMatches(ring, owner(carrier), secret, [kept ?? { keyId: ring.maker.id, hash: '' }]);
  const given = Buffer.from(secret);
  const derived = ring.all.filter((key) => {
    const own = Buffer.from(derive(key, carrier));
    return own.length === given.length && timingSafeEqual(own, given);
  });
  return drawn || derived.length > 0;
}

/** What this service writes into the URLs it gives to a carrier itself: the same in every process, nowhere kept. */
export function derivedReceiptSecret(ring: KeyRing, carrier: string): string {
  return derive(ring.maker, carrier);
}

/** 128 bits: carriers bound the length of the URLs they take, one of them at 100 characters. */
const DERIVED_BYTES = 16;

function derive({ credential }: KeySet, carrier: string): string {
  const whole = createHmac('sha256', credential).update(`receipt-path:${carrier}`).digest();
  return whole.subarray(0, DERIVED_BYTES).toString('base64url');
}
