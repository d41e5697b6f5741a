// Activities on our own database; they run as local activities first (DESIGN decision 5).
import { activityInfo, log } from '@temporalio/activity';
import type { Acceptance } from '../carriers/carrier.ts';
import { keepsJournal } from '../domain/carrier.ts';
import type { UnknownOutcome } from '../domain/event.ts';
import { type LedgerOperation, noReservation, settleOperation } from '../domain/ledger.ts';
import { type RenderedMessage, type RenderRequest, renderMessage } from '../domain/message.ts';
import { microsToUnits } from '../domain/money.ts';
import { openedInTime } from '../domain/start-window.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { recipientHash, sealText } from '../secrets/recipient.ts';
import { recordCallback } from '../store/callbacks.ts';
import { recallAcceptance } from '../store/carrier-messages.ts';
import type { Database } from '../store/database.ts';
import type { CallbackDocument, VerificationFacts, VerificationProgress } from '../store/documents.ts';
import { noteLowBalance, noteRunAgain, noteUnknownOutcome } from '../store/events.ts';
import { createFunds } from '../store/funds.ts';
import { noteRecipient } from '../store/recipients.ts';
import { createSendJournal } from '../store/send-journal.ts';
import * as verifications from '../store/verifications.ts';
import type { SendQuestion } from './deliveries.ts';
import { guarded } from './failures.ts';

/** Facts as the workflow has them: the number still in clear, so that only this room seals it. */
export type OpeningFacts = Omit<VerificationFacts, 'recipient' | 'recipientHash' | 'receivedAt'> & {
  readonly number: string;
  readonly receivedAt: number;
};

/** Progress with times as numbers, which is how the workflow counts. */
export type Progress = Omit<VerificationProgress, 'expiresAt' | 'updatedAt' | 'lastSendAt'> & {
  readonly expiresAt: number;
  readonly updatedAt: number;
  readonly lastSendAt: number;
};

/** What is told of a send given back whose outcome nobody knows. */
export type Doubt = Omit<UnknownOutcome, 'kind'>;

/** The workflow of a verification, as it writes its projection. */
export interface Writer {
  readonly trackingId: string;
  /** Set where this run goes on from a point of an earlier run's history. */
  readonly reset?: boolean;
}

/** What became of a write: `another` where another run's word stands, `taken` where this one goes on from it at that version. */
export type Written = verifications.Written;

export interface RecordActivities {
  renderMessage(request: RenderRequest): Promise<RenderedMessage | 'invalidTemplate'>;
  /** @param further whether it is for a send after the first: none of a verification that another run decided is paid for */
  reserve(
    accountId: string,
    operation: LedgerOperation,
    further?: boolean,
  ): Promise<'reserved' | 'insufficientBalance' | 'accountNotFound' | 'barred' | 'another'>;
  /** Charges or gives back; with a `doubt` it is also listed for the operator. */
  settle(accountId: string, operation: LedgerOperation, doubt?: Doubt): Promise<void>;
  /** Gives reservation `n` of a start that does not open back, or makes sure that it never comes to be. */
  giveBack(accountId: string, trackingId: string, n: number): Promise<void>;
  /** Writes the first version unless one stands. Says whether the one that stands is open, and was in time. */
  openProjection(
    writer: Writer,
    facts: OpeningFacts,
    progress: Progress,
  ): Promise<{ readonly open: boolean; readonly written: Written }>;
  /** Writes what moves; with a `number` also by which hash it is found, for a start that was refused. */
  project(writer: Writer, version: number, progress: Progress, number?: string): Promise<Written>;
  /** Writes the whole projection of an open verification, whatever is left of it. */
  restoreProjection(writer: Writer, version: number, facts: OpeningFacts, progress: Progress): Promise<Written>;
  recordCallback(callback: CallbackDocument): Promise<void>;
  /** What our own journal knows of a send; once it says `notSent`, no attempt begins any more. Says nothing of the sandbox, which keeps none. */
  lastWord(carrier: string, question: SendQuestion): Promise<Acceptance | 'notSent' | 'unknown'>;
}

export interface RecordDeps {
  readonly database: Database;
  readonly ring: KeyRing;
}

/** Before an attempt times out, so that whatever repeats it starts after this one can no longer begin; in milliseconds. */
const DEADLINE_MARGIN_MS = 100;

