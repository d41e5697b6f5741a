// POST and GET /admin/accounts: opens an account, and lists those there are.
import { z } from 'zod';
import { createAccount } from '../../../admin/accounts.ts';
import { listAccounts } from '../../../store/accounts.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { accountBody, showAccount } from '../account-body.ts';
import { endpoint } from '../endpoint.ts';
import { currencyCode, flag, nameField, optional, pageAnswer, pageQuery, required } from '../fields.ts';

const ownId = z
  .string('must be a string')
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be up to 40 small letters, digits and hyphens');

const fields = z.object({
  accountId: optional(ownId).describe(
    'An id of your own, up to 40 small letters, digits and hyphens; drawn if left out.',
  ),
  name: required(nameField('What people call it')).describe('What people call it, up to 100 characters.'),
  currency: required(currencyCode).describe('ISO 4217; it stays for good.'),
});

export const postAccount = endpoint(
  {
    id: 'createAccount',
    method: 'post',
    path: '/admin/accounts',
    tag: 'Accounts',
    summary: 'Open an account',
    description: 'It starts with a balance of zero, no credit and no application.',
    scope: 'accounts:write',
    body: { schema: fields, types: ['json'] },
    answer: accountBody,
  },
  async (_, { operator, body }) => showAccount(await createAccount(operator, body)),
);

const query = z.object({
  ...pageQuery,
  closed: optional(flag).describe('Only closed accounts, or only open ones.'),
});

export const getAccounts = endpoint(
  {
    id: 'listAccounts',
    method: 'get',
    path: '/admin/accounts',
    tag: 'Accounts',
    summary: 'List accounts',
    scope: 'accounts:read',
    query,
    answer: pageAnswer(accountBody),
  },
  async ({ database }, { query: { page, size, ...filter } }) => {
    const asked = pageOf({ page, size });
    const { rows, total } = await listAccounts(database, filter, asked);
    return pageBody(rows.map(showAccount), total, asked);
  },
);
