// GET /accounts/me/transactions: top-ups, newest first, each with the adjustments that refer to it as its actions.
import type { Context } from 'koa';
import { z } from 'zod';
import type { LedgerRow } from '../../domain/ledger.ts';
import { microsToUnits } from '../../domain/money.ts';
import { adjustmentsAfter, topUpPage } from '../../store/ledger.ts';
import { keepRows } from '../../store/ledger-tail.ts';
import { amount, instant } from '../answers.ts';
import { queryOf } from '../body/form.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { pageAnswer, pageBody, pageFields, pageOf, periodFields } from '../paging.ts';

const query = z.object({ ...pageFields, ...periodFields });

const movementFields = {
  amount,
  status: z.literal('Completed'),
  balanceBefore: amount,
  balanceAfter: amount,
  date: instant,
};
const transactionAnswer = z
  .object({
    id: z.string(),
    source: z.string(),
    transactionType: z.literal('TopUp'),
    ...movementFields,
    actions: z
      .array(z.object({ id: z.string(), type: z.literal('Adjustment'), ...movementFields }))
      .describe('What was adjusted since.'),
  })
  .meta({ id: 'Transaction', description: 'A top-up and the adjustments that refer to it.' });

export const transactionsOperation: Operation = {
  id: 'readTransactions',
  method: 'get',
  path: '/accounts/me/transactions',
  tag: 'Account',
  summary: 'Top-ups, newest first',
  security: 'token',
  query,
  answer: pageAnswer(transactionAnswer),
  errors: [],
};

export function readTransactions({ database }: Pick<ApiDeps, 'database'>) {
  return async function transactions(ctx: Context) {
    const { ledger } = database;
    const { account } = (ctx.state as ApiState).caller;
    const asked = readFields(query, queryOf(ctx));
    const page = pageOf(asked);
    // So that the ledger can page through them; the others stay where they are.
    await keepRows(
      { ledger },
      account.tail.filter(({ kind }) => kind === 'topUp' || kind === 'adjustment'),
    );
    const { rows, total } = await topUpPage(ledger, account._id, asked, page.page * page.size, page.size);
    const content = await Promise.all(rows.map(async (row) => transaction(row, await adjustmentsAfter(ledger, row))));
    ctx.body = pageBody(content, total, page);
  };
}

/** An adjustment belongs to the top-up before it, the money it adjusts. */
function transaction(topUp: LedgerRow, adjustments: readonly LedgerRow[]): z.output<typeof transactionAnswer> {
  return {
    id: topUp._id,
    source: topUp.reference ?? 'Manual',
    transactionType: 'TopUp',
    ...movement(topUp),
    actions: adjustments.map((row) => ({ id: row._id, type: 'Adjustment' as const, ...movement(row) })),
  };
}

function movement({ delta, before, after, at }: LedgerRow) {
  return {
    amount: microsToUnits(delta),
    status: 'Completed' as const,
    balanceBefore: microsToUnits(before),
    balanceAfter: microsToUnits(after),
    date: at.toISOString(),
  };
}
