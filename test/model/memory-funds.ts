// An account and its ledger in memory, with exactly the operations that movements use and the unique keys the database has.
import { MongoBulkWriteError } from 'mongodb';
import type { LedgerRow } from '../../domain/ledger.ts';
import type { Database } from '../../store/database.ts';
import type { AccountDocument } from '../../store/documents.ts';

/** A database call, and what of it takes effect where it breaks off in the middle. */
export interface Effect<T> {
  whole(): T;
  half?(isDone: () => boolean): void;
}

/** Takes each database call and decides when it takes effect and when its answer arrives. */
export type Request = <T>(name: string, effect: Effect<T>) => Promise<T>;

type Filter = Readonly<Record<string, unknown>>;
interface Update {
  readonly $set: Partial<AccountDocument>;
  readonly $push?: { readonly tail: { readonly $each: readonly LedgerRow[] } };
}

export class MemoryFunds {
  account: AccountDocument;
  readonly ledger = new Map<string, LedgerRow>();
  /** The first law that a write broke in the moment it was made. */
  broken: string | undefined;
  readonly #numbers = new Map<number, string>();

  constructor(creditLimit: number | null) {
    this.account = {
      _id: 'account',
      version: 1,
      name: 'account',
      currency: 'EUR',
      closed: false,
      available: 0,
      seq: 0,
      creditLimit,
      tail: [],
      createdAt: new Date(0),
    };
  }

  /** What an operator does; it leaves no row. */
  change(change: Partial<Pick<AccountDocument, 'creditLimit' | 'closed'>>): void {
    this.account = { ...this.account, ...change, version: (this.account.version ?? 0) + 1 };
  }

  /** The collections as one process sees them. */
  connection(request: Request): Pick<Database, 'accounts' | 'ledger'> {
    const accounts = {
      findOne: (filter: Filter) =>
        request('accounts.findOne', { whole: () => (matches(this.account, filter) ? { ...this.account } : null) }),
      updateOne: (filter: Filter, update: Update) =>
        request('accounts.updateOne', { whole: () => this.#update(filter, update) }),
    };
    const ledger = {
      insertMany: (rows: readonly LedgerRow[], { ordered }: { ordered: boolean }) =>
        request('ledger.insertMany', {
          whole: () => this.#insertAll(rows, ordered),
          half: (isDone) => {
            for (const row of rows) if (isDone()) this.#insert(row);
          },
        }),
      find: ({ _id: { $in } }: { _id: { $in: readonly string[] } }) => ({
        toArray: () =>
          request('ledger.find', {
            whole: () => $in.map((id) => this.ledger.get(id)).filter((row) => row !== undefined),
          }),
      }),
    };
    return { accounts, ledger } as unknown as Pick<Database, 'accounts' | 'ledger'>;
  }

  /** Every row there is, in the ledger or in the account alone, in the order of their numbers. */
  rows(): LedgerRow[] {
    const rows = new Map(this.ledger);
    for (const row of this.account.tail) rows.set(row._id, row);
    return [...rows.values()].sort((a, b) => a.seq - b.seq);
  }

  #update(filter: Filter, { $set, $push }: Update): { matchedCount: number } {
    if (!matches(this.account, filter)) return { matchedCount: 0 };
    const { creditLimit, closed, tail } = this.account;
    const rows = $push?.tail.$each ?? $set.tail ?? [];
    const floor = creditLimit === null ? Number.NEGATIVE_INFINITY : -creditLimit;
    for (const { _id, kind, after } of rows) {
      if (kind === 'reserve' && closed) this.broken ??= `${_id} reserves on a closed account`;
      if (kind === 'reserve' && after < floor) this.broken ??= `${_id} goes too low`;
    }
    this.account = { ...this.account, ...$set, tail: $push ? [...tail, ...rows] : rows };
    for (const { _id } of $push ? [] : tail)
      if (!this.ledger.has(_id)) this.broken ??= `${_id} left the tail and is lost`;
    return { matchedCount: 1 };
  }

  #insertAll(rows: readonly LedgerRow[], ordered: boolean): void {
    const failed: { readonly index: number; readonly code: number }[] = [];
    for (const [index, row] of rows.entries()) {
      if (this.#insert(row)) continue;
      failed.push({ index, code: 11000 });
      if (ordered) break;
    }
    if (failed.length === 0) return;
    const told = { message: 'E11000 duplicate key', code: 11000, writeErrors: failed };
    throw new MongoBulkWriteError(
      told as unknown as ConstructorParameters<typeof MongoBulkWriteError>[0],
      { getWriteConcernError: () => undefined } as ConstructorParameters<typeof MongoBulkWriteError>[1],
    );
  }

  #insert(row: LedgerRow): boolean {
    if (this.#numbers.has(row.seq) || this.ledger.has(row._id)) return false;
    this.#numbers.set(row.seq, row._id);
    this.ledger.set(row._id, row);
    return true;
  }
}

function matches(document: object, filter: Filter): boolean {
  for (const name in filter) if ((document as Filter)[name] !== filter[name]) return false;
  return true;
}
