// What was done by hand, or by the audit, about the money of a verification: found by its trackingId.
import type { OperatorAct } from '../domain/operator-act.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';

type Acts = Pick<Database, 'operatorActs'>;

/** Adds an act; one about the same ledger row is there already and stays. */
export async function addOperatorAct({ operatorActs }: Acts, trackingId: string, act: OperatorAct): Promise<void> {
  try {
    await operatorActs.updateOne(
      { _id: trackingId, 'acts.row': { $ne: act.row } },
      { $push: { acts: act } },
      { upsert: true },
    );
  } catch (error) {
    // The document is there and holds the act; or it was born this very moment, and the act is added to it.
    if (!isDuplicateKey(error)) throw error;
    await operatorActs.updateOne({ _id: trackingId, 'acts.row': { $ne: act.row } }, { $push: { acts: act } });
  }
}

/** The acts on one verification, oldest first. */
export async function findOperatorActs({ operatorActs }: Acts, trackingId: string): Promise<readonly OperatorAct[]> {
  return (await operatorActs.findOne({ _id: trackingId }))?.acts ?? [];
}
