// What an operator does about an account beside its money: opens, renames, closes it.
import { randomBytes } from 'node:crypto';
import { difference } from '../domain/settings-changes.ts';
import { changeAudited, insertAudited } from '../store/audited.ts';
import type { AccountDocument } from '../store/documents.ts';
import { actOf, invalid, type Operator, unknown } from './operator.ts';

export interface NewAccount {
  /** Drawn where it is left out. */
  readonly accountId?: string | undefined;
  readonly name: string;
  /** ISO 4217; stays for good, since the ledger counts in it. */
  readonly currency: string;
}

export interface AccountChanges {
  readonly name?: string | undefined;
  readonly closed?: boolean | undefined;
}

/** Opens an account with nothing in it. */
export async function createAccount(
  operator: Operator,
  { accountId, name, currency }: NewAccount,
): Promise<AccountDocument> {
  const account: AccountDocument = {
    _id: accountId ?? randomBytes(12).toString('hex'),
    name,
    currency,
    closed: false,
    available: 0,
    seq: 0,
    creditLimit: 0,
    tail: [],
    createdAt: new Date(),
  };
  const { database } = operator;
  const act = actOf(operator, 'account.create', { accountId: account._id, name, currency });
  if (!(await insertAudited(database, database.accounts, account, act))) throw invalid('accountId', 'is taken');
  return account;
}

/** Renames, closes or opens an account again; the start of a verification on a closed one is refused. */
export async function changeAccount(
  operator: Operator,
  accountId: string,
  { name, closed }: AccountChanges,
): Promise<AccountDocument> {
  const { database } = operator;
  const account = await changeAudited(database, database.accounts, accountId, (before) => {
    const set = { name: name ?? before.name, closed: closed ?? before.closed };
    const changed = difference({ name: before.name, closed: before.closed }, set);
    return changed && { set, act: actOf(operator, 'account.change', { accountId, ...changed }) };
  });
  if (!account) throw unknown('accountId', 'account', accountId);
  return account;
}
