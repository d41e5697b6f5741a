// Verdicts as errors: every verdict but the wanted one refuses the request.
import { type ErrorName, RefusedError } from '../domain/errors.ts';
import type { Verdict } from '../domain/verification.ts';

const errorByVerdict: Readonly<Record<Verdict, ErrorName>> = {
  verified: 'notPending',
  cancelled: 'notPending',
  resent: 'notPending',
  notPending: 'notPending',
  expired: 'expired',
  wrongAnswer: 'wrongAnswer',
  maxRetriesReached: 'maxRetriesReached',
  insufficientBalance: 'insufficientBalance',
  invalidTemplate: 'invalidTemplate',
  tooSoon: 'tooManyRequests',
  tooMany: 'tooManyRequests',
};

/** @throws RefusedError unless the verdict is the wanted one. */
export function refuseUnless<W extends Verdict>(
  verdict: Verdict,
  wanted: W,
  retryAfterSeconds?: number,
): asserts verdict is W {
  if (verdict === wanted) return;
  throw new RefusedError(errorByVerdict[verdict], {
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(verdict === 'invalidTemplate' && {
      properties: { template: 'is longer than this application allows by this method' },
    }),
  });
}
