// A phone number in the database: ciphertext to read it again, keyed hash to find it, mask to show it.
import { createHmac } from 'node:crypto';
import { open, seal } from './cipher.ts';
import { type KeyRing, type KeySet, keyById } from './key-ring.ts';

export interface SealedText {
  readonly keyId: string;
  /** Base64 of nonce, tag and ciphertext. */
  readonly sealed: string;
}

/** Encrypts a text under the ring's first key. `context` ties it to its place, so that it cannot be moved elsewhere. */
export function sealText(ring: KeyRing, text: string, context: string): SealedText {
  const key = ring.maker;
  return { keyId: key.id, sealed: seal(key.codec, Buffer.from(text), context).toString('base64') };
}

/** Reads a sealed text. @throws Error when its key has left the ring or it was changed. */
export function openText(ring: KeyRing, text: SealedText, context: string): string {
  return open(keyById(ring, text.keyId).codec, Buffer.from(text.sealed, 'base64'), context).toString();
}

/** The hash a number is found by under one key, `<key id>:<base64url>`. */
export function recipientHash(key: KeySet, number: string): string {
  return `${key.id}:${createHmac('sha256', key.search).update(number).digest('base64url')}`;
}

/** The hashes a number may stand under, newest key first. */
export function recipientHashes(ring: KeyRing, number: string): string[] {
  return ring.all.map((key) => recipientHash(key, number));
}
