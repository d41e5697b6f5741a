// GET /accounts/me/ledger: every movement of money, newest first, with exact balances before and after.
import type { Context } from 'koa';
import { z } from 'zod';
import { type LedgerRow, ledgerKinds } from '../../domain/ledger.ts';
import { microsToUnits } from '../../domain/money.ts';
import { ledgerRows } from '../../store/ledger.ts';
import { amount, count, instant } from '../answers.ts';
import { queryOf } from '../body/form.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { pageAnswer, pageBody, pageFields, pageOf } from '../paging.ts';
import { trackingId } from '../wire.ts';

const query = z.object(pageFields);

const entry = z
  .object({
    id: z.string(),
    number: count.describe('1, 2, 3 and so on within the account, without gaps.'),
    kind: z.enum(ledgerKinds),
    amount,
    balanceBefore: amount,
    balanceAfter: amount,
    date: instant,
    trackingId: trackingId.optional().describe('The verification it is about.'),
    reference: z.string().optional().describe('What the operator wrote.'),
  })
  .meta({ id: 'LedgerEntry', description: 'One movement of money.' });

export const ledgerOperation: Operation = {
  id: 'readLedger',
  method: 'get',
  path: '/accounts/me/ledger',
  tag: 'Account',
  summary: 'Every movement of money, newest first',
  security: 'token',
  query,
  answer: pageAnswer(entry),
  errors: [],
};

export function readLedger({ database }: Pick<ApiDeps, 'database'>) {
  return async function ledger(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const asked = pageOf(readFields(query, queryOf(ctx)));
    const last = account.seq - asked.page * asked.size;
    const rows = last < 1 ? [] : await ledgerRows(database, account, last - asked.size + 1, last);
    ctx.body = pageBody(rows.map(ledgerEntry), account.seq, asked);
  };
}

/** A row as the wire shows it. */
export function ledgerEntry(row: LedgerRow): z.output<typeof entry> {
  return {
    id: row._id,
    number: row.seq,
    kind: row.kind,
    amount: microsToUnits(row.amount),
    balanceBefore: microsToUnits(row.before),
    balanceAfter: microsToUnits(row.after),
    date: row.at.toISOString(),
    ...(row.trackingId && { trackingId: row.trackingId }),
    ...(row.reference && { reference: row.reference }),
  };
}
