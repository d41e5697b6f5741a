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
  type OutgoingMessage,
  toldReason,
} from '../carriers/carrier.ts';
import { MOST_ANSWERED_ATTEMPTS, sendFailure } from '../domain/delivery.ts';
import type { ReceiptsFor } from '../domain/delivery-state.ts';
import type { Restrictions } from '../domain/message.ts';
import type { Method } from '../domain/method.ts';
import { LEAST_LIFE_FOR_REPEAT_MS } from '../domain/route.ts';
import { speechText } from '../domain/speech.ts';
import { fillCode, type Segment } from '../domain/template.ts';
import { type CodeSource, deriveCode } from '../secrets/code.ts';
import { type KeyRing, keyById } from '../secrets/key-ring.ts';
import type { SendJournal } from '../store/send-journal.ts';
import type { Acceptances } from './acceptances.ts';
import { earlierAttempts, OwnTrouble } from './earlier-attempts.ts';

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
  /** Set where the workflow was reset: an earlier run may have sent it. */
  readonly reset?: boolean;
  readonly options?: Readonly<Record<string, string>>;
}

/** What it said is known to whoever sent it, and so is by what; not to whoever finds it without its workflow. */
export type SendQuestion = Pick<SendRequest, 'idempotencyKey' | 'recipient' | 'parts'> &
  Partial<Pick<SendRequest, 'method' | 'segments' | 'code' | 'keyId'>>;

/** An acceptance as the workflow is told of it. */
export interface ToldAcceptance extends Acceptance {
  /** Whether the carrier wants to be told when the code was typed; absent where it does not. */
  readonly feedback?: boolean;
  /** No receipt can follow. */
  readonly silent?: boolean;
  /** What one receipt speaks for. */
  readonly receiptsFor?: ReceiptsFor;
}

export interface DeliveryActivities {
  /** @throws ApplicationFailure of a type in `sendFailure`, and no other. */
  sendCode(request: SendRequest): Promise<ToldAcceptance>;
  /** What became of a send that was cut short or never answered. */
  lookUpSend(question: SendQuestion): Promise<ToldAcceptance | 'notSent' | 'unknown'>;
}

/** A carrier may ask to be left alone for no longer than this; in milliseconds. */
const LONGEST_DELAY_MS = 60_000;

export interface DeliveryDeps {
  readonly journal: SendJournal;
  readonly ring: KeyRing;
  readonly acceptances: Acceptances;
  /** Whether another run of the verification's workflow than this one came to its end. */
  isAnothers(trackingId: string, run: string): Promise<boolean>;
}

export function createDeliveryActivities(
  carrier: Carrier,
  { journal, ring, acceptances, isAnothers }: DeliveryDeps,
): DeliveryActivities {
  const attempts = earlierAttempts({ journal, ring, acceptances }, carrier);
  const told = (accepted: Acceptance): ToldAcceptance => ({
    ...accepted,
    ...(carrier.reportVerified && { feedback: true }),
    ...(carrier.silent && { silent: true }),
    ...(carrier.receiptsSpeakFor && { receiptsFor: carrier.receiptsSpeakFor }),
  });
  return {
    async sendCode(request) {
      const began = Date.now();
      const { attempt, heartbeatDetails, workflowExecution } = activityInfo();
      const before = markOf(heartbeatDetails, attempt);
      try {
        if (request.reset && (await isAnothers(request.code.trackingId, workflowExecution?.runId ?? ''))) {
          throw ApplicationFailure.nonRetryable('another run of its verification stands', sendFailure.tooLate);
        }
        // An earlier run may have sent what this one sends first.
        const inDoubt = (attempt > 1 || request.reset === true) && !before.surelyNotSent;
        const earlier = inDoubt ? await attempts.fate(request, began) : 'notSent';
        if (earlier === 'unknown') throw new CarrierOutcomeUnknown('an earlier attempt has no known outcome');
        if (earlier !== 'notSent') return told(earlier);
        const message = toSend(ring, request, attempt);
        await attempts.begin(request, attempt);
        const accepted = await carrier.send(message, request.idempotencyKey);
        await acceptances.remember(carrier, request, accepted, began);
        return told(accepted);
      } catch (error) {
        const spared = error instanceof CarrierFault || error instanceof OwnTrouble;
        const answered = before.answered + (spared ? 0 : 1);
        const surelyNotSent = spared || error instanceof CarrierUnavailable;
        if (surelyNotSent || error instanceof CarrierRejected) await attempts.withdraw(request, attempt);
        heartbeat({ attempt, answered, surelyNotSent } satisfies Mark);
        throw asFailure(carrier, error, answered >= MOST_ANSWERED_ATTEMPTS);
      }
    },
    async lookUpSend(question) {
      try {
        const fate = await attempts.lastFate(question, Date.now());
        return typeof fate === 'string' ? fate : told(fate);
      } catch (error) {
        throw asFailure(carrier, error);
      }
    },
  };
}

/** @throws ApplicationFailure when it would come too late to be typed; OwnTrouble without the key */
function toSend(ring: KeyRing, request: SendRequest, attempt: number): OutgoingMessage {
  const left = request.validUntil - Date.now();
  if (left <= 0 || ((attempt > 1 || request.failover) && left < LEAST_LIFE_FOR_REPEAT_MS)) {
    throw ApplicationFailure.nonRetryable('too little of its life is left', sendFailure.tooLate);
  }
  const { accountId, recipient, originator, method, parts, segments, restrictions, options } = request;
  const code = codeOf(ring, request);
  return {
    trackingId: request.code.trackingId,
    accountId,
    recipient,
    originator,
    method,
    text: fillCode(segments, code),
    parts,
    // Never longer than the life that is left; a carrier knows nothing shorter than a second.
    validForSeconds: Math.max(Math.floor(left / 1000), 1),
    attempt,
    ...(method === 'voice' && { speech: { text: speechText(segments, code), language: request.language ?? 'en' } }),
    ...(restrictions && { restrictions }),
    ...(options && { options }),
  };
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

/** @throws OwnTrouble without the key: another worker, or this one restarted, may have it. */
function codeOf(ring: KeyRing, { keyId, code }: SendRequest): string {
  if (!ring.byId(keyId)) throw new OwnTrouble('this worker lacks the key of the code');
  return deriveCode(keyById(ring, keyId), code);
}

/** Only these reasons travel; anything unforeseen may hide a send, so it counts as unknown. */
function asFailure(carrier: Carrier, error: unknown, often = false): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof CarrierRejected) return ApplicationFailure.nonRetryable(toldReason(error), sendFailure.rejected);
  if (error instanceof OwnTrouble) return ApplicationFailure.retryable(error.message, sendFailure.ownTrouble);
  if (error instanceof CarrierFault) return ApplicationFailure.retryable(toldReason(error), sendFailure.fault);
  if (error instanceof CarrierUnavailable) {
    const { retryAfterMs } = error;
    const message = toldReason(error);
    const nextRetryDelay = retryAfterMs && Math.min(retryAfterMs, LONGEST_DELAY_MS);
    return ApplicationFailure.create({ message, type: sendFailure.unavailable, nonRetryable: often, nextRetryDelay });
  }
  const reason = error instanceof CarrierOutcomeUnknown ? toldReason(error) : 'the carrier code failed unexpectedly';
  // Repeating is safe only where the carrier can be asked first.
  return ApplicationFailure.create({
    message: reason,
    type: sendFailure.unknown,
    nonRetryable: often || !carrier.lookup,
  });
}
