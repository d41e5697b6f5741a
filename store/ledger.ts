// Reading the ledger: rows are numbered without gaps, so a page is a range of numbers.
import type { LedgerKind, LedgerRow } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import type { AccountDocument } from './documents.ts';

type Ledger = Pick<Database, 'accounts' | 'ledger'>;

/** Rows `first` to `last` of an account, both included, newest first; the newest of all lives in the account itself. */
export async function ledgerRows(
  { ledger }: Pick<Ledger, 'ledger'>,
  { _id: accountId, lastRow }: Pick<AccountDocument, '_id' | 'lastRow'>,
  first: number,
  last: number,
): Promise<LedgerRow[]> {
  const rows = await ledger.find({ accountId, seq: { $gte: first, $lte: last } }).toArray();
  return newestFirst(rows, lastRow && lastRow.seq >= first && lastRow.seq <= last ? lastRow : null);
}

/** All rows of an account of some kinds, newest first. */
export async function ledgerRowsOfKind(
  { ledger }: Pick<Ledger, 'ledger'>,
  { _id: accountId, lastRow }: Pick<AccountDocument, '_id' | 'lastRow'>,
  kinds: readonly LedgerKind[],
): Promise<LedgerRow[]> {
  const rows = await ledger.find({ accountId, kind: { $in: [...kinds] } }).toArray();
  return newestFirst(rows, lastRow && kinds.includes(lastRow.kind) ? lastRow : null);
}

function newestFirst(rows: LedgerRow[], newest: LedgerRow | null): LedgerRow[] {
  const all = newest && !rows.some((row) => row._id === newest._id) ? [...rows, newest] : rows;
  return all.sort((a, b) => b.seq - a.seq);
}

/** Whether the account ever reserved money for a verification, refused or not. */
export async function hasReservation(
  { accounts, ledger }: Ledger,
  accountId: string,
  trackingId: string,
): Promise<boolean> {
  const _id = `${trackingId}:reserve:1`;
  // The account first: a row that it no longer holds is in the ledger.
  const newest = (await accounts.findOne({ _id: accountId }))?.lastRow;
  const row = newest?._id === _id ? newest : await ledger.findOne({ _id });
  return row?.accountId === accountId && row.kind === 'reserve';
}
