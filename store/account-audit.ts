// Audits one account in MongoDB: its document as of one moment, and its rows up to that moment, page by page.
import { type AccountFindings, auditAccount } from '../domain/ledger-audit.ts';
import type { Database } from './database.ts';

type Ledger = Pick<Database, 'accounts' | 'ledger'>;

/** Rows read at once: few, since the embedded database lets nobody else at its ledger meanwhile. */
const PAGE_ROWS = 1_000;

export interface AuditPaging {
  readonly pageRows?: number;
  /** Called for every account and after every page, so that whoever watches knows that the audit goes on. */
  readonly onPage?: () => void;
}

export interface StoredFindings extends AccountFindings {
  /** Rows found in the ledger itself. */
  readonly inLedger: number;
}

/**
 * Audits an account while it goes on moving: rows later than the document just read are not looked at.
 * Returns undefined where there is no such account.
 */
export async function auditStoredAccount(
  { accounts, ledger }: Ledger,
  accountId: string,
  { pageRows = PAGE_ROWS, onPage }: AuditPaging,
): Promise<StoredFindings | undefined> {
  const account = await accounts.findOne({ _id: accountId });
  if (!account) return undefined;
  onPage?.();
  const audit = auditAccount(account);
  let inLedger = 0;
  for (let first = 1; first <= account.seq; first += pageRows) {
    const last = Math.min(first + pageRows - 1, account.seq);
    const page = await ledger.find({ accountId, seq: { $gte: first, $lte: last } }, { batchSize: pageRows }).toArray();
    for (const row of page.sort((a, b) => a.seq - b.seq)) audit.take(row);
    inLedger += page.length;
    onPage?.();
  }
  const copies = await ledger.find({ _id: { $in: account.tail.map(({ _id }) => _id) } }).toArray();
  const findings = { ...audit.finish(copies), inLedger };
  const stray = await strayRow({ accounts, ledger }, accountId, account.seq + 1);
  if (stray === undefined) return findings;
  const { differences, differenceCount } = findings;
  return { ...findings, differences: [...differences, stray], differenceCount: differenceCount + 1 };
}

/** A row comes into the ledger only once the account counts it: one beyond that was forgotten, as by a restored backup. */
async function strayRow({ accounts, ledger }: Ledger, accountId: string, seq: number) {
  if (!(await ledger.findOne({ accountId, seq }))) return undefined;
  const account = await accounts.findOne({ _id: accountId });
  if (account && account.seq >= seq) return undefined;
  return { accountId, seq, problem: 'is in the ledger, and the account does not know of it' };
}

/** Every account there is. */
export async function allAccountIds({ accounts }: Pick<Ledger, 'accounts'>): Promise<string[]> {
  return (await accounts.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id).sort();
}

/** How many rows the ledger holds; at once, and perhaps not exactly after a crash. */
export async function countLedgerRows({ ledger }: Pick<Ledger, 'ledger'>): Promise<number> {
  return await ledger.estimatedDocumentCount();
}

/** Accounts that rows speak of and that are not there. Looks at the whole ledger. */
export async function lostAccountIds({ accounts, ledger }: Ledger): Promise<string[]> {
  const ofRows = await ledger.distinct('accountId');
  const there = new Set(await allAccountIds({ accounts }));
  return ofRows.filter((id) => !there.has(id)).sort();
}
