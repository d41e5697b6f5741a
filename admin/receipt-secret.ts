// The path a carrier's receipts come in by: made when it is first asked for, and made anew at every further time.
import { type CarrierSchemas, carrierSchemas, isCarrierType } from '../carriers/settings.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { drawReceiptSecret, hashReceiptSecret } from '../secrets/receipt-secret.ts';
import { changeCarrier } from './carriers.ts';
import { actOf, invalid, type Operator } from './operator.ts';

/**
 * Draws the secret anew; the path before it ends at once.
 * @returns the path on the public API, whose secret is nowhere else
 * @throws RefusedError for a carrier that is not there, or whose receipts come over its own connection
 */
export async function renewReceiptPath(operator: Operator, ring: KeyRing, carrier: string): Promise<string> {
  const secret = drawReceiptSecret();
  await changeCarrier(operator, carrier, ({ type }) => {
    const schemas: CarrierSchemas | undefined = isCarrierType(type) ? carrierSchemas[type] : undefined;
    if (!schemas?.receiptsByHttp) throw invalid('name', 'has no receipts by HTTP: they come over its own connection');
    return {
      set: { receiptSecret: hashReceiptSecret(ring, carrier, secret) },
      act: actOf(operator, 'carrier.receiptSecret', { carrier }),
    };
  });
  return `/carriers/${encodeURIComponent(carrier)}/receipts/${secret}`;
}
