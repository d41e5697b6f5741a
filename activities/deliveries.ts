// Activities that reach the phone network: one attempt each, the engine repeats them.
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import {
  type Acceptance,
  type Carrier,
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
} from '../carriers/carrier.ts';
import { MOST_ANSWERED_ATTEMPTS, sendFailure } from '../domain/delivery.ts';
import type { Restrictions } from '../domain/message.ts';
import type { Method } from '../domain/phone.ts';
import { LEAST_LIFE_FOR_REPEAT_MS } from '../domain/route.ts';
import { fillCode, type Segment } from '../domain/template.ts';
import { type CodeSource, deriveCode } from '../secrets/code.ts';
import { type KeyRing, keyById } from '../secrets/key-ring.ts';
import type { Acceptances } from './acceptances.ts';

export interface SendRequest {
  readonly idempotencyKey: string;
  readonly accountId: string;
  readonly recipient: string;
  readonly originator: string;
  readonly method: Method;
  readonly segments: readonly Segment[];
  readonly parts: number;
  /** What a call speaks. */
  readonly language?: string;
  readonly code: CodeSource;
  readonly keyId: string;
  /** In ms since the epoch: after it the code is of no use. */
  readonly validUntil: number;
  readonly restrictions?: Restrictions;
  /** Whether another carrier was asked before. */
  readonly failover: boolean;
  readonly options?: Readonly<Record<string, string>>;
}

export type SendQuestion = Pick<SendRequest, 'idempotencyKey' | 'recipient' | 'parts'>;

export interface DeliveryActivities {
  /** @throws ApplicationFailure of a type in `sendFailure`, and no other. */
  sendCode(request: SendRequest): Promise<Acceptance>;
  /** What became of a send that was cut short or never answered. */
  lookUpSend(question: SendQuestion): Promise<Acceptance | 'notSent' | 'unknown'>;
}

/** A carrier may ask to be left alone for no longer than this; in milliseconds. */
const LONGEST_DELAY_MS = 60_000;

export function createDeliveryActivities(
  carrier: Carrier,
  ring: KeyRing,
  acceptances: Acceptances,
): DeliveryActivities {
  return {
    async sendCode(request) {
      const { attempt, heartbeatDetails } = activityInfo();
      const before = markOf(heartbeatDetails, attempt);
      try {
        const inDoubt = attempt > 1 && !before.surelyNotSent;
        const earlier = inDoubt ? await lookUp(carrier, acceptances, request) : 'notSent';
        if (earlier === 'unknown') throw new CarrierOutcomeUnknown('an earlier attempt has no known outcome');
        if (earlier !== 'notSent') return earlier;
        const accepted = await sendNow(carrier, ring, request, attempt);
        await acceptances.remember(carrier, request, accepted);
        return accepted;
      } catch (error) {
        const fault = error instanceof CarrierFault;
        const answered = before.answered + (fault ? 0 : 1);
        const surelyNotSent = fault || error instanceof CarrierUnavailable;
        heartbeat({ attempt, answered, surelyNotSent } satisfies Mark);
        throw asFailure(carrier, error, answered >= MOST_ANSWERED_ATTEMPTS);
      }
    },
    async lookUpSend(question) {
      try {
        return await lookUp(carrier, acceptances, question);
      } catch (error) {
        throw asFailure(carrier, error);
      }
    },
  };
}

async function sendNow(carrier: Carrier, ring: KeyRing, request: SendRequest, attempt: number): Promise<Acceptance> {
  const left = request.validUntil - Date.now();
  if (left <= 0 || ((attempt > 1 || request.failover) && left < LEAST_LIFE_FOR_REPEAT_MS)) {
    throw ApplicationFailure.nonRetryable('too little of its life is left', sendFailure.tooLate);
  }
  const { idempotencyKey, accountId, recipient, originator, method, parts, language, restrictions, options } = request;
  const text = messageText(ring, request);
  const validForSeconds = Math.ceil(left / 1000);
  const { trackingId } = request.code;
  return await carrier.send(
    {
      trackingId,
      accountId,
      recipient,
      originator,
      method,
      text,
      parts,
      validForSeconds,
      attempt,
      ...(language && { language }),
      ...(restrictions && { restrictions }),
      ...(options && { options }),
    },
    idempotencyKey,
  );
}

/** What a failed attempt leaves behind, kept with its failure: the next one need not ask the carrier without need. */
interface Mark {
  readonly attempt: number;
  /** Attempts so far that the carrier's own trouble did not keep from it. */
  readonly answered: number;
  readonly surelyNotSent: boolean;
}

/** The mark of the attempt before; one that was lost with its worker left none, and may have sent. */
function markOf(details: Partial<Mark> | undefined, attempt: number): Mark {
  const { answered = 0, surelyNotSent = false } = details ?? {};
  const fresh = details?.attempt === attempt - 1;
  return { attempt: attempt - 1, answered, surelyNotSent: fresh && surelyNotSent };
}

/** @throws CarrierUnavailable without the key: another worker, or this one restarted, may have it. */
function messageText(ring: KeyRing, { segments, keyId, code }: SendRequest): string {
  if (!ring.byId(keyId)) throw new CarrierUnavailable('this worker lacks the key of the code');
  return fillCode(segments, deriveCode(keyById(ring, keyId), code));
}

/** @throws CarrierOutcomeUnknown, whatever the look-up failed with: a question not answered says nothing about the send. */
async function lookUp(
  carrier: Carrier,
  acceptances: Acceptances,
  question: SendQuestion,
): Promise<Acceptance | 'notSent' | 'unknown'> {
  const found = (await recall(carrier, acceptances, question)) ?? (await ask(carrier, question));
  // What was recalled, too: whoever remembered it may have died before the receipts that were there were told.
  if (typeof found !== 'string') await acceptances.remember(carrier, question, found);
  return found;
}

async function recall(
  carrier: Carrier,
  acceptances: Acceptances,
  question: SendQuestion,
): Promise<Acceptance | undefined> {
  try {
    return await acceptances.recall(carrier, question);
  } catch {
    // Repeated even where the carrier cannot be asked: the database will be back.
    throw ApplicationFailure.retryable('what was accepted could not be looked up', sendFailure.unknown);
  }
}

async function ask(carrier: Carrier, { idempotencyKey, recipient, parts }: SendQuestion) {
  if (!carrier.lookup) return 'unknown';
  try {
    return await carrier.lookup({ idempotencyKey, recipient, parts });
  } catch {
    throw new CarrierOutcomeUnknown('the carrier could not be asked what became of the send');
  }
}

/** Only these reasons travel; anything unforeseen may hide a send, so it counts as unknown. */
function asFailure(carrier: Carrier, error: unknown, often = false): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof CarrierRejected) return ApplicationFailure.nonRetryable(error.message, sendFailure.rejected);
  if (error instanceof CarrierFault) return ApplicationFailure.retryable(error.message, sendFailure.fault);
  if (error instanceof CarrierUnavailable) {
    const { message, retryAfterMs } = error;
    const nextRetryDelay = retryAfterMs && Math.min(retryAfterMs, LONGEST_DELAY_MS);
    return ApplicationFailure.create({ message, type: sendFailure.unavailable, nonRetryable: often, nextRetryDelay });
  }
  const reason = error instanceof CarrierOutcomeUnknown ? error.message : 'the carrier code failed unexpectedly';
  // Repeating is safe only where the carrier can be asked first.
  return ApplicationFailure.create({
    message: reason,
    type: sendFailure.unknown,
    nonRetryable: often || !carrier.lookup,
  });
}
