// The one-time code: derived when it is sent, never stored (DESIGN decision 3; RFC 4226 is the model).
import { createHmac, randomBytes } from 'node:crypto';
import type { KeySet } from './key-ring.ts';

export interface CodeSource {
  /** 128 random bits in hexadecimal. */
  readonly seed: string;
  readonly trackingId: string;
  readonly generation: number;
  /** Length of the code, 4 to 10. */
  readonly digits: number;
}

/** A fresh seed for one verification. */
export function drawSeed(): string {
  return randomBytes(16).toString('hex');
}

/**
 * The code of a verification: 120 bits of an HMAC-SHA-256 reduced to `digits` digits, so that no digit is favoured by more
 * than 2^-86.
 */
export function deriveCode(key: KeySet, source: CodeSource): string {
  const mac = createHmac('sha256', key.code)
    .update(`${source.seed}:${source.trackingId}:${source.generation}`)
    .digest('hex');
  const number = BigInt(`0x${mac.slice(0, 30)}`) % 10n ** BigInt(source.digits);
  return number.toString().padStart(source.digits, '0');
}
