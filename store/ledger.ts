// Reading the ledger: rows are numbered without gaps, so a page is a range of numbers.
import type { LedgerRow } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import type { AccountDocument } from './documents.ts';

type Ledger = Pick<Database, 'accounts' | 'ledger'>;

/** Adjustments shown with one top-up, the newest; the ledger shows all. */
const MAX_ACTIONS = 1_000;

/** Rows `first` to `last` of an account, both included, newest first; the newest may stand in the account alone. */
export async function ledgerRows(
  { ledger }: Pick<Ledger, 'ledger'>,
  { _id: accountId, tail }: Pick<AccountDocument, '_id' | 'tail'>,
  first: number,
  last: number,
): Promise<LedgerRow[]> {
  const rows = await ledger.find({ accountId, seq: { $gte: first, $lte: last } }).toArray();
  const all = new Map([...tail, ...rows].map((row) => [row.seq, row]));
  return [...all.values()].filter(({ seq }) => seq >= first && seq <= last).sort((a, b) => b.seq - a.seq);
}

/** Top-ups of an account, newest first: one page of them, and how many there are. `from` counts, `to` does not. */
export async function topUpPage(
  ledger: Ledger['ledger'],
  accountId: string,
  { from, to }: { readonly from?: Date | undefined; readonly to?: Date | undefined },
  skip: number,
  limit: number,
): Promise<{ rows: LedgerRow[]; total: number }> {
  const at = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const filter = { accountId, kind: 'topUp' as const, ...((from || to) && { at }) };
  const total = await ledger.countDocuments(filter);
  return { rows: await ledger.find(filter).sort({ seq: -1 }).skip(skip).limit(limit).toArray(), total };
}

/** What was adjusted after a top-up and before the next one, newest first. */
export async function adjustmentsAfter(ledger: Ledger['ledger'], { accountId, seq }: LedgerRow): Promise<LedgerRow[]> {
  const next = await ledger
    .find({ accountId, kind: 'topUp', seq: { $gt: seq } })
    .sort({ seq: 1 })
    .limit(1)
    .toArray();
  const upTo = next[0]?.seq ?? Number.MAX_SAFE_INTEGER;
  return await ledger
    .find({ accountId, kind: 'adjustment', seq: { $gt: seq, $lt: upTo } })
    .sort({ seq: -1 })
    .limit(MAX_ACTIONS)
    .toArray();
}

/** Whether the account ever reserved money for a verification, refused or not. */
export async function hasReservation(
  { accounts, ledger }: Ledger,
  accountId: string,
  trackingId: string,
): Promise<boolean> {
  const _id = `${trackingId}:reserve:1`;
  // The account first: a row that it no longer holds is in the ledger.
  const tail = (await accounts.findOne({ _id: accountId }))?.tail ?? [];
  const row = tail.find((each) => each._id === _id) ?? (await ledger.findOne({ _id }));
  return row?.accountId === accountId && row.kind === 'reserve';
}
