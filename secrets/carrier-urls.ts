// Where carriers reach us from outside: the URLs they are given with their messages, and what those hide.
import { sealCall } from './call-token.ts';
import type { KeyRing } from './key-ring.ts';
import { derivedReceiptSecret } from './receipt-secret.ts';

/** The URL a carrier posts the receipts of one send to. @param base the public URL of this service */
export function receiptUrl(ring: KeyRing, base: string, carrier: string, idempotencyKey: string): string {
  const secret = derivedReceiptSecret(ring, carrier);
  return `${trimmed(base)}/carriers/${carrier}/receipts/${secret}?reference=${encodeURIComponent(idempotencyKey)}`;
}

/** The URL a carrier asks what to say once a key was pressed. @param round 1 for the first key */
export function callUrl(ring: KeyRing, base: string, carrier: string, call: object, round = 1): string {
  return `${trimmed(base)}/carriers/${carrier}/calls/${sealCall(ring, carrier, call)}?round=${round}`;
}

const trimmed = (base: string) => base.replace(/\/+$/, '');
