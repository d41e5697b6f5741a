// What a call is to say, sealed into a text that fits into a URL: the code is nowhere at rest, and only we can read it back.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { open, seal } from './cipher.ts';
import { type KeyRing, keyById } from './key-ring.ts';

/** More than the longest call takes. */
const MAX_PLAIN_BYTES = 16_384;
const MAX_TOKEN = 8_192;

/** Ties it to its carrier. */
const context = (carrier: string) => `call:${carrier}`;

/** `<key id>.<base64url>`. Compressed, since carriers bound their URLs. */
export function sealCall(ring: KeyRing, carrier: string, call: object): string {
  const { id, codec } = ring.maker;
  const sealed = seal(codec, deflateRawSync(Buffer.from(JSON.stringify(call)), { level: 9 }), context(carrier));
  return `${id}.${sealed.toString('base64url')}`;
}

/** What was sealed for this carrier; undefined for anything else. */
export function openCall(ring: KeyRing, carrier: string, token: string): unknown {
  const [keyId = '', sealed = ''] = token.split('.');
  if (token.length > MAX_TOKEN) return undefined;
  try {
    const plain = open(keyById(ring, keyId).codec, Buffer.from(sealed, 'base64url'), context(carrier));
    return JSON.parse(inflateRawSync(plain, { maxOutputLength: MAX_PLAIN_BYTES }).toString());
  } catch {
    return undefined;
  }
}
