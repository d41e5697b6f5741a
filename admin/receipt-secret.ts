// The path a carrier's receipts come in by: made when it is first asked for, and made anew at every further time.

import type { KeyRing } from '../secrets/key-ring.ts';
import { drawReceiptSecret, hashReceiptSecret } from '../secrets/receipt-secret.ts';
import { changeAudited } from '../store/audited.ts';
import { actOf, type Operator, unknown } from './operator.ts';

/** Draws the secret anew; the path before it ends at once. @returns the path on the public API, whose secret is nowhere else */
export async function renewReceiptPath(operator: Operator, ring: KeyRing, carrier: string): Promise<string> {
  const secret = drawReceiptSecret();
  const { database } = operator;
  const changed = await changeAudited(database, database.carriers, carrier, () => ({
    set: { receiptSecret: hashReceiptSecret(ring, carrier, secret) },
    act: actOf(operator, 'carrier.renewReceiptPath', { carrier }),
  }));
  if (!changed) throw unknown('carrier', `There is no carrier ${carrier}`);
  return receiptPath(carrier, secret);
}

/** For whoever draws the secret together with the carrier. */
export const receiptPath = (carrier: string, secret: string): string =>
  `/carriers/${encodeURIComponent(carrier)}/receipts/${secret}`;
