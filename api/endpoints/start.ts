// POST /2step: checks the request, starts the workflow, and answers what became visible of it.
import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { RefusedError } from '../../domain/errors.ts';
import { bodyHashes, idempotencyIds } from '../../secrets/idempotency.ts';
import type { IdempotencyDocument } from '../../store/documents.ts';
import { claimKey, releaseKey } from '../../store/idempotency.ts';
import type { ApiDeps, ApiState } from '../deps.ts';
import { idempotencyHeaders, idempotencyKey } from '../idempotency-key.ts';
import { type OpeningSeen, startAndSee, startUnavailable } from '../opening.ts';
import type { Operation } from '../operation.ts';
import { drawInput, type PreparedStart, prepareStart } from '../start-input.ts';
import { verificationAnswer, verificationBody } from '../wire.ts';
import { readStartFields, startFields } from './start-fields.ts';

export const startOperation: Operation = {
  id: 'startVerification',
  method: 'post',
  path: '/2step',
  tag: 'Verification',
  summary: 'Start a verification',
  description:
    'Draws a code and sends it to the recipient. Answered once the price is reserved and the message rendered; sending goes ' +
    'on behind it. Under an `Idempotency-Key` the same body within 24 hours is the same verification: one message, one charge.',
  security: 'token',
  headers: idempotencyHeaders,
  body: { schema: startFields, types: ['json'] },
  answer: verificationAnswer,
  errors: ['invalidTemplate', 'insufficientBalance', 'applicationNotFound', 'accountNotFound', 'idempotencyKeyReused'],
};

type StartDeps = Pick<ApiDeps, 'database' | 'ring' | 'engine' | 'outcomes' | 'carrier' | 'logger'> & {
  overloaded(): boolean;
};

export function startVerification(deps: StartDeps) {
  return async function start(ctx: Context) {
    const { caller, receivedAt } = ctx.state as ApiState;
    const fields = readStartFields(ctx.request.body);
    const key = idempotencyKey(ctx);
    const prepared = await prepareStart(deps, caller, fields, receivedAt);
    if (deps.overloaded()) throw startUnavailable();
    const seen =
      key === undefined
        ? await startAndSee(deps, drawInput(deps.ring, randomUUID(), prepared))
        : await startOnce(deps, key, fields, prepared);
    if (seen.kind === 'open') ctx.body = verificationBody(seen.verification);
    else if (seen.kind === 'unknown' || seen.refusal === 'unavailable') throw startUnavailable();
    else throw new RefusedError(seen.refusal);
  };
}

/** The same key and body within 24 hours is the same start; one that was refused frees its key. */
async function startOnce(deps: StartDeps, key: string, fields: unknown, prepared: PreparedStart): Promise<OpeningSeen> {
  const { database, ring } = deps;
  const ids = idempotencyIds(ring, prepared.accountId, prepared.applicationId, key);
  const hashes = bodyHashes(ring, fields);
  const claimOnce = async (): Promise<{ claim: IdempotencyDocument; mine: boolean; seen: OpeningSeen }> => {
    const trackingId = randomUUID();
    const createdAt = new Date(prepared.receivedAt);
    const claim = await claimKey(database, ids, { trackingId, bodyHash: hashes[0] ?? '', createdAt });
    if (!hashes.includes(claim.bodyHash)) throw new RefusedError('idempotencyKeyReused');
    const seen = await startAndSee(deps, drawInput(ring, claim.trackingId, prepared));
    if (seen.kind === 'refused') await releaseKey(database, claim);
    return { claim, mine: claim.trackingId === trackingId, seen };
  };
  const first = await claimOnce();
  // An earlier try was given up for good: this one is the repeat its caller was asked for.
  const givenUp = !first.mine && first.seen.kind === 'refused' && first.seen.refusal === 'unavailable';
  return givenUp ? (await claimOnce()).seen : first.seen;
}
