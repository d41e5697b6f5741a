// POST /2step/{trackingId}: hands an answer to the verification and tells the verdict.

import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { z } from 'zod';
import { absent } from '../../domain/absent.ts';
import { answerNumber, isNoAnswer } from '../../domain/answer.ts';
import { RefusedError } from '../../domain/errors.ts';
import { isSameInPrint } from '../../domain/number-text.ts';
import { answerDigests } from '../../secrets/answer-digest.ts';
import { attemptIdFor } from '../../secrets/idempotency.ts';
import { count } from '../answers.ts';
import { queryOf } from '../body/form.ts';
import { numberAsSent } from '../body/json.ts';
import type { ApiDeps, ApiState, CommandDeps } from '../deps.ts';
import { optional, readFields } from '../fields.ts';
import { idempotencyHeaders, idempotencyKey } from '../idempotency-key.ts';
import type { Operation } from '../operation.ts';
import { refuseUnless } from '../verdicts.ts';
import { findOwnVerification, trackingIdParams, verificationAnswer } from '../wire.ts';

/**
 * Half a digit is none, minus zero is negative, and the point of a fraction must not be dropped as if a person had typed it
 * between digits.
 */
const wholeNumber = z
  .number()
  .min(0)
  .refine((value) => Number.isInteger(value) && !Object.is(value, -0));

/** One request is one guess: an answer given twice is refused. */
const answerField = z
  .union([z.string(), wholeNumber.transform(String)], 'must be given once, as a string or a whole number')
  .refine((text) => !isNoAnswer(text), 'must not be blank');

/** In one place or the other, the body before the query. */
const answerSent = z.object({
  answer: optional(answerField).describe(
    'What the person typed. Spaces, dashes, dots, brackets, invisible characters and leading zeros do not matter.',
  ),
});

export const confirmOperation: Operation = {
  id: 'confirmVerification',
  method: 'post',
  path: '/2step/:trackingId',
  tag: 'Verification',
  summary: 'Judge an answer',
  description:
    'One request is one guess: give `answer` once, in the body or in the query. A wrong answer counts as a try, the last one ' +
    'allowed fails the verification. After a 503 the answer is kept and will be judged: ask for the status, or repeat it ' +
    'under its `Idempotency-Key`.',
  security: 'token',
  params: trackingIdParams,
  query: answerSent,
  headers: idempotencyHeaders,
  body: { schema: answerSent, types: ['json', 'form'] },
  answer: verificationAnswer,
  answerHeaders: {
    'X-Attempts-Remaining': {
      description: 'Wrong answers still allowed.',
      schema: count,
      statuses: [200, 400],
    },
  },
  errors: ['unknownTrackingId', 'wrongAnswer', 'maxRetriesReached', 'expired', 'notPending'],
};

export function confirmVerification(deps: Pick<ApiDeps, 'database' | 'ring' | 'engine'> & CommandDeps) {
  return async function confirm(ctx: Context) {
    const { caller, receivedAt } = ctx.state as ApiState;
    const fromBody = absent(answerIn(ctx.request.body as Record<string, unknown>));
    const { answer } = readFields(z.object({ answer: answerField }), {
      answer: fromBody ?? absent(queryOf(ctx).answer),
    });
    const key = idempotencyKey(ctx);
    const verification = await findOwnVerification(deps.database, caller.account._id, ctx.params.trackingId);
    const keys = deps.ring.byId(verification.keyId);
    if (!keys && verification.status === 'Pending') throw new RefusedError('unavailable', { retryAfterSeconds: 2 });

    const trackingId = verification._id;
    const attempt = {
      attemptId: key === undefined || !keys ? randomUUID() : attemptIdFor(keys, trackingId, 'confirm', key),
      digests: answerDigests(deps.ring, trackingId, answerNumber(answer, verification.digits)),
      receivedAt,
    };
    const command = { kind: 'answer', attemptId: attempt.attemptId, receivedAt } as const;
    const { verdict, remaining, body } = await deps.commands(verification, command, () =>
      deps.engine.confirm(trackingId, attempt),
    );
    ctx.set('X-Attempts-Remaining', String(remaining));
    refuseUnless(verdict, 'verified');
    ctx.body = body;
  };
}

/** As it was sent: a fraction so close to a whole number that JavaScript reads it as one is still none. */
function answerIn(body: Record<string, unknown>): unknown {
  const { answer } = body;
  // Beyond these are numbers that no code has the digits of.
  if (typeof answer !== 'number' || !Number.isSafeInteger(answer)) return answer;
  return isSameInPrint(numberAsSent(body, 'answer', answer)) ? answer : Number.NaN;
}
