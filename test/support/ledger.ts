// Reads an account's whole ledger and says whether it is exact: the newest rows may stand in the account's document alone.
import { expect } from 'vitest';
import type { LedgerRow } from '../../domain/ledger.ts';
import type { Database } from '../../store/database.ts';
import { keepRows } from '../../store/ledger-tail.ts';

/** Every row of the account, by number. */
export async function ledgerOf({ accounts, ledger }: Database, accountId: string): Promise<LedgerRow[]> {
  const account = await accounts.findOne({ _id: accountId });
  const kept = await ledger.find({ accountId }).toArray();
  const rows = new Map(kept.map((row) => [row._id, row]));
  for (const row of account?.tail ?? []) rows.set(row._id, row);
  return [...rows.values()].sort((a, b) => a.seq - b.seq);
}

/** Moves all rows but the newest out of the account's document, as later movements would. */
export async function moveTail(database: Database, accountId: string): Promise<LedgerRow> {
  const tail = (await database.accounts.findOne({ _id: accountId }))?.tail ?? [];
  const newest = tail.at(-1);
  if (!newest) throw new Error(`Account ${accountId} has no rows`);
  await keepRows(database, tail.slice(0, -1));
  await database.accounts.updateOne({ _id: accountId }, { $set: { tail: [newest] } });
  return newest;
}

/** The kinds of the rows of one verification, in order. */
export async function movementsOf(database: Database, accountId: string, trackingId: string): Promise<string[]> {
  return (await ledgerOf(database, accountId)).filter((row) => row.trackingId === trackingId).map((row) => row.kind);
}

/**
 * Expects rows numbered without gaps, each starting from the balance the one before left, the last one at what the account
 * has available; and every reservation closed at most once. Returns the available balance and what is still reserved.
 */
export async function expectExactLedger(database: Database, accountId: string) {
  const account = await database.accounts.findOne({ _id: accountId });
  const rows = await ledgerOf(database, accountId);
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
  let balance = 0;
  for (const row of rows) {
    expect([row._id, row.before, row.after]).toEqual([row._id, balance, balance + row.delta]);
    balance = row.after;
  }
  expect(account).toMatchObject({ available: balance, seq: rows.length });
  return { available: balance, reserved: openReservations(rows), rows };
}

/** The sum of the reservations without a closing row, in micros; throws when one was closed twice. */
function openReservations(rows: readonly LedgerRow[]): number {
  const open = new Map<string, number>();
  for (const { _id, kind, amount } of rows) {
    const reservation = _id.replace(/:(reserve|settle):/, ':');
    if (kind === 'reserve') open.set(reservation, amount);
    if (kind === 'charge' || kind === 'release') {
      expect(amount === 0 || open.delete(reservation), `${kind} of a reservation that is not open`).toBe(true);
    }
  }
  return [...open.values()].reduce((sum, amount) => sum + amount, 0);
}
