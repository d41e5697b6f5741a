// An account as operators see it.
import { z } from 'zod';
import { limitText, markText } from '../../admin/funds.ts';
import { microsToUnits } from '../../domain/money.ts';
import type { AccountDocument } from '../../store/documents.ts';
import { idParam, instantOut } from './fields.ts';

export const accountId = { accountId: idParam('account') };

export const accountBody = z.object({
  accountId: z.string().describe('Its id.'),
  name: z.string().describe('What people call it.'),
  currency: z.string().describe('ISO 4217; all its amounts are in it.'),
  closed: z.boolean().describe('Whether its applications are turned away.'),
  balance: z.number().describe('What is available, reservations taken off.'),
  creditLimit: z
    .union([z.number(), z.literal('unlimited')])
    .describe('How far below zero reservations may take the balance.'),
  lowBalance: z.union([z.number(), z.literal('none')]).describe('Going below it is told, once per crossing.'),
  createdAt: instantOut('When it was opened'),
});

export function showAccount(account: AccountDocument): z.output<typeof accountBody> {
  const { _id, name, currency, closed, available, creditLimit, lowBalance = null, createdAt } = account;
  return {
    accountId: _id,
    name,
    currency,
    closed,
    balance: microsToUnits(available),
    creditLimit: limitText(creditLimit) as number | 'unlimited',
    lowBalance: markText(lowBalance) as number | 'none',
    createdAt: createdAt.toISOString(),
  };
}
