// Key rings that are the same in every run; for tests alone.
import { createHash } from 'node:crypto';
import { type KeyRing, type KeySet, parseKeyRing } from '../../secrets/key-ring.ts';

/** A KEY_RING entry made from its id and nothing else. */
export function fixedKey(id: string): { id: string; secret: string } {
  return { id, secret: createHash('sha256').update(`a key for tests: ${id}`).digest('base64') };
}

/** A ring of such keys, the first one making. */
export function fixedRing(...ids: [string, ...string[]]): KeyRing {
  return parseKeyRing(JSON.stringify({ keys: ids.map(fixedKey) }));
}

/** The keys of one such entry. */
export function fixedKeySet(id: string): KeySet {
  return fixedRing(id).maker;
}
