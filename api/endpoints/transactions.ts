// GET /accounts/me/transactions: top-ups, newest first, each with the adjustments that refer to it as its actions.
import type { Context } from 'koa';
import { z } from 'zod';
import type { LedgerRow } from '../../domain/ledger.ts';
import { microsToUnits } from '../../domain/money.ts';
import { ledgerRowsOfKind } from '../../store/ledger.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields } from '../fields.ts';
import { pageBody, pageFields, pageOf, periodFields } from '../paging.ts';

const query = z.object({ ...pageFields, ...periodFields });

export function readTransactions({ database }: Pick<ApiDeps, 'database'>) {
  return async function transactions(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const asked = readFields(query, ctx.query);
    const rows = await ledgerRowsOfKind(database, account, ['topUp', 'adjustment']);
    const wanted = rows.filter(
      ({ kind, at }) => kind === 'topUp' && (!asked.from || at >= asked.from) && (!asked.to || at < asked.to),
    );
    const page = pageOf(asked);
    const shown = wanted.slice(page.page * page.size, (page.page + 1) * page.size);
    ctx.body = pageBody(
      shown.map((topUp) => transaction(topUp, rows)),
      wanted.length,
      page,
    );
  };
}

/** An adjustment belongs to the top-up before it, the money it adjusts. */
function transaction(topUp: LedgerRow, rows: readonly LedgerRow[]) {
  const next = rows.findLast(({ kind, seq }) => kind === 'topUp' && seq > topUp.seq)?.seq ?? Number.POSITIVE_INFINITY;
  const adjustments = rows.filter(({ kind, seq }) => kind === 'adjustment' && seq > topUp.seq && seq < next);
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
