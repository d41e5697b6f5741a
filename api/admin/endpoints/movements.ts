// POST /admin/accounts/{accountId}/top-ups and /adjustments: money by hand; a repeat under the same reference is harmless.
import { z } from 'zod';
import { adjust, topUp } from '../../../admin/funds.ts';
import { ledgerEntry } from '../../endpoints/ledger.ts';
import { accountId } from '../account-body.ts';
import { endpoint } from '../endpoint.ts';
import { amount, leastAmount, mostAmount, optional, required } from '../fields.ts';
import { ledgerBody } from '../ledger-body.ts';

const reference = required(
  z
    .string('must be a string')
    .min(1, 'must be 1 to 100 visible characters')
    .max(200, 'must be 1 to 100 visible characters'),
).describe(
  'What it is called, such as an invoice, up to 100 characters. The same reference and amount again is the same movement.',
);

const topUpFields = z.object({
  amount: required(amount(leastAmount)).describe("What was paid in, in the account's currency, with up to 6 decimals."),
  reference,
});

export const postTopUp = endpoint(
  {
    id: 'topUpAccount',
    method: 'post',
    path: '/admin/accounts/:accountId/top-ups',
    tag: 'Money',
    summary: 'Add money that was paid in',
    description: 'Answers the movement, the first one when it is repeated.',
    scope: 'money:write',
    params: z.object(accountId),
    body: { schema: topUpFields, types: ['json'] },
    answer: ledgerBody,
  },
  async (_, { operator, params, body }) =>
    ledgerEntry(await topUp(operator, params.accountId, body.amount, body.reference)),
);

const adjustmentFields = z.object({
  amount: required(amount(-mostAmount)).describe(
    "What to correct the balance by, signed, in the account's currency, with up to 6 decimals.",
  ),
  reference,
  trackingId: optional(z.uuid('must be a trackingId')).describe(
    'The verification it is about, such as one to refund: its timeline shows it.',
  ),
});

export const postAdjustment = endpoint(
  {
    id: 'adjustAccount',
    method: 'post',
    path: '/admin/accounts/:accountId/adjustments',
    tag: 'Money',
    summary: 'Correct a balance, such as by a refund',
    description: 'Answers the movement, the first one when it is repeated. It may take the balance below zero.',
    scope: 'money:write',
    params: z.object(accountId),
    body: { schema: adjustmentFields, types: ['json'] },
    answer: ledgerBody,
  },
  async (_, { operator, params, body }) =>
    ledgerEntry(await adjust(operator, params.accountId, body.amount, body.reference, body.trackingId)),
);
