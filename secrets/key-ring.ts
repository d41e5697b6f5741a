// The key ring: one root secret per key id, from which a key for each purpose is derived (HKDF, RFC 5869).
import { hkdfSync } from 'node:crypto';
import { z } from 'zod';

const purposes = ['code', 'digest', 'codec', 'search', 'token', 'credential'] as const;
export type Purpose = (typeof purposes)[number];

/** The keys derived from one root secret, 32 bytes each, one per purpose. */
export type KeySet = { readonly id: string } & Readonly<Record<Purpose, Buffer>>;

/** The first key makes, all verify: rotate by adding a key last everywhere, then moving it first. */
export interface KeyRing {
  readonly maker: KeySet;
  readonly all: readonly KeySet[];
  byId(id: string): KeySet | undefined;
}

const ringFormat = z.object({
  keys: z
    .array(z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{1,32}$/), secret: z.base64().min(43) }))
    .min(1)
    .max(16),
});

/**
 * Reads a ring from its JSON text `{"keys": [{"id", "secret"}]}`, secrets being 32 or more random bytes in base64.
 * @throws Error with a sentence for the operator; the text itself is never quoted.
 */
export function parseKeyRing(json: string): KeyRing {
  const parsed = ringFormat.safeParse(parseJson(json));
  if (!parsed.success) {
    throw new Error(
      'The key ring must be JSON like {"keys": [{"id": "k1", "secret": "<32 random bytes in base64>"}]}, ids of up to 32 letters, digits, - or _',
    );
  }
  const all = parsed.data.keys.map(({ id, secret }) => deriveKeySet(id, Buffer.from(secret, 'base64')));
  const byId = new Map(all.map((set) => [set.id, set]));
  if (byId.size !== all.length) throw new Error('The key ring names a key id twice: give each key an id of its own');
  const [maker] = all;
  if (!maker) throw new Error('The key ring holds no key');
  return { maker, all, byId: (id) => byId.get(id) };
}

/** The key a verification was started under. @throws Error when the ring no longer holds it. */
export function keyById(ring: KeyRing, id: string): KeySet {
  const key = ring.byId(id);
  if (!key)
    throw new Error(`The key ring does not hold key ${id}: keep a retired key last until its verifications ended`);
  return key;
}

function deriveKeySet(id: string, root: Buffer): KeySet {
  if (root.length < 32) throw new Error(`The secret of key ${id} in the key ring is shorter than 32 bytes`);
  const derive = (purpose: Purpose) => Buffer.from(hkdfSync('sha256', root, '', `twostep/v1/${purpose}`, 32));
  return { id, ...(Object.fromEntries(purposes.map((p) => [p, derive(p)])) as Record<Purpose, Buffer>) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
