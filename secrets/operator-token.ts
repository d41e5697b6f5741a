// Tokens of the management API: a public id to be found by, and a secret of which only a keyed hash is kept.
import { randomBytes } from 'node:crypto';
import { hashSecret, type SecretHash, secretMatches } from './credentials.ts';
import type { KeyRing } from './key-ring.ts';

/** Known to scanners for leaked secrets by its beginning. */
const PREFIX = 'twop';
const format = new RegExp(`^${PREFIX}_([0-9a-f]{24})_([A-Za-z0-9_-]{43})$`);

export interface OperatorToken {
  readonly id: string;
  readonly secret: string;
}

/** Draws a token: an id of 96 bits and a secret of 256. */
export function drawOperatorToken(): OperatorToken {
  return { id: randomBytes(12).toString('hex'), secret: randomBytes(32).toString('base64url') };
}

/** The token as its owner is given it, once. */
export function operatorTokenText({ id, secret }: OperatorToken): string {
  return `${PREFIX}_${id}_${secret}`;
}

/** The parts of a token, or undefined for any other text. */
export function readOperatorToken(text: string): OperatorToken | undefined {
  const [, id, secret] = format.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Hash of a token's secret, bound to its id; no secret of an application has the same. */
export function hashOperatorToken(ring: KeyRing, { id, secret }: OperatorToken): SecretHash {
  return hashSecret(ring, `operator:${id}`, secret);
}

/** Compares in constant time; also where there is nobody to compare with, so that the time taken tells nothing. */
export function operatorTokenMatches(
  ring: KeyRing,
  { id, secret }: OperatorToken,
  kept: SecretHash | undefined,
): boolean {
  return secretMatches(ring, `operator:${id}`, secret, [kept ?? { keyId: ring.maker.id, hash: '' }]);
}
