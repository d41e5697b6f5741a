// GET /accounts/me/ledger: every movement of money, newest first, with exact balances before and after.
import type { Context } from 'koa';
import { z } from 'zod';
import type { LedgerRow } from '../../domain/ledger.ts';
import { microsToUnits } from '../../domain/money.ts';
import { ledgerRows } from '../../store/ledger.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { readFields } from '../fields.ts';
import { pageBody, pageFields, pageOf } from '../paging.ts';

const query = z.object(pageFields);

export function readLedger({ database }: Pick<ApiDeps, 'database'>) {
  return async function ledger(ctx: Context) {
    const { account } = (ctx.state as ApiState).caller;
    const asked = pageOf(readFields(query, ctx.query));
    const last = account.seq - asked.page * asked.size;
    const rows = last < 1 ? [] : await ledgerRows(database, account, last - asked.size + 1, last);
    ctx.body = pageBody(rows.map(ledgerEntry), account.seq, asked);
  };
}

/** A row as the wire shows it. */
export function ledgerEntry(row: LedgerRow) {
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
