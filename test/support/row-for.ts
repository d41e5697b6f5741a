// One operation alone on an account: its row, or why there is none.
import { type AccountFunds, type LedgerOperation, type LedgerRow, rowsFor } from '../../domain/ledger.ts';

/** @throws RangeError where the balance would be none */
export function rowFor(
  account: Omit<AccountFunds, 'closed'> & { readonly closed?: boolean },
  operation: LedgerOperation,
  at: Date,
): LedgerRow | 'insufficient' | 'closed' {
  const { rows, refused } = rowsFor({ closed: false, ...account }, [operation], at);
  const answer = rows.get(operation._id) ?? refused.get(operation._id);
  if (answer === undefined || answer instanceof RangeError) throw answer ?? new Error('Neither made nor refused');
  return answer;
}
