// What became of a send that was tried before: by our own memory first, then by its carrier; and what keeps it from being tried again.
import { ApplicationFailure } from '@temporalio/common';
import { type Acceptance, type Carrier, CarrierOutcomeUnknown } from '../carriers/carrier.ts';
import { keepsJournal } from '../domain/carrier.ts';
import { sendFailure } from '../domain/delivery.ts';
import { fillCode } from '../domain/template.ts';
import { deriveCode } from '../secrets/code.ts';
import { type KeyRing, keyById } from '../secrets/key-ring.ts';
import { recipientHashes } from '../secrets/recipient.ts';
import type { SendJournal } from '../store/send-journal.ts';
import type { Acceptances } from './acceptances.ts';
import type { SendQuestion } from './deliveries.ts';

/** This service's own, which says nothing of a carrier and sent nothing: waited out, however long it takes. */
export class OwnTrouble extends Error {
  override readonly name = 'OwnTrouble';
}

/** Of an attempt that is written down, until it asks its carrier; in milliseconds. */
const LONGEST_BEGINNING_MS = 5_000;

type Fate = Acceptance | 'notSent' | 'unknown';

/** The attempts at the sends of one carrier, with a journal of what was handed to it. The sandbox needs none: it can always be asked. */
export interface EarlierAttempts {
  /**
   * What became of the attempts before. @throws CarrierOutcomeUnknown, or ApplicationFailure while it cannot be learnt
   * @param began when this attempt did, in ms since the epoch
   */
  fate(question: SendQuestion, began: number): Promise<Fate>;
  /** The same, once and for all: what has not begun by now does not begin any more. */
  lastFate(question: SendQuestion, began: number): Promise<Fate>;
  /** To be called right before the carrier is. @throws OwnTrouble, or ApplicationFailure where it may not be any more */
  begin(question: SendQuestion, attempt: number): Promise<void>;
  /** To be called once it is certain that this attempt sent nothing. Never throws: then it stays in doubt. */
  withdraw(question: SendQuestion, attempt: number): Promise<void>;
}

export interface EarlierAttemptsDeps {
  readonly journal: SendJournal;
  readonly ring: KeyRing;
  readonly acceptances: Acceptances;
}

export function earlierAttempts(
  { journal, ring, acceptances }: EarlierAttemptsDeps,
  carrier: Carrier,
): EarlierAttempts {
  const { name } = carrier;
  const journaled = keepsJournal(name);

  async function fateBy(question: SendQuestion, began: number, surelyNotSent: () => Promise<boolean>): Promise<Fate> {
    const accepted = await inTime(() => acceptances.recall(carrier, question, began));
    if (!accepted && journaled && (await inTime(surelyNotSent))) return 'notSent';
    const found = accepted ?? (await ask(question));
    // What was recalled, too: whoever remembered it may have died before the receipts that were there were told.
    if (typeof found !== 'string') await acceptances.remember(carrier, question, found, began);
    return found;
  }

  /** @throws CarrierOutcomeUnknown, whatever the look-up failed with: a question not answered says nothing about the send. */
  async function ask(question: SendQuestion): Promise<Fate> {
    if (!carrier.lookup) return 'unknown';
    const { idempotencyKey, recipient, parts, method } = question;
    try {
      const attempts = journaled ? await journal.attempts(name, idempotencyKey) : undefined;
      const text = textOf(ring, question);
      return await carrier.lookup({
        idempotencyKey,
        recipient,
        parts,
        ...(method && { method }),
        ...(text !== undefined && { text }),
        ...(attempts && {
          attempts,
          others: () => journal.others(recipientHashes(ring, recipient), name, idempotencyKey, attempts.first),
        }),
      });
    } catch {
      throw new CarrierOutcomeUnknown('the carrier could not be asked what became of the send');
    }
  }

  return {
    fate: (question, began) =>
      fateBy(question, began, async () => !(await journal.mayHaveSent(name, question.idempotencyKey))),
    lastFate: (question, began) => fateBy(question, began, () => journal.bar(name, question.idempotencyKey)),
    async begin({ idempotencyKey }, attempt) {
      if (!journaled) return;
      const at = Date.now();
      let mayBegin: boolean;
      try {
        mayBegin = await journal.begin(name, idempotencyKey, attempt);
      } catch {
        throw new OwnTrouble('our own database did not answer');
      }
      if (!mayBegin)
        throw ApplicationFailure.nonRetryable('it was over before this attempt began', sendFailure.tooLate);
      // Frozen meanwhile: its carrier may have been asked about it, and said that nothing came.
      if (Date.now() - at > LONGEST_BEGINNING_MS) throw new OwnTrouble('it took too long to begin');
    },
    async withdraw({ idempotencyKey }, attempt) {
      if (journaled) await journal.withdraw(name, idempotencyKey, attempt).catch(() => undefined);
    },
  };
}

/** What an SMS says; undefined where that is not known, or its key is not here. */
function textOf(ring: KeyRing, { method, segments, code, keyId }: SendQuestion): string | undefined {
  if (method !== 'sms' || !segments || !code || keyId === undefined || !ring.byId(keyId)) return undefined;
  return fillCode(segments, deriveCode(keyById(ring, keyId), code));
}

/** Repeated even where the carrier cannot be asked: the database will be back. */
async function inTime<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    throw ApplicationFailure.retryable('what became of the send could not be looked up', sendFailure.unknown);
  }
}
