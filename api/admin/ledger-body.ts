// A movement of money as operators see it; the account's own applications see the same.
import { z } from 'zod';
import { ledgerKinds } from '../../domain/ledger.ts';
import { instantOut } from './fields.ts';

export const ledgerBody = z.object({
  id: z.string().describe('The id that makes it happen once.'),
  number: z.int().describe('1, 2, 3 and so on, without gaps within an account.'),
  kind: z.enum(ledgerKinds).describe('What it is.'),
  amount: z.number().describe('What it is about; an adjustment is signed.'),
  balanceBefore: z.number().describe('The balance it found.'),
  balanceAfter: z.number().describe('The balance it left.'),
  date: instantOut('When it happened'),
  trackingId: z.string().optional().describe('The verification it is about.'),
  reference: z.string().optional().describe('What the operator called it.'),
});
