// What the operator may want to be told of, each kept once.
import type { LedgerRow } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';

/** Keeps that a movement took the balance below its mark. Writes nothing for any other; true the first time only. */
export async function noteLowBalance({ events }: Pick<Database, 'events'>, row: LedgerRow): Promise<boolean> {
  const { accountId, seq, after: available, lowBalance, at } = row;
  if (lowBalance === undefined) return false;
  try {
    const _id = `${accountId}:lowBalance:${seq}`;
    await events.insertOne({ _id, kind: 'lowBalance', accountId, at, seq, available, lowBalance });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
