// The secrets of a carrier: sealed as they are kept, opened to be merged and used.
import { movedSecrets } from '../carriers/secret-settings.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { openText, type SealedText, sealText } from '../secrets/recipient.ts';
import type { CarrierDocument } from '../store/carrier-documents.ts';
import type { CarrierFields } from './carrier-fields.ts';
import { invalid, OperatorRefusal } from './operator.ts';

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

/** Kept secrets serve the place they were given for: whoever moves a carrier must know them. @throws OperatorRefusal naming each. */
export function assertSecretsStay(
  before: CarrierDocument,
  { type, settings = {}, secrets = {} }: CarrierFields,
  kept: Readonly<Record<string, unknown>>,
): void {
  const left = Object.keys(kept).filter((name) => !Object.hasOwn(secrets, name));
  if (left.length === 0 || before.type !== type) return;
  const moved = movedSecrets(type, before.settings, settings);
  if (moved.length === 0) return;
  const why = moved.map((setting) => `settings.${setting}`).join(', ');
  const problem = `must come again, or null: by ${why} it would go elsewhere than where it was given for`;
  throw new OperatorRefusal('invalid', Object.fromEntries(left.map((name) => [`secrets.${name}`, problem])));
}
