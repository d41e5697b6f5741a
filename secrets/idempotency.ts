// Idempotency keys and the bodies they came with, as keyed hashes: a body holds a phone number.
import { createHmac } from 'node:crypto';
import type { KeyRing, KeySet } from './key-ring.ts';

/** The ids an application's key may stand under, the one to write first. */
export function idempotencyIds(ring: KeyRing, accountId: string, applicationId: string, key: string): string[] {
  return ring.all.map((set) => keyedHash(set, JSON.stringify(['start', accountId, applicationId, key])));
}

/** Hashes of what was asked, one per key of the ring, to tell whether a repeat asks the same. */
export function bodyHashes(ring: KeyRing, body: unknown): string[] {
  return ring.all.map((set) => keyedHash(set, canonical(body)));
}

/** The attempt id of a command repeated under the same key on the same verification. */
export function attemptIdFor(set: KeySet, trackingId: string, command: string, key: string): string {
  return createHmac('sha256', set.digest)
    .update(JSON.stringify([trackingId, command, key]))
    .digest('hex')
    .slice(0, 32);
}

/** Objects have no order (RFC 8259 4), so their members are put into one. */
function canonical(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

function keyedHash(set: KeySet, text: string): string {
  return `${set.id}:${createHmac('sha256', set.search).update(text).digest('base64url')}`;
}
