// GET /accounts/me/transactions: top-ups, newest first, each with the adjustments that refer to it as its actions.
import type { Context } from 'koa';
import { z } from 'zod';
import type { LedgerRow } from '../../domain/ledger.ts';
import { microsToUnits } from '../../domain/money.ts';
import { keepNewestRow } from '../../store/funds.ts';
import { adjustmentsAfter, topUpPage } from '../../store/ledger.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields } from '../fields.ts';
import { pageBody, pageFields, pageOf, periodFields } from '../paging.ts';

const query = z.object({ ...pageFields, ...periodFields });

export function readTransactions({ database: { ledger } }: Pick<ApiDeps, 'database'>) {
  return async function transactions(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const asked = readFields(query, ctx.query);
    const page = pageOf(asked);
    await keepNewestRow(ledger, account);
    const { rows, total } = await topUpPage(ledger, account._id, asked, page.page * page.size, page.size);
    const content = await Promise.all(rows.map(async (row) => transaction(row, await adjustmentsAfter(ledger, row))));
    ctx.body = pageBody(content, total, page);
  };
}

/** An adjustment belongs to the top-up before it, the money it adjusts. */
function transaction(topUp: LedgerRow, adjustments: readonly LedgerRow[]) {
  return {
    id: topUp._id,
    source: topUp.reference ?? 'Manual',
    transactionType: 'TopUp',
    ...movement(topUp),
    actions: adjustments.map((row) => ({ id: row._id, type: 'Adjustment', ...movement(row) })),
  };
}

function movement({ delta, before, after, at }: LedgerRow) {
  return {
    amount: microsToUnits(delta),
    status: 'Completed',
    balanceBefore: microsToUnits(before),
    balanceAfter: microsToUnits(after),
    date: at.toISOString(),
  };
}
