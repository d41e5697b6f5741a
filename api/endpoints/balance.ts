// GET /accounts/me/balance: what is available.
import type { Context } from 'koa';
import { z } from 'zod';
import { currencyOf, microsToUnits } from '../../domain/money.ts';
import { amount, currency } from '../answers.ts';
import type { ApiState } from '../deps.ts';
import type { Operation } from '../operation.ts';

const answer = z.object({ balance: amount, currency });

export const balanceOperation: Operation = {
  id: 'readBalance',
  method: 'get',
  path: '/accounts/me/balance',
  tag: 'Account',
  summary: 'What is available',
  description: 'Without what is reserved for verifications under way.',
  security: 'token',
  answer,
  errors: [],
};

export async function readBalance(ctx: Context) {
  const { account } = (ctx.state as ApiState).caller;
  const body: z.output<typeof answer> = {
    balance: microsToUnits(account.available),
    currency: currencyOf(account.currency),
  };
  ctx.body = body;
}
