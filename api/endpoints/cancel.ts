// DELETE /2step/{trackingId}: cancels a pending verification.
import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import type { ApiDeps, ApiState, CommandDeps } from '../deps.ts';
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

export function cancelVerification(deps: Pick<ApiDeps, 'database' | 'engine'> & CommandDeps) {
  return async function cancel(ctx: Context) {
    const { caller, receivedAt } = ctx.state as ApiState;
    const verification = await findOwnVerification(deps.database, caller.account._id, ctx.params.trackingId);
    const attemptId = randomUUID();
    const command = { kind: 'cancellation', attemptId, receivedAt } as const;
    const { verdict, body } = await deps.commands(verification, command, () =>
      deps.engine.cancel(verification._id, { attemptId, receivedAt }),
    );
    refuseUnless(verdict, 'cancelled');
    ctx.body = body;
  };
}
