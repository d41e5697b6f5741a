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
import { sendFailure } from '../domain/delivery.ts';
import type { Restrictions } from '../domain/message.ts';
import type { Method } from '../domain/phone.ts';
import { fillCode, type Segment } from '../domain/template.ts';
import { type CodeSource, deriveCode } from '../secrets/code.ts';
import { type KeyRing, keyById } from '../secrets/key-ring.ts';

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
}

export type SendQuestion = Pick<SendRequest, 'idempotencyKey' | 'recipient' | 'parts'>;

export interface DeliveryActivities {
  /** @throws ApplicationFailure of a type in `sendFailure`, and no other. */
  sendCode(request: SendRequest): Promise<Acceptance>;
  /** What became of a send that was cut short or never answered. */
  lookUpSend(question: SendQuestion): Promise<Acceptance | 'notSent' | 'unknown'>;
}

/** A repeat with less life left than this would reach the phone too late to be typed; in milliseconds. */
const LEAST_LIFE_FOR_REPEAT_MS = 15_000;

/** A carrier that asks for more is asked again all the same: a code does not live for long. In milliseconds. */
const LONGEST_RETRY_AFTER_MS = 60_000;

export function createDeliveryActivities(carrier: Carrier, ring: KeyRing): DeliveryActivities {
  return {
    async sendCode(request) {
      const { attempt, heartbeatDetails } = activityInfo();
      try {
        const inDoubt = attempt > 1 && heartbeatDetails !== surelyNotSent(attempt - 1);
        const earlier = inDoubt ? await lookUp(carrier, request) : 'notSent';
        if (earlier === 'unknown') throw new CarrierOutcomeUnknown('an earlier attempt has no known outcome');
        if (earlier !== 'notSent') return earlier;
        return await sendNow(carrier, ring, request, attempt);
      } catch (error) {
        // Kept with the failure, so that the next attempt need not ask the carrier.
        if (error instanceof CarrierUnavailable || error instanceof CarrierFault) heartbeat(surelyNotSent(attempt));
        throw asFailure(carrier, error);
      }
    },
    async lookUpSend(question) {
      try {
        return await lookUp(carrier, question);
      } catch (error) {
        throw asFailure(carrier, error);
      }
    },
  };
}

async function sendNow(carrier: Carrier, ring: KeyRing, request: SendRequest, attempt: number): Promise<Acceptance> {
  const left = request.validUntil - Date.now();
  if (left <= 0 || (attempt > 1 && left < LEAST_LIFE_FOR_REPEAT_MS)) {
    throw ApplicationFailure.nonRetryable('too little of its life is left', sendFailure.tooLate);
  }
  const { idempotencyKey, accountId, recipient, originator, method, parts, language, restrictions } = request;
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
    },
    idempotencyKey,
  );
}

/** What a failed attempt leaves behind when it is certain that no message left. */
const surelyNotSent = (attempt: number) => `attempt ${attempt} was not sent`;

/** @throws CarrierUnavailable without the key: another worker, or this one restarted, may have it. */
function messageText(ring: KeyRing, { segments, keyId, code }: SendRequest): string {
  if (!ring.byId(keyId)) throw new CarrierUnavailable('this worker lacks the key of the code');
  return fillCode(segments, deriveCode(keyById(ring, keyId), code));
}

/** @throws CarrierOutcomeUnknown, whatever the look-up failed with: a question not answered says nothing about the send. */
async function lookUp(carrier: Carrier, question: SendQuestion): Promise<Acceptance | 'notSent' | 'unknown'> {
  if (!carrier.lookup) return 'unknown';
  const { idempotencyKey, recipient, parts } = question;
  try {
    return await carrier.lookup({ idempotencyKey, recipient, parts });
  } catch {
    throw new CarrierOutcomeUnknown('the carrier could not be asked what became of the send');
  }
}

/** Only these reasons travel; anything unforeseen may hide a send, so it counts as unknown. */
function asFailure(carrier: Carrier, error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof CarrierRejected) return ApplicationFailure.nonRetryable(error.message, sendFailure.rejected);
  if (error instanceof CarrierFault) return ApplicationFailure.retryable(error.message, sendFailure.fault);
  if (error instanceof CarrierUnavailable) {
    const { message, retryAfterMs } = error;
    const nextRetryDelay = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
    return ApplicationFailure.create({ message, type: sendFailure.unavailable, nextRetryDelay });
  }
  const reason = error instanceof CarrierOutcomeUnknown ? error.message : 'the carrier code failed unexpectedly';
  // Repeating is safe only where the carrier can be asked first.
  return ApplicationFailure.create({ message: reason, type: sendFailure.unknown, nonRetryable: !carrier.lookup });
}
