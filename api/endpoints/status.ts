// GET /2step/{trackingId}: the decided status, as projected.
import type { Context } from 'koa';
import type { ApiDeps, ApiState } from '../deps.ts';
import { findOwnVerification, verificationBody } from '../wire.ts';

export function readStatus({ database }: Pick<ApiDeps, 'database'>) {
  return async function status(ctx: Context) {
    const { caller } = ctx.state as ApiState;
    ctx.body = verificationBody(await findOwnVerification(database, caller.account._id, ctx.params.trackingId));
  };
}