export function createRecordActivities({ database, ring }: RecordDeps): RecordActivities {
  const funds = createFunds(database);
  const journal = createSendJournal(database);
  /** Moves money together with what waits for the same account. An attempt given up while it waited is left to its repeat. */
  const move = (accountId: string, operation: LedgerOperation) => {
    const { currentAttemptScheduledTimestampMs, startToCloseTimeoutMs } = activityInfo();
    const deadline = currentAttemptScheduledTimestampMs + startToCloseTimeoutMs - DEADLINE_MARGIN_MS;
    return funds.move(accountId, operation, deadline);
  };
  /** Tells the operator of a run that was turned away. */
  const told = async ({ trackingId }: Writer, written: Written): Promise<Written> => {
    if (written !== 'another') return written;
    const verification = await verifications.findVerification(database, trackingId);
    if (await noteRunAgain(database, verification?.accountId, trackingId, runId())) {
      log.warn('A verification was run again in Temporal; nothing of it was changed', { trackingId });
    }
    return written;
  };
  const activities: RecordActivities = {
    async renderMessage(request) {
      const rendered = renderMessage(request);
      return 'problem' in rendered ? 'invalidTemplate' : rendered;
    },
    async reserve(accountId, operation, further = false) {
      if (further && operation.trackingId !== undefined) {
        if (await verifications.isAnothers(database, operation.trackingId, runId())) return 'another';
      }
      const result = await move(accountId, operation);
      if (result === 'insufficient') return 'insufficientBalance';
      if (result === 'noAccount' || result === 'closed') return 'accountNotFound';
      // Given back before it was made (domain/ledger.ts, noReservation).
      if (result.kind !== 'reserve') return 'barred';
      // The row says whether it crossed the mark, so a repeat after a crash tells of it all the same.
      if (await noteLowBalance(database, result)) {
        const [available, mark] = [result.after, result.lowBalance ?? 0].map(microsToUnits);
        log.warn('The balance of an account is low', { accountId, available, mark });
      }
      return 'reserved';
    },
    async settle(accountId, operation, doubt) {
      const result = await move(accountId, operation);
      if (typeof result === 'string') throw new Error(`A settlement cannot be ${result}`);
      if (doubt && (await noteUnknownOutcome(database, accountId, doubt))) {
        const { trackingId, send, carrier } = doubt;
        log.warn('A send without a known outcome was given back', { accountId, trackingId, send, carrier });
      }
    },
    async giveBack(accountId, trackingId, n) {
      const made = await move(accountId, noReservation(trackingId, n));
      if (typeof made === 'string' || made.kind !== 'reserve') return;
      await move(accountId, settleOperation(trackingId, n, 'release', made.amount));
    },
    async openProjection(writer, facts, progress) {
      const { trackingId } = writer;
      const kept = sealed(ring, trackingId, facts);
      const first = await verifications.openProjection(database, trackingId, runOf(writer), kept, dated(progress));
      const open = first.outcome === 'open' && openedInTime(facts.receivedAt, first.openedAt.getTime());
      // After the projection, which somebody waits for.
      if (open && first.written === 'mine') await noteRecipient(database, kept.recipientHash, trackingId);
      return { open, written: await told(writer, first.written) };
    },
    async restoreProjection(writer, version, facts, progress) {
      const { trackingId } = writer;
      const kept = sealed(ring, trackingId, facts);
      const written = await verifications.restoreProjection(
        database,
        trackingId,
        runOf(writer),
        version,
        kept,
        dated(progress),
      );
      await noteRecipient(database, kept.recipientHash, trackingId);
      return await told(writer, written);
    },
    async project(writer, version, progress, number) {
      const hash = number === undefined ? {} : { recipientHash: recipientHash(ring.maker, number) };
      const fields = { ...dated(progress), ...hash };
      return await told(
        writer,
        await verifications.project(database, writer.trackingId, runOf(writer), version, fields),
      );
    },
    async recordCallback(callback) {
      await recordCallback(database, callback);
    },
    async lastWord(carrier, { idempotencyKey, parts }) {
      if (!keepsJournal(carrier)) return 'unknown';
      const accepted = await recallAcceptance(database, carrier, idempotencyKey, parts);
      return accepted ?? ((await journal.bar(carrier, idempotencyKey)) ? 'notSent' : 'unknown');
    },
  };
  return guarded(activities, 'DatabaseUnavailable');
}

/** The run of the workflow that asks. */
function runId(): string {
  return activityInfo().workflowExecution?.runId ?? '';
}

function runOf({ reset = false }: Writer): verifications.Run {
  return { id: runId(), reset };
}

/** The facts as the database may have them. */
function sealed(ring: KeyRing, trackingId: string, { number, receivedAt, ...facts }: OpeningFacts): VerificationFacts {
  return {
    ...facts,
    receivedAt: new Date(receivedAt),
    recipient: sealText(ring, number, trackingId),
    recipientHash: recipientHash(ring.maker, number),
  };
}

function dated(progress: Progress): VerificationProgress {
  const { expiresAt, updatedAt, lastSendAt } = progress;
  return {
    ...progress,
    expiresAt: new Date(expiresAt),
    updatedAt: new Date(updatedAt),
    lastSendAt: new Date(lastSendAt),
  };
}
