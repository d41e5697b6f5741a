// GET /admin/accounts/{accountId}/ledger: every movement of an account's money, newest first.
import { z } from 'zod';
import { readFunds } from '../../../admin/funds.ts';
import { ledgerRows } from '../../../store/ledger.ts';
import { ledgerEntry } from '../../endpoints/ledger.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { accountId } from '../account-body.ts';
import { endpoint } from '../endpoint.ts';
import { pageAnswer, pageQuery } from '../fields.ts';
import { ledgerBody } from '../ledger-body.ts';

export const getLedger = endpoint(
  {
    id: 'readLedgerOfAccount',
    method: 'get',
    path: '/admin/accounts/:accountId/ledger',
    tag: 'Money',
    summary: "List an account's movements of money",
    scope: 'accounts:read',
    params: z.object(accountId),
    query: z.object(pageQuery),
    answer: pageAnswer(ledgerBody),
  },
  async ({ database }, { params, query }) => {
    const account = await readFunds(database, params.accountId);
    const asked = pageOf(query);
    const last = account.seq - asked.page * asked.size;
    const rows = last < 1 ? [] : await ledgerRows(database, account, last - asked.size + 1, last);
    return pageBody(rows.map(ledgerEntry), account.seq, asked);
  },
);
