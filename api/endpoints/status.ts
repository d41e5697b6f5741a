// GET /2step/{trackingId}: the decided status, as projected.
import type { Context } from 'koa';
import type { ApiDeps, ApiState } from '../deps.ts';
import type { Operation } from '../operation.ts';
import { findOwnVerification, trackingIdParams, verificationAnswer, verificationBody } from '../wire.ts';

export const statusOperation: Operation = {
  id: 'readStatus',
  method: 'get',
  path: '/2step/:trackingId',
  tag: 'Verification',
  summary: 'Read the status',
  description: 'From the moment the start was answered.',
  security: 'token',
  params: trackingIdParams,
  answer: verificationAnswer,
  errors: ['unknownTrackingId'],
};

export function readStatus({ database }: Pick<ApiDeps, 'database'>) {
  return async function status(ctx: Context) {
    const { caller } = ctx.state as ApiState;
    ctx.body = verificationBody(await findOwnVerification(database, caller.account._id, ctx.params.trackingId));
  };
}
