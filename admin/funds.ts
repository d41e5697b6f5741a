// What an operator does about an account's money.
import { isDeepStrictEqual } from 'node:util';
import { adjustmentOperation, isRowOf, readReference, topUpOperation } from '../domain/funds.ts';
import type { LedgerOperation, LedgerRow } from '../domain/ledger.ts';
import { microsToUnits } from '../domain/money.ts';
import { findAccount } from '../store/accounts.ts';
import { type Change, changeAudited } from '../store/audited.ts';
import type { Database } from '../store/database.ts';
import type { AccountDocument } from '../store/documents.ts';
import { noteLowBalance } from '../store/events.ts';
import { moveFunds } from '../store/funds.ts';
import { hasReservation } from '../store/ledger.ts';
import { addOperatorAct } from '../store/operator-acts.ts';
import { actOf, invalid, leaveTrace, type Operator, unknown } from './operator.ts';

/** Adds money that was paid in; `amount` in micros. The same reference again finds the first one. */
export async function topUp(operator: Operator, accountId: string, amount: number, reference: string) {
  if (amount <= 0) throw invalid('amount', 'must be above zero', 'A top-up is an amount above zero');
  return await move(operator, accountId, topUpOperation(accountId, amount, usable(reference)));
}

/** Corrects the balance by a signed amount; with a trackingId it shows in that verification's timeline, such as a refund. */
export async function adjust(
  operator: Operator,
  accountId: string,
  amount: number,
  reference: string,
  trackingId?: string,
) {
  if (amount === 0) throw invalid('amount', 'must not be zero', 'An adjustment of nothing is none');
  const about = trackingId?.toLowerCase();
  if (about !== undefined && !(await hasReservation(operator.database, accountId, about))) {
    throw invalid('trackingId', 'was never paid for', `Account ${accountId} never paid for a verification ${about}`);
  }
  return await move(operator, accountId, adjustmentOperation(accountId, amount, usable(reference), about));
}

export interface Limits {
  readonly creditLimit?: number | null | undefined;
  readonly lowBalance?: number | null | undefined;
}

/** Changes the limits that are given, all in one write. */
export async function changeLimits(
  operator: Operator,
  accountId: string,
  { creditLimit, lowBalance }: Limits,
): Promise<void> {
  if (creditLimit === undefined || lowBalance === undefined) {
    if (creditLimit !== undefined) await changeCreditLimit(operator, accountId, creditLimit);
    if (lowBalance !== undefined) await changeLowBalance(operator, accountId, lowBalance);
    return;
  }
  const shown = (credit: number | null, mark: number | null) => ({
    creditLimit: limitText(credit),
    lowBalance: markText(mark),
  });
  await changeMark(operator, accountId, 'account.limits', (account) => ({
    before: shown(account.creditLimit, account.lowBalance ?? null),
    after: shown(creditLimit, lowBalance),
    set: { creditLimit: usableLimit(creditLimit), ...(lowBalance !== null && { lowBalance }) },
    unset: lowBalance === null ? ['lowBalance'] : [],
  }));
}

function usableLimit(limit: number | null): number | null {
  if (limit === null || limit >= 0) return limit;
  throw invalid('creditLimit', 'must be zero or more', 'A credit limit is zero or more, or unlimited');
}

/** Lets reservations take the balance this far below zero, in micros; null is without bound. */
export async function changeCreditLimit(operator: Operator, accountId: string, limit: number | null): Promise<void> {
  await changeMark(operator, accountId, 'account.creditLimit', (account) => ({
    before: limitText(account.creditLimit),
    after: limitText(limit),
    set: { creditLimit: usableLimit(limit) },
  }));
}

/** Has it told when a movement takes the balance below this, in micros; null is never. */
export async function changeLowBalance(operator: Operator, accountId: string, mark: number | null): Promise<void> {
  await changeMark(operator, accountId, 'account.lowBalance', ({ lowBalance = null }) => ({
    before: markText(lowBalance),
    after: markText(mark),
    ...(mark === null ? { unset: ['lowBalance'] } : { set: { lowBalance: mark } }),
  }));
}

/** A change from one value to another; none where they are the same. */
async function changeMark(
  operator: Operator,
  accountId: string,
  action: string,
  read: (account: AccountDocument) => Omit<Change, 'act'> & { readonly before: unknown; readonly after: unknown },
): Promise<void> {
  const { database } = operator;
  const account = await changeAudited(database, database.accounts, accountId, (standing) => {
    const { before, after, ...change } = read(standing);
    return isDeepStrictEqual(before, after)
      ? undefined
      : { ...change, act: actOf(operator, action, { accountId, before, after }) };
  });
  if (!account) throw unknown('accountId', 'account', accountId);
}

/** The account as it stands. */
export async function readFunds(database: Database, accountId: string): Promise<AccountDocument> {
  const account = await findAccount(database, accountId);
  if (!account) throw unknown('accountId', 'account', accountId);
  return account;
}

export const limitText = (limit: number | null) => (limit === null ? 'unlimited' : microsToUnits(limit));
export const markText = (mark: number | null) => (mark === null ? 'none' : microsToUnits(mark));

function usable(reference: string): string {
  const read = readReference(reference);
  if (read === undefined) {
    const problem = 'must be 1 to 100 visible characters';
    throw invalid('reference', problem, 'A reference of 1 to 100 visible characters is needed');
  }
  return read;
}

/** The row comes first and holds everything; whatever a crash keeps from following it, a repeat adds. */
async function move(operator: Operator, accountId: string, operation: LedgerOperation): Promise<LedgerRow> {
  const { database } = operator;
  const { actor, operatorId } = operator;
  // In the row itself, so that no crash leaves money moved by nobody.
  const by = { actor, ...(operatorId !== undefined && { operatorId }) };
  const row = await moveFunds(database, accountId, { ...operation, by }).catch((error: unknown) => {
    if (error instanceof RangeError) throw invalid('amount', 'makes a balance too large to be kept');
    throw error;
  });
  if (row === 'noAccount') throw unknown('accountId', 'account', accountId);
  if (typeof row === 'string') throw new Error('The balance does not allow it');
  const { reference = '', trackingId } = operation;
  if (!isRowOf(operation, row)) {
    const about = row.trackingId === undefined ? '' : ` for ${row.trackingId}`;
    const used = `was used already, with ${microsToUnits(row.amount)}${about}: use another`;
    throw invalid('reference', used, `Reference ${reference} ${used}`);
  }
  const { _id, kind, amount, before, after, at } = row;
  await noteLowBalance(database, row);
  if (trackingId !== undefined) {
    await addOperatorAct(database, trackingId, { row: _id, kind: 'adjustment', amount, reference, at });
  }
  const balances = { before: microsToUnits(before), after: microsToUnits(after) };
  const details = {
    accountId,
    amount: microsToUnits(amount),
    reference,
    ...balances,
    ...(trackingId && { trackingId }),
  };
  // A repeat by somebody else names the one who moved it.
  await leaveTrace({ ...operator, ...row.by }, `account.${kind}`, details, `funds:${_id}`);
  return row;
}
