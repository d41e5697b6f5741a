// From a start to an open verification: rendered, paid for, visible; or refused, with nothing left behind.

import type { OpeningFacts } from '../activities/records.ts';
import type { ErrorName } from '../domain/errors.ts';
import { reserveOperation } from '../domain/ledger.ts';
import type { RenderedMessage } from '../domain/message.ts';
import type { Method } from '../domain/method.ts';
import { firstCarrier } from '../domain/route.ts';
import { START_WINDOW_MS } from '../domain/start-window.ts';
import type { Rules } from '../domain/timeline.ts';
import { records } from './activity-stubs.ts';

import type { VerificationInput } from './messages.ts';
import { progressOf, takeWritten, type VerificationRecord } from './record.ts';
import { writerOf } from './run.ts';
import type { PaidSend } from './send.ts';

export type Opening =
  | { readonly open: true; readonly send: PaidSend }
  | { readonly open: false; readonly refusal: ErrorName }
  /** Another run of it stands. */
  | 'superseded';

/** The first send of a verification; its reservation has the same number. */
export const FIRST_SEND = 1;

/** Opens the verification. Once this says open, the api may have answered 200, so the send must follow. */
export async function openVerification(input: VerificationInput, record: VerificationRecord): Promise<Opening> {
  const { trackingId, accountId } = input;
  const message = await records.renderMessage(input);
  const unitPrice = input.unitPrices[input.method];
  if (message === 'invalidTemplate' || unitPrice === undefined) {
    return await refuse(input, record, 'invalidTemplate');
  }

  const price = unitPrice * message.parts;
  if (!givenUp(input, record)) {
    const reservation = await records.reserve(accountId, reserveOperation(trackingId, FIRST_SEND, price));
    // One that is barred was given up by an earlier run of this task, which the first projection shows.
    if (reservation === 'insufficientBalance' || reservation === 'accountNotFound') {
      return await refuse(input, record, reservation);
    }
  }
  // Asked even when given up: a worker that died over this very task may have reserved and opened before it did.
  const visible = await isVisible(input, record, message, price);
  if (record.superseded) return 'superseded';
  if (visible) {
    return { open: true, send: { n: FIRST_SEND, method: input.method, message, price } };
  }
  await records.giveBack(accountId, trackingId, FIRST_SEND);
  return await refuse(input, record, 'unavailable');
}

function givenUp(input: VerificationInput, record: VerificationRecord): boolean {
  return record.abandoned || Date.now() - input.receivedAt > START_WINDOW_MS;
}

/** The first projection written decides, and the instant it was, since the api answers by it too. */
async function isVisible(
  input: VerificationInput,
  record: VerificationRecord,
  message: RenderedMessage,
  price: number,
): Promise<boolean> {
  const { expiresAt, routes, method } = input;
  const carrier = firstCarrier(routes, method);
  // Projected before it is begun: should this workflow be lost, whoever settles for it knows whom to ask.
  record.sends.push({ n: FIRST_SEND, carrier, method });
  record.timeline.push({
    event: 'opened',
    at: Date.now(),
    price,
    parts: message.parts,
    expiresAt,
    rules: rulesOf(input),
    ...(input.askedMethod && { askedMethod: input.askedMethod }),
  });
  const { open, written } = await records.openProjection(
    writerOf(input.trackingId),
    factsOf(input, message, price),
    progressOf(record, givenUp(input, record) ? 'unavailable' : undefined),
  );
  takeWritten(record, written);
  return open;
}

function rulesOf(input: VerificationInput): Rules {
  const { maxRetries, digits, originator, originatorFrom, templateFrom, expiresAt, receivedAt } = input;
  const lifetimeInSeconds = (expiresAt - receivedAt) / 1000;
  const replaced = input.routes[input.method]?.[0]?.originator;
  const sender =
    replaced === undefined ? { originator, originatorFrom } : { originator: replaced, originatorFrom: 'the route' };
  return { lifetimeInSeconds, maxRetries, digits, ...sender, templateFrom };
}

/** What stays the same for the life of the verification, as its projection has it. */
export function factsOf(input: VerificationInput, message: RenderedMessage, price: number): OpeningFacts {
  const { accountId, applicationId, method, country, recipientMasked, currency, digits, keyId, receivedAt } = input;
  return {
    accountId,
    applicationId,
    method,
    country,
    number: input.recipient,
    recipientMasked,
    currency,
    price,
    methods: Object.keys(input.unitPrices) as Method[],
    parts: message.parts,
    digits,
    keyId,
    receivedAt,
    ...(input.landlineByVoice && { landlineByVoice: true }),
  };
}

async function refuse(input: VerificationInput, record: VerificationRecord, refusal: ErrorName): Promise<Opening> {
  record.version += 1;
  // With its number, of which only the hash is kept: this history holds it, and must be found when the person is erased.
  const written = await records.project(
    writerOf(input.trackingId),
    record.version,
    progressOf(record, refusal),
    input.recipient,
  );
  if (written === 'another') return 'superseded';
  return { open: false, refusal };
}
