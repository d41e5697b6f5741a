// The account and its ledger: every operation happens exactly once, whoever crashes, repeats or freezes (DESIGN decision 6).
import { RefusedError } from '../domain/errors.ts';
import { type LedgerOperation, type LedgerRow, rowFor } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import { isDuplicateKey } from './database.ts';
import type { AccountDocument } from './documents.ts';

export type FundsResult = LedgerRow | 'insufficient' | 'noAccount';

type Funds = Pick<Database, 'accounts' | 'ledger'>;

/** Others were first this many times in a row before an operation gives its turn back to the engine. */
const MAX_ROUNDS = 200;

/**
 * Makes one movement, or finds it made. The account is read first and only replaced while its `seq` is the one read, so an
 * executor that slept through somebody else's work finds its write refused and the row in place.
 * `deadline` (ms since epoch) keeps an executor that was frozen past its time-out from starting the movement afresh.
 * @throws Error when the deadline has passed, RefusedError unavailable when the account is too busy: the engine tries again.
 */
export async function moveFunds(
  { accounts, ledger }: Funds,
  accountId: string,
  operation: LedgerOperation,
  deadline = Number.POSITIVE_INFINITY,
): Promise<FundsResult> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const account = await accounts.findOne({ _id: accountId });
    if (!account) return 'noAccount';
    await keepNewestRow(ledger, account);
    const made = await rowMade(ledger, account, operation._id);
    if (made) return made;
    const row = rowFor(account, operation, new Date());
    if (row === 'insufficient') return row;
    if (Date.now() > deadline) throw new Error('The time for this movement has passed');
    const { matchedCount } = await accounts.updateOne(
      // The limit too, since changing it leaves no row: an executor frozen under the old one must look again.
      { _id: accountId, seq: account.seq, creditLimit: account.creditLimit },
      { $set: { available: row.after, seq: row.seq, lastRow: row } },
    );
    if (matchedCount === 1) return row;
  }
  throw new RefusedError('unavailable', { retryAfterSeconds: 1 });
}

/** The newest row lives in the account until the next operation puts it into the ledger, or a reader who wants it there. */
export async function keepNewestRow(
  ledger: Funds['ledger'],
  { lastRow }: Pick<AccountDocument, 'lastRow'>,
): Promise<void> {
  if (!lastRow) return;
  try {
    await ledger.insertOne(lastRow);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

async function rowMade(ledger: Funds['ledger'], { lastRow }: AccountDocument, id: string): Promise<LedgerRow | null> {
  return lastRow?._id === id ? lastRow : await ledger.findOne({ _id: id });
}
