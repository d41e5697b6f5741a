// An account's newest rows: they stand in its own document until the ledger has them, and leave it with the write after that.
import { MongoBulkWriteError } from 'mongodb';
import type { LedgerRow } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import type { AccountDocument } from './documents.ts';

/** What a movement is judged by. */
export type AccountState = Pick<
  AccountDocument,
  '_id' | 'version' | 'available' | 'seq' | 'creditLimit' | 'lowBalance' | 'closed' | 'tail'
>;

type Ledger = Pick<Database, 'ledger'>;

const projection = {
  version: 1,
  available: 1,
  seq: 1,
  creditLimit: 1,
  lowBalance: 1,
  closed: 1,
  tail: 1,
} as const;

export async function readState(
  { accounts }: Pick<Database, 'accounts'>,
  accountId: string,
): Promise<AccountState | undefined> {
  return (await accounts.findOne<AccountState>({ _id: accountId }, { projection })) ?? undefined;
}

/** Rows of these operations that were made up to this state: in its tail, or else in the ledger. */
export async function findRows(
  { ledger }: Ledger,
  { tail }: AccountState,
  ids: readonly string[],
): Promise<Map<string, LedgerRow>> {
  const wanted = new Set(ids);
  const found = new Map<string, LedgerRow>();
  for (const row of tail) if (wanted.delete(row._id)) found.set(row._id, row);
  if (wanted.size === 0) return found;
  for (const row of await ledger.find({ _id: { $in: [...wanted] } }).toArray()) found.set(row._id, row);
  return found;
}

/**
 * Puts rows into the ledger that may be there already.
 * @throws Error where one did not get there, or another row stands in its place
 */
export async function keepRows({ ledger }: Ledger, rows: readonly LedgerRow[]): Promise<void> {
  if (rows.length === 0) return;
  try {
    // Unordered: an ordered insert stops at the first one that is there, and the write after it would lose the others.
    await ledger.insertMany([...rows], { ordered: false });
  } catch (error) {
    if (!isDuplicatesAlone(error)) throw error;
    const there = await ledger.find({ _id: { $in: rows.map(({ _id }) => _id) } }).toArray();
    const numbers = new Map(there.map(({ _id, accountId, seq }) => [_id, `${accountId}:${seq}`]));
    const lost = rows.find(({ _id, accountId, seq }) => numbers.get(_id) !== `${accountId}:${seq}`);
    if (lost) throw new Error(`Row ${lost.seq} of account ${lost.accountId} cannot be put into the ledger`);
  }
}

const DUPLICATE_KEY = 11000;

function isDuplicatesAlone(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError) || error.result?.getWriteConcernError()) return false;
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every(({ code }) => code === DUPLICATE_KEY);
}

/**
 * Writes these rows where the account stands as it was read. Operators' changes leave no row, yet may decide whether a reserve is
 * made: `version` rises with each, so that a limit lowered and raised again is seen, too.
 * @param moved whether the ledger has all rows of the tail, which then leave it
 * @returns the state as written; undefined where somebody else was first
 */
export async function writeRows(
  { accounts }: Pick<Database, 'accounts'>,
  state: AccountState,
  rows: readonly LedgerRow[],
  moved: boolean,
): Promise<AccountState | undefined> {
  const { _id, version, available: before, seq, tail } = state;
  const available = rows.at(-1)?.after ?? before;
  const moving = { available, seq: seq + rows.length };
  const asRead = { _id, seq, version: version ?? { $exists: false } };
  const { matchedCount } = await accounts.updateOne(
    asRead,
    moved ? { $set: { ...moving, tail: rows } } : { $set: moving, $push: { tail: { $each: [...rows] } } },
  );
  if (matchedCount === 0) return undefined;
  return { ...state, ...moving, tail: moved ? rows : [...tail, ...rows] };
}
