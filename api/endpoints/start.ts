// POST /2step: checks the request, starts the workflow, and answers what became visible of it.
import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { RefusedError } from '../../domain/errors.ts';
import { bodyHashes, idempotencyIds } from '../../secrets/idempotency.ts';
import type { IdempotencyDocument } from '../../store/documents.ts';
import { claimKey, findKey, releaseKey } from '../../store/idempotency.ts';
import { findNumberRange } from '../../store/number-ranges.ts';
import { findVerification } from '../../store/verifications.ts';
import type { ApiDeps, ApiState, Caller, StartGates } from '../deps.ts';
import { idempotencyHeaders, idempotencyKey } from '../idempotency-key.ts';
import { type OpeningSeen, startAndSee, startUnavailable } from '../opening.ts';
import type { Operation } from '../operation.ts';
import { drawInput, type PreparedStart, prepareStart } from '../start-input.ts';
import { isOpen, type OpenVerification, verificationAnswer, verificationBody } from '../wire.ts';
import { readStartFields, recipientText, startFields } from './start-fields.ts';

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

type StartDeps = Pick<ApiDeps, 'database' | 'ring' | 'engine' | 'outcomes' | 'fallbackCarrier' | 'logger'> & StartGates;

export function startVerification(deps: StartDeps) {
  return async function start(ctx: Context) {
    const { caller, receivedAt } = ctx.state as ApiState;
    const range = await findNumberRange(deps.database, recipientText(ctx.request.body));
    const fields = readStartFields(ctx.request.body, caller.application.settings, range);
    const key = idempotencyKey(ctx);
    const claim = key === undefined ? undefined : keyClaim(deps.ring, caller, key, fields);
    const before = claim && (await startedBefore(deps, claim, receivedAt));
    if (before) {
      ctx.body = verificationBody(before);
      return;
    }
    const prepared = await prepareStart(deps, caller, fields, receivedAt);
    if (deps.overloaded() || !(await deps.workerUp())) throw startUnavailable();
    const seen =
      claim === undefined
        ? await startAndSee(deps, drawInput(deps.ring, randomUUID(), prepared))
        : await startOnce(deps, claim, prepared);
    if (seen.kind === 'open') ctx.body = verificationBody(seen.verification);
    else if (seen.kind === 'unknown' || seen.refusal === 'unavailable') throw startUnavailable();
    else throw new RefusedError(seen.refusal);
  };
}

/** A key as it is stored, and what its body must be. */
interface KeyClaim {
  readonly ids: readonly string[];
  readonly bodyHashes: readonly string[];
}

function keyClaim(ring: ApiDeps['ring'], { account, application }: Caller, key: string, fields: unknown): KeyClaim {
  return { ids: idempotencyIds(ring, account._id, application._id, key), bodyHashes: bodyHashes(ring, fields) };
}

/** The verification that the key stands for and that is open: no price or setting changed since can refuse its repeat. */
async function startedBefore(
  { database }: StartDeps,
  claim: KeyClaim,
  now: number,
): Promise<OpenVerification | undefined> {
  const found = await findKey(database, claim.ids, now);
  if (!found) return undefined;
  refuseOther(claim, found);
  const verification = await findVerification(database, found.trackingId);
  return verification && isOpen(verification) ? verification : undefined;
}

/** The same key and body within 24 hours is the same start; one that was refused frees its key. */
async function startOnce(deps: StartDeps, claim: KeyClaim, prepared: PreparedStart): Promise<OpeningSeen> {
  const { database, ring } = deps;
  const claimOnce = async (): Promise<{ mine: boolean; seen: OpeningSeen }> => {
    const trackingId = randomUUID();
    const createdAt = new Date(prepared.receivedAt);
    const [bodyHash = ''] = claim.bodyHashes;
    const found = await claimKey(database, claim.ids, { trackingId, bodyHash, createdAt });
    refuseOther(claim, found);
    const seen = await startAndSee(deps, drawInput(ring, found.trackingId, prepared));
    if (seen.kind === 'refused') await releaseKey(database, found);
    return { mine: found.trackingId === trackingId, seen };
  };
  const first = await claimOnce();
  // An earlier try was given up for good: this one is the repeat its caller was asked for.
  const givenUp = !first.mine && first.seen.kind === 'refused' && first.seen.refusal === 'unavailable';
  return givenUp ? (await claimOnce()).seen : first.seen;
}

function refuseOther({ bodyHashes: allowed }: KeyClaim, found: IdempotencyDocument): void {
  if (!allowed.includes(found.bodyHash)) throw new RefusedError('idempotencyKeyReused');
}
