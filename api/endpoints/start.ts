// POST /2step: checks the request, starts the workflow, and answers what became visible of it.
import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import { invalidFields, RefusedError } from '../../domain/errors.ts';
import { renderMessage } from '../../domain/message.ts';
import { maskNumber } from '../../domain/phone.ts';
import { chooseOriginator, chooseTemplate } from '../../domain/settings.ts';
import { ABANDONED_LOOK_MS, START_WINDOW_MS } from '../../domain/start-window.ts';
import { hasPin } from '../../domain/template.ts';
import { rightAnswerHash } from '../../secrets/answer-digest.ts';
import { deriveCode, drawSeed } from '../../secrets/code.ts';
import { findPrice } from '../../store/accounts.ts';
import type { VerificationDocument } from '../../store/documents.ts';
import type { VerificationInput } from '../../workflows/messages.ts';
import type { ApiDeps, ApiState, Caller } from '../deps.ts';
import { isOpen, verificationBody } from '../wire.ts';
import { readStartFields, type StartFields } from './start-fields.ts';

/** The generation of the first code. */
const GENERATION = 1;

type StartDeps = Pick<ApiDeps, 'database' | 'ring' | 'engine' | 'outcomes' | 'carrier' | 'logger'> & {
  overloaded(): boolean;
};

export function startVerification(deps: StartDeps) {
  return async function start(ctx: Context) {
    const { caller, receivedAt } = ctx.state as ApiState;
    const input = await prepare(deps, caller, readStartFields(ctx.request.body), receivedAt);
    if (deps.overloaded()) throw unavailable();
    ctx.body = verificationBody(await openingOf(deps, input));
  };
}

/** Everything that can be refused before anything durable happens. */
async function prepare(
  { database, ring, carrier }: StartDeps,
  { application, account }: Caller,
  fields: StartFields,
  receivedAt: number,
): Promise<VerificationInput> {
  const { settings } = application;
  const { method, recipient } = fields;
  const unitPrice = await findPrice(database, recipient.country, method);
  if (unitPrice === null) throw invalidFields({ recipient: 'its country is not served by this method' });

  const template = chooseTemplate(
    settings,
    { template: fields.template, country: fields.country ?? fields.templateCountry },
    recipient.country,
  );
  const digits = fields.digits ?? settings.digits;
  const message = { template, arguments: fields.arguments ?? {}, method, digits, maxParts: settings.maxParts };
  if (!hasPin(template) || renderMessage(message) === 'invalidTemplate') throw new RefusedError('invalidTemplate');

  const trackingId = randomUUID();
  const seed = drawSeed();
  const key = ring.maker;
  const code = deriveCode(key, { seed, trackingId, generation: GENERATION, digits });
  // In the order support reads it in Temporal's web UI.
  return {
    trackingId,
    recipient: recipient.number,
    recipientMasked: maskNumber(recipient.number),
    country: recipient.country,
    receivedAt,
    expiresAt: receivedAt + (fields.lifetimeInSeconds ?? settings.lifetimeInSeconds) * 1000,
    maxRetries: fields.maxRetries ?? settings.maxRetries,
    ...message,
    originator: chooseOriginator(settings, fields.originator),
    ...(fields.restrictions && { restrictions: fields.restrictions }),
    carrier,
    unitPrice,
    currency: account.currency,
    accountId: account._id,
    applicationId: application._id,
    keyId: key.id,
    seed,
    rightAnswerHash: rightAnswerHash(key, trackingId, code),
  };
}

/** Starts, waits for the outcome, and gives up in a way the workflow will agree with. */
async function openingOf(
  { engine, outcomes, logger }: StartDeps,
  input: VerificationInput,
): Promise<VerificationDocument> {
  const { trackingId, receivedAt } = input;
  const giveUpAt = receivedAt + START_WINDOW_MS;
  try {
    await engine.start(input);
    const opened = await outcomes.waitFor(trackingId, readOpening, giveUpAt);
    if (opened) return opened;
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    logger.warn(
      { error: error instanceof Error ? error.name : typeof error },
      'a start did not reach the engine for sure',
    );
    // The start may have reached the engine all the same, so it is given up below like a silent one.
  }
  const told = await engine.abandon(trackingId).then(
    () => true,
    () => false,
  );
  // A workflow that could not be told may still open, and send, to the end of the window.
  const lookFrom = told ? Date.now() : Math.max(Date.now(), giveUpAt);
  const found = await outcomes.waitFor(trackingId, readOpening, lookFrom + ABANDONED_LOOK_MS);
  if (found) return found;
  throw unavailable();
}

function readOpening(verification: VerificationDocument): VerificationDocument | undefined {
  if (verification.outcome === 'refused') {
    throw verification.refusal === 'unavailable' ? unavailable() : new RefusedError(verification.refusal ?? 'internal');
  }
  return isOpen(verification) ? verification : undefined;
}

function unavailable(): RefusedError {
  return new RefusedError('unavailable', { retryAfterSeconds: 2 });
}
