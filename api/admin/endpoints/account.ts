// GET and PATCH /admin/accounts/{accountId}: reads an account, renames, closes or opens it again.
import { z } from 'zod';
import { changeAccount } from '../../../admin/accounts.ts';
import { readFunds } from '../../../admin/funds.ts';
import { invalid } from '../../../admin/operator.ts';
import { accountBody, accountId, showAccount } from '../account-body.ts';
import { endpoint } from '../endpoint.ts';
import { currencyCode, flag, nameField, optional } from '../fields.ts';

export const getAccount = endpoint(
  {
    id: 'readAccount',
    method: 'get',
    path: '/admin/accounts/:accountId',
    tag: 'Accounts',
    summary: 'Read an account with its balance',
    scope: 'accounts:read',
    params: z.object(accountId),
    answer: accountBody,
  },
  async ({ database }, { params }) => showAccount(await readFunds(database, params.accountId)),
);

const fields = z.object({
  name: optional(nameField('A new name')).describe('A new name, up to 100 characters.'),
  closed: optional(flag).describe('true turns all its applications away, false lets them in again.'),
  currency: optional(currencyCode).describe("The account's own: it cannot be changed."),
});

export const patchAccount = endpoint(
  {
    id: 'changeAccount',
    method: 'patch',
    path: '/admin/accounts/:accountId',
    tag: 'Accounts',
    summary: 'Rename, close or open an account',
    description: 'What is left out stays. Verifications under way go on to their ends.',
    scope: 'accounts:write',
    params: z.object(accountId),
    body: { schema: fields, types: ['json'] },
    answer: accountBody,
  },
  async ({ database }, { operator, params, body: { currency, ...changes } }) => {
    const account = await readFunds(database, params.accountId);
    if (currency !== undefined && currency !== account.currency) throw invalid('currency', 'cannot be changed');
    return showAccount(await changeAccount(operator, params.accountId, changes));
  },
);
