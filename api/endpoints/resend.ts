// POST /2step/{trackingId}/resend: the same code once more, by the same method or another.
import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { z } from 'zod';
import { invalidFields } from '../../domain/errors.ts';
import { resendRefusal } from '../../domain/resend.ts';
import { attemptIdFor } from '../../secrets/idempotency.ts';
import { createKeyedQueue } from '../../store/account-queue.ts';
import type { ApiDeps, ApiState, CommandDeps } from '../deps.ts';
import { optional, readFields, word } from '../fields.ts';
import { idempotencyHeaders, idempotencyKey } from '../idempotency-key.ts';
import type { Operation } from '../operation.ts';
import { refuseUnless } from '../verdicts.ts';
import {
  findOwnVerification,
  type OpenVerification,
  trackingIdParams,
  verdictFor,
  verificationAnswer,
} from '../wire.ts';

const fields = z.object({
  method: optional(word('sms', 'voice')).describe(
    'The way of the new send; that of the start where none is given. Where the application allowed it, a landline is called instead of getting SMS.',
  ),
});

export const resendOperation: Operation = {
  id: 'resendVerification',
  method: 'post',
  path: '/2step/:trackingId/resend',
  tag: 'Verification',
  summary: 'Send the same code once more',
  description: '30 seconds after the last send at the earliest, 5 times at most; tries and expiry stay as they are.',
  security: 'token',
  params: trackingIdParams,
  headers: idempotencyHeaders,
  body: { schema: fields, types: ['json', 'form'] },
  answer: verificationAnswer,
  errors: ['unknownTrackingId', 'tooManyRequests', 'insufficientBalance', 'invalidTemplate', 'expired', 'notPending'],
};

export function resendVerification(deps: Pick<ApiDeps, 'database' | 'ring' | 'engine'> & CommandDeps) {
  const inTurn = createKeyedQueue();
  return async function resend(ctx: Context) {
    const { caller, receivedAt } = ctx.state as ApiState;
    const asked = readFields(fields, ctx.request.body);
    const key = idempotencyKey(ctx);
    const { _id: trackingId } = await findOwnVerification(deps.database, caller.account._id, ctx.params.trackingId);
    // One after the other, each by what the one before left in the projection.
    const { verdict, retryAfterSeconds, body } = await inTurn(trackingId, async () => {
      const verification = await findOwnVerification(deps.database, caller.account._id, trackingId);
      const method = asked.method ?? verification.method;
      const keys = deps.ring.byId(verification.keyId);
      const attemptId = key === undefined || !keys ? randomUUID() : attemptIdFor(keys, trackingId, 'resend', key);
      if (!verdictFor(verification, attemptId)) {
        const reached = verification.methods.includes(method) || (method === 'sms' && verification.landlineByVoice);
        if (!reached) throw invalidFields({ method: 'cannot reach this number' });
        refuseEarly(verification, receivedAt, key !== undefined);
      }
      const command = { kind: 'resend', attemptId, receivedAt } as const;
      return await deps.commands(verification, command, () =>
        deps.engine.resend(trackingId, { attemptId, method, receivedAt }),
      );
    });
    refuseUnless(verdict, 'resent', retryAfterSeconds);
    ctx.body = body;
  };
}

/** What the projection already shows need not trouble the workflow, which judges again by its own state. */
function refuseEarly(verification: OpenVerification, receivedAt: number, keyed: boolean): void {
  const { status, expiresAt, lastSendAt, resends } = verification;
  const situation = { status, expiresAt: expiresAt.getTime(), lastSendAt: lastSendAt.getTime(), resends };
  const refusal = resendRefusal(situation, receivedAt, Date.now());
  // Its first request may have come in time and still be under way: the workflow knows, or the ending will tell.
  if (refusal?.verdict === 'expired' && keyed && status === 'Pending') return;
  if (refusal) refuseUnless(refusal.verdict, 'resent', refusal.retryAfterSeconds);
}
