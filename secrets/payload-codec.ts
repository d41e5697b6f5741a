// Temporal's payload codec: everything personal in workflow histories is AES-256-GCM ciphertext (DESIGN decision 4).
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { open, seal } from './cipher.ts';
import type { KeyRing } from './key-ring.ts';

const ENCODING = 'binary/encrypted';
const CONTEXT = 'payload';
const { Payload: PayloadType } = proto.temporal.api.common.v1;
const text = new TextDecoder();

/** The codec for client and worker: seals with the ring's first key, opens with any. */
export function createPayloadCodec(ring: KeyRing): PayloadCodec {
  return {
    encode: async (payloads) => payloads.map((payload) => sealPayload(ring, payload)),
    decode: async (payloads) => payloads.map((payload) => openPayload(ring, payload)),
  };
}

function sealPayload(ring: KeyRing, payload: Payload): Payload {
  const key = ring.maker;
  return {
    metadata: { encoding: Buffer.from(ENCODING), 'encryption-key-id': Buffer.from(key.id) },
    data: seal(key.codec, PayloadType.encode(payload).finish(), CONTEXT),
  };
}

function openPayload(ring: KeyRing, payload: Payload): Payload {
  const { metadata, data } = payload;
  if (!metadata?.encoding || text.decode(metadata.encoding) !== ENCODING || !data) return payload;
  const keyId = text.decode(metadata['encryption-key-id'] ?? new Uint8Array());
  const key = ring.byId(keyId);
  if (!key) throw new Error('A payload is sealed under a key that is not in the key ring: add it back, last');
  return PayloadType.decode(open(key.codec, data, CONTEXT));
}
