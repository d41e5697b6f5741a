// PATCH /admin/accounts/{accountId}/limits: how far below zero an account may go, and when its operator is told.
import { z } from 'zod';
import { changeLimits, readFunds } from '../../../admin/funds.ts';
import { accountBody, accountId, showAccount } from '../account-body.ts';
import { endpoint } from '../endpoint.ts';
import { amount, mostAmount, optional } from '../fields.ts';

const fields = z.object({
  creditLimit: optional(
    z.union([z.literal('unlimited').transform(() => null), amount(0)], 'must be unlimited or an amount from 0'),
  ).describe('Reservations may take the balance this far below zero; "unlimited" for no bound.'),
  lowBalance: optional(
    z.union([z.literal('none').transform(() => null), amount(-mostAmount)], 'must be none or an amount'),
  ).describe('A movement that takes the balance below this is told; "none" for never.'),
});

export const patchLimits = endpoint(
  {
    id: 'changeLimits',
    method: 'patch',
    path: '/admin/accounts/:accountId/limits',
    tag: 'Money',
    summary: 'Set the credit limit and the low-balance mark',
    description: 'What is left out stays.',
    scope: 'money:write',
    params: z.object(accountId),
    body: { schema: fields, types: ['json'] },
    answer: accountBody,
  },
  async ({ database }, { operator, params, body }) => {
    await changeLimits(operator, params.accountId, body);
    return showAccount(await readFunds(database, params.accountId));
  },
);
