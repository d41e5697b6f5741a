// Temporal's payload codec: everything in histories is AES-256-GCM ciphertext, sealed for one workflow of one namespace.
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import { open, seal } from './cipher.ts';
import type { KeyRing } from './key-ring.ts';

const ENCODING = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
/** Namespace and workflow id in clear, for whoever opens it without knowing them; part of what the seal authenticates. */
const SEALED_FOR = 'sealed-for';
const { Payload: PayloadType } = proto.temporal.api.common.v1;
const text = new TextDecoder();

/** Not sealed, sealed for another workflow, or changed: nobody with our keys put it there. */
export class NotSealedError extends Error {
  override readonly name = 'NotSealedError';
}

/** What is opened in the place of a refused payload: `null`, which no message of ours is. */
const nothing = (): Payload => ({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('null') });

/**
 * The codec for client and worker: seals with the ring's first key, opens with any, refuses what was not sealed for its workflow.
 * @param refused `null` where workflows run: what anybody put into a history stays there, and must not stop the workflow. Temporal
 * writes in clear itself, too, where it cancels an activity that waits for its next attempt.
 */
export function createPayloadCodec(ring: KeyRing, refused: 'error' | 'null' = 'error'): PayloadCodec {
  return {
    encode: async (payloads, context) => payloads.map((payload) => sealPayload(ring, payload, ownerOf(context))),
    decode: async (payloads, context) =>
      payloads.map((payload) => {
        try {
          return openPayload(ring, payload, context && ownerOf(context));
        } catch (error) {
          if (refused === 'null' && error instanceof NotSealedError) return nothing();
          throw error;
        }
      }),
  };
}

/** For people who look at histories: opens what is sealed, whichever workflow for, and leaves the rest as it is. */
export function showPayload(ring: KeyRing, payload: Payload): Payload {
  return isSealed(payload) ? openPayload(ring, payload) : payload;
}

/** Nobody's where the SDK names no workflow, as for the reason a workflow task failed: people may read it, no workflow may. */
function ownerOf(context: SerializationContext | undefined): string {
  return JSON.stringify(context?.workflowId === undefined ? [] : [context.namespace, context.workflowId]);
}

function sealPayload(ring: KeyRing, payload: Payload, owner: string): Payload {
  const key = ring.maker;
  return {
    metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(key.id), [SEALED_FOR]: Buffer.from(owner) },
    data: seal(key.codec, PayloadType.encode(payload).finish(), sealContext(owner)),
  };
}

const sealContext = (owner: string) => `payload ${owner}`;

const isSealed = ({ metadata }: Payload) => read(metadata?.encoding) === ENCODING;

const read = (bytes: Uint8Array | null | undefined) => text.decode(bytes ?? new Uint8Array());

/** @param owner for which it must be sealed; any, where it is not known */
function openPayload(ring: KeyRing, payload: Payload, owner?: string): Payload {
  const { metadata, data } = payload;
  const sealedFor = read(metadata?.[SEALED_FOR]);
  if (!isSealed(payload) || !data) throw new NotSealedError('A payload is not sealed');
  if (owner !== undefined && sealedFor !== owner) throw new NotSealedError('A payload is sealed for another workflow');
  const key = ring.byId(read(metadata?.[KEY_ID]));
  // No refusal: other workers may have the key, and must come to the same end.
  if (!key) throw new Error('A payload is sealed under a key that is not in the key ring: add it back, last');
  try {
    return PayloadType.decode(open(key.codec, data, sealContext(sealedFor)));
  } catch {
    throw new NotSealedError('A payload was changed after it was sealed');
  }
}
