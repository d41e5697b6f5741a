// What acceptances and receipts leave in MongoDB.
import type { SendPlace } from '../domain/delivery.ts';
import type { DeliveryReport, Receipt } from '../domain/receipt.ts';

/** A message as its carrier names it: whichever comes first, the acceptance or a receipt, makes the document. */
export interface CarrierMessageDocument {
  /** `<carrier>:<message id>`, and `<carrier>:<idempotency key>` for the send itself. */
  readonly _id: string;
  /** Absent until the send is known. */
  readonly send?: SendPlace;
  /** Under the idempotency key, for a carrier that cannot be asked: the newest attempt that began, and whether it may have sent. */
  readonly attempt?: number;
  readonly open?: boolean;
  /** When its first attempt began, and its newest. */
  readonly firstBegunAt?: Date;
  readonly begunAt?: Date;
  /** No attempt may begin any more. */
  readonly barred?: boolean;
  /** Under the idempotency key: what the carrier answered, so that nobody asks it or sends again. */
  readonly acceptance?: { readonly messageIds: readonly string[]; readonly parts: number; readonly cost?: number };
  /** The oldest first, a bounded number. */
  readonly receipts: readonly KeptReceipt[];
  /** The keys of those that the verification was told of. */
  readonly told?: readonly string[];
  /** When it was made; once the send is known, when that was. */
  readonly keptAt: Date;
}

export interface KeptReceipt extends Receipt {
  /** By `receiptKey`: one that says the same is kept once. */
  readonly key: string;
  readonly at: Date;
}

/** What carriers reported of a verification after its workflow had ended; for its timeline. */
export interface LateReceiptsDocument {
  /** The trackingId. */
  readonly _id: string;
  /** The oldest first, a bounded number. */
  readonly receipts: readonly LateReceipt[];
}

export interface LateReceipt extends DeliveryReport {
  /** One that says the same of the same send is kept once. */
  readonly key: string;
}
