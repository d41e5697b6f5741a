// An account with money on it, by the same rows that operators' top-ups leave.
import { randomBytes } from 'node:crypto';
import type { Database } from '../../store/database.ts';
import { addAccount } from '../../store/demo.ts';

/** Adds one with so much on it, in micros of a euro. Returns its id. */
export async function addFundedAccount(database: Database, micros: number): Promise<string> {
  const _id = `account-${randomBytes(4).toString('hex')}`;
  const account = { _id, name: _id, currency: 'EUR', closed: false, available: 0, seq: 0, creditLimit: 0 };
  await addAccount(
    database,
    { ...account, tail: [], createdAt: new Date() },
    { _id: `${_id}:topUp:1`, kind: 'topUp', delta: micros, amount: micros },
  );
  return _id;
}
