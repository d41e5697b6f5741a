// The secrets of a carrier: sealed as they are kept, opened to be merged and used.
import type { KeyRing } from '../secrets/key-ring.ts';
import { openText, type SealedText, sealText } from '../secrets/recipient.ts';
import type { CarrierDocument } from '../store/carrier-documents.ts';
import { invalid } from './operator.ts';

type Secrets = Readonly<Record<string, unknown>>;

/** Ties the ciphertext to its place, so that it opens nowhere else. */
const context = (name: string) => `carrier-secrets:${name}`;

export function sealCarrierSecrets(ring: KeyRing, name: string, secrets: Secrets): SealedText {
  return sealText(ring, JSON.stringify(secrets), context(name));
}

/** @throws OperatorRefusal when their key has left the ring. */
export function openCarrierSecrets(ring: KeyRing, { _id, secrets }: CarrierDocument): Secrets {
  if (!secrets) return {};
  try {
    return JSON.parse(openText(ring, secrets, context(_id))) as Secrets;
  } catch {
    throw invalid(
      'secrets',
      'were sealed with a key that is not in the key ring: put the key back, or give all of them again',
    );
  }
}

/** What secrets are called that are set; none where they cannot be read. */
export function secretNames(ring: KeyRing, carrier: CarrierDocument): string[] {
  try {
    return Object.keys(openCarrierSecrets(ring, carrier)).sort();
  } catch {
    return [];
  }
}
