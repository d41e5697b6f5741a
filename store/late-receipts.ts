// What carriers reported of verifications that were over: found by trackingId, for the timeline.
import { type DeliveryReport, receiptKey } from '../domain/receipt.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { LateReceipt } from './receipt-documents.ts';

type Receipts = Pick<Database, 'lateReceipts'>;

/** Of one verification; later ones say nothing that would be missed. */
const MOST = 50;

/** Adds a report; one that says the same of the same send is there already and stays. */
export async function addLateReceipt(
  { lateReceipts }: Receipts,
  trackingId: string,
  report: DeliveryReport,
): Promise<void> {
  const { carrier, n, step } = report;
  const receipt: LateReceipt = { ...report, key: `${carrier}:${n}.${step}:${receiptKey(report)}` };
  const roomFor = { 'receipts.key': { $ne: receipt.key }, [`receipts.${MOST - 1}`]: { $exists: false } };
  const add = async (upsert: boolean) => {
    await lateReceipts.updateOne({ _id: trackingId, ...roomFor }, { $push: { receipts: receipt } }, { upsert });
  };
  try {
    await add(true);
  } catch (error) {
    // It holds the receipt, or is full, or was born this very moment.
    if (!isDuplicateKey(error)) throw error;
    await add(false);
  }
}

/** Those of one verification, oldest first. */
export async function findLateReceipts(
  { lateReceipts }: Receipts,
  trackingId: string,
): Promise<readonly LateReceipt[]> {
  return (await lateReceipts.findOne({ _id: trackingId }))?.receipts ?? [];
}
