// DELETE /2step/{trackingId}: cancels a pending verification.
import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { commandVerification } from '../command.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import type { Operation } from '../operation.ts';
import { refuseUnless } from '../verdicts.ts';
import { findOwnVerification, trackingIdParams, verificationAnswer } from '../wire.ts';

export const cancelOperation: Operation = {
  id: 'cancelVerification',
  method: 'delete',
  path: '/2step/:trackingId',
  tag: 'Verification',
  summary: 'Cancel a pending verification',
  description: 'A message that a carrier accepted before stays charged.',
  security: 'token',
  params: trackingIdParams,
  answer: verificationAnswer,
  errors: ['unknownTrackingId', 'notPending', 'expired'],
};

export function cancelVerification(deps: Pick<ApiDeps, 'database' | 'engine' | 'outcomes'>) {
  return async function cancel(ctx: Context) {
    const { caller, receivedAt } = ctx.state as ApiState;
    const verification = await findOwnVerification(deps.database, caller.account._id, ctx.params.trackingId);
    const attemptId = randomUUID();
    const { verdict, body } = await commandVerification(deps, verification, attemptId, receivedAt, () =>
      deps.engine.cancel(verification._id, { attemptId, receivedAt }),
    );
    refuseUnless(verdict, 'cancelled');
    ctx.body = body;
  };
}
