// The secret in the URL that a carrier's receipts come to by HTTP.
import { randomBytes } from 'node:crypto';
import { type CarrierSchemas, carrierSchemas, isCarrierType } from '../carriers/settings.ts';
import { hashSecret } from '../secrets/credentials.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { changeCarrier } from './carriers.ts';
import { actOf, invalid, type Operator } from './operator.ts';

/** Draws a new one; the one before ends at once. Its text is nowhere else. */
export async function drawReceiptSecret(operator: Operator, ring: KeyRing, name: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  await changeCarrier(operator, name, ({ type }) => {
    const schemas: CarrierSchemas | undefined = isCarrierType(type) ? carrierSchemas[type] : undefined;
    if (!schemas?.receiptsByHttp) throw invalid('name', 'has no receipts by HTTP: they come over its own connection');
    return {
      set: { receiptSecret: hashSecret(ring, name, secret) },
      act: actOf(operator, 'carrier.receiptSecret', { carrier: name }),
    };
  });
  return secret;
}
