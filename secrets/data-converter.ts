// The data converter every client and worker uses, so that nobody writes history in clear by forgetting it.
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { KeyRing } from './key-ring.ts';
import { createPayloadCodec } from './payload-codec.ts';

/** Path of the failure converter, which ends in `.js` once built. */
const failureConverterPath = fileURLToPath(
  new URL(`./failure-converter${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
);

/** For clients and activities: what is not sealed is an error. */
export function createDataConverter(ring: KeyRing): DataConverter {
  return { payloadCodecs: [createPayloadCodec(ring)], failureConverterPath };
}

/** For the worker that runs workflows: they get `null` in the place of what is not sealed (workflows/sealed.ts). */
export function createWorkflowDataConverter(ring: KeyRing): DataConverter {
  return { payloadCodecs: [createPayloadCodec(ring, 'null')], failureConverterPath };
}
