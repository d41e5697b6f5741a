// The secret of a receipt path: long, of one carrier alone, and refused where there is none.
import { expect, test } from 'vitest';
import {
  derivedReceiptSecret,
  drawReceiptSecret,
  hashReceiptSecret,
  receiptSecretMatches,
} from '../../secrets/receipt-secret.ts';
import { fixedRing } from '../support/key-rings.ts';

const ring = fixedRing('k1');

test('a secret has 43 characters that a path may hold, and no two are alike', () => {
  const drawn = Array.from({ length: 100 }, drawReceiptSecret);
  for (const secret of drawn) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(drawn).size).toBe(100);
});

test('a secret lets in receipts of its own carrier alone, and none where no secret was made', () => {
  const secret = drawReceiptSecret();
  const kept = hashReceiptSecret(ring, 'acme', secret);
  expect(JSON.stringify(kept)).not.toContain(secret);
  expect(receiptSecretMatches(ring, 'acme', secret, kept)).toBe(true);
  expect(receiptSecretMatches(ring, 'other', secret, kept)).toBe(false);
  expect(receiptSecretMatches(ring, 'acme', `${secret}x`, kept)).toBe(false);
  expect(receiptSecretMatches(ring, 'acme', '', kept)).toBe(false);
  for (const given of ['', secret]) expect(receiptSecretMatches(ring, 'acme', given, undefined)).toBe(false);
});

test('the secret written into URLs is short, of one carrier alone, and good for as long as its key is in the ring', () => {
  const rotated = fixedRing('k2', 'k1');
  const secret = derivedReceiptSecret(ring, 'acme');
  expect(secret).toMatch(/^[A-Za-z0-9_-]{22}$/);
  for (const each of [ring, rotated]) expect(receiptSecretMatches(each, 'acme', secret, undefined)).toBe(true);
  expect(derivedReceiptSecret(rotated, 'acme')).not.toBe(secret);
  expect(receiptSecretMatches(ring, 'other', secret, undefined)).toBe(false);
  expect(receiptSecretMatches(fixedRing('k2'), 'acme', secret, undefined)).toBe(false);
  expect(receiptSecretMatches(ring, 'acme', secret.slice(1), undefined)).toBe(false);
});
