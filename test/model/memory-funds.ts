// An account and its ledger in memory, with exactly the operations moveFunds uses and the unique keys the database has.
import type { LedgerRow } from '../../domain/ledger.ts';
import type { Database } from '../../store/database.ts';
import type { AccountDocument } from '../../store/documents.ts';

/** Takes each database call and decides when it takes effect and when its answer arrives. */
export type Request = <T>(name: string, effect: () => T) => Promise<T>;

/** One for all, since a stack for each would be most of the model's work. */
const duplicateKey = Object.assign(new Error('E11000 duplicate key'), { code: 11000 });

type Filter = Readonly<Record<string, unknown>>;

export class MemoryFunds {
  account: AccountDocument;
  readonly ledger = new Map<string, LedgerRow>();
  readonly #numbers = new Set<number>();

  constructor(creditLimit: number | null) {
    this.account = {
      _id: 'account',
      name: 'account',
      currency: 'EUR',
      closed: false,
      available: 0,
      seq: 0,
      creditLimit,
      lastRow: null,
      createdAt: new Date(0),
    };
  }

  /** The collections as one executor sees them. */
  connection(request: Request): Pick<Database, 'accounts' | 'ledger'> {
    const accounts = {
      findOne: (filter: Filter) =>
        request('accounts.findOne', () => (matches(this.account, filter) ? { ...this.account } : null)),
      updateOne: (filter: Filter, update: { $set: Partial<AccountDocument> }) =>
        request('accounts.updateOne', () => {
          if (!matches(this.account, filter)) return { matchedCount: 0 };
          this.account = { ...this.account, ...update.$set };
          return { matchedCount: 1 };
        }),
    };
    const ledger = {
      insertOne: (row: LedgerRow) => request('ledger.insertOne', () => this.#insert(row)),
      findOne: (filter: { _id: string }) => request('ledger.findOne', () => this.ledger.get(filter._id) ?? null),
    };
    return { accounts, ledger } as unknown as Pick<Database, 'accounts' | 'ledger'>;
  }

  /** Every row there is: the ledger and the newest one, which may stand in the account alone; in the order of their numbers. */
  rows(): LedgerRow[] {
    const { lastRow } = this.account;
    const rows = new Map(this.ledger);
    if (lastRow) rows.set(lastRow._id, lastRow);
    return [...rows.values()].sort((a, b) => a.seq - b.seq);
  }

  #insert(row: LedgerRow): void {
    if (this.#numbers.has(row.seq) || this.ledger.has(row._id)) throw duplicateKey;
    this.#numbers.add(row.seq);
    this.ledger.set(row._id, row);
  }
}

function matches(document: object, filter: Filter): boolean {
  for (const name in filter) if ((document as Filter)[name] !== filter[name]) return false;
  return true;
}
