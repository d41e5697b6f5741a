// GET /accounts/me/balance: what is available.
import type { Context } from 'koa';
import { currencyOf, microsToUnits } from '../../domain/money.ts';
import type { ApiState } from '../deps.ts';

export async function readBalance(ctx: Context) {
  const { account } = (ctx.state as ApiState).caller;
  ctx.body = { balance: microsToUnits(account.available), currency: currencyOf(account.currency) };
}
