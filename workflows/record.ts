// What a running verification remembers, and the one place that changes it.
import { setCurrentDetails } from '@temporalio/workflow';
import type { Progress, Written } from '../activities/records.ts';
import type { SendOutcome, SendRecord } from '../domain/delivery.ts';
import { withReceipt } from '../domain/delivery-state.ts';
import type { ErrorName } from '../domain/errors.ts';
import type { DeliveryReport } from '../domain/receipt.ts';
import { MAX_RESENDS } from '../domain/resend.ts';
import { storyOf, type TimelineEvent } from '../domain/timeline.ts';
import {
  attemptsRemaining,
  end,
  type Judgement,
  openState,
  type Status,
  type VerificationState,
} from '../domain/verification.ts';
import type { VerificationInput } from './messages.ts';

export interface VerificationRecord {
  state: VerificationState;
  /** Set by the signal: the api gave the start up before it saw it open. */
  abandoned: boolean;
  /** Another run of this verification stands: this one changes nothing any more, and ends. */
  superseded: boolean;
  /** In micros. */
  charged: number;
  /** What changed is shown only once the task that changed it stands in history (projector.ts). */
  onceCommitted: boolean;
  /** Set by the signal: the projection may be gone, so it is written whole. */
  restore: boolean;
  /** Rises with every change; the projector writes until it has written the newest. */
  version: number;
  /** When the newest send was asked for. */
  lastSendAt: number;
  /** Those that were granted. */
  resends: number;
  /** Sends after the first that were given a number, refused ones too. */
  furtherSends: number;
  /** Signals heard, of all kinds. */
  heard: number;
  readonly verdicts: Map<string, Progress['verdicts'][string]>;
  readonly sends: SendRecord[];
  readonly timeline: TimelineEvent[];
  readonly currency: string;
}

/** Sends that are refused for their price are bounded, too, or an empty account could fill the history. */
const MOST_NUMBERS = 20;

export const mayNumberSend = (record: Pick<VerificationRecord, 'furtherSends'>): boolean =>
  record.furtherSends < MOST_NUMBERS;

/** Refused resends that are remembered, so that their callers find the verdict; older ones make room. */
const MAX_REFUSED_RESENDS = 20;

export function createRecord(input: VerificationInput): VerificationRecord {
  return {
    state: openState(input.maxRetries, input.expiresAt, Date.now()),
    abandoned: false,
    superseded: false,
    onceCommitted: false,
    restore: false,
    charged: 0,
    version: 1,
    lastSendAt: input.receivedAt,
    resends: 0,
    furtherSends: 0,
    heard: 0,
    verdicts: new Map(),
    sends: [],
    timeline: [],
    currency: input.currency,
  };
}

/** Adds to the story and marks the record as changed. */
export function tell(record: VerificationRecord, ...events: TimelineEvent[]): void {
  record.timeline.push(...events);
  record.version += 1;
  setCurrentDetails(storyOf(record.timeline, record.currency));
}

/** Takes note of what became of a write: the versions of a run that goes on from another's rise above those. */
export function takeWritten(record: VerificationRecord, written: Written): void {
  if (written === 'another') record.superseded = true;
  else if (written !== 'mine') record.version = Math.max(record.version, written.taken + 1);
}

/** Takes over a judged answer or cancellation; one that changed nothing leaves no trace. */
export function takeJudgement(record: VerificationRecord, attemptId: string, { state, verdict }: Judgement): void {
  if (state === record.state) return;
  record.state = state;
  const remaining = attemptsRemaining(state);
  record.verdicts.set(attemptId, { verdict, remaining });
  const at = state.updatedAt;
  if (verdict === 'wrongAnswer') tell(record, { event: 'wrongAnswer', at, remaining });
  else if (verdict === 'verified') {
    tell(record, { event: 'verified', at, why: `right answer at try ${state.timesTried}` });
  } else if (verdict === 'cancelled') tell(record, { event: 'cancelled', at, why: 'by the application' });
  else tell(record, { event: 'failed', at, why: `wrong answer at try ${state.timesTried}, and no retry was left` });
}

/** Remembers what a wish for another send was met with. */
export function takeResendVerdict(
  record: VerificationRecord,
  attemptId: string,
  found: Omit<Progress['verdicts'][string], 'remaining'>,
): void {
  record.verdicts.set(attemptId, { ...found, remaining: attemptsRemaining(record.state) });
  const refused = [...record.verdicts].filter(([, { verdict }]) => refusedResends.has(verdict));
  const [oldest] = refused;
  if (oldest && refused.length > MAX_REFUSED_RESENDS) record.verdicts.delete(oldest[0]);
  record.version += 1;
}

const refusedResends: ReadonlySet<string> = new Set(['tooSoon', 'tooMany', 'insufficientBalance', 'invalidTemplate']);

/** Records a fate, unless an acceptance is known; a receipt proves one where the carrier's answer was lost. */
export function noteOutcome(record: VerificationRecord, send: SendRecord | undefined, told: SendOutcome): void {
  const outcome = told.kind === 'unknown' ? (acceptedByReceipts(send) ?? told) : told;
  const index = send ? record.sends.indexOf(send) : -1;
  if (!send || index < 0 || send.outcome?.kind === 'accepted') return;
  const first = !record.sends.some(({ n, outcome }) => n === send.n && outcome?.kind === 'accepted');
  record.sends[index] = { ...send, outcome };
  const base = { at: Date.now(), send: send.n, carrier: send.carrier };
  // The first acceptance is projected together with its charge, which follows at once.
  if (outcome.kind !== 'accepted') tell(record, { ...base, event: outcome.kind, reason: outcome.reason });
  else {
    const { parts, silent } = outcome;
    const event = { ...base, event: 'accepted', parts, ...(silent && { silent }) } as const;
    if (first) record.timeline.push(event);
    else tell(record, event);
  }
}

function acceptedByReceipts(send: SendRecord | undefined): SendOutcome | undefined {
  const { receipts = [] } = send ?? {};
  const messageIds = receipts.flatMap(({ messageId }) => messageId ?? []);
  if (receipts.length === 0) return undefined;
  // Receipts do not say whether their carrier wants feedback.
  return { kind: 'accepted', messageIds, parts: Math.max(messageIds.length, 1), feedback: true };
}

/** Takes note of what a carrier reported; it proves that the carrier took the message over. A repeat says nothing new. */
export function takeReport(record: VerificationRecord, { n, step, carrier, messageId, state, reason }: DeliveryReport) {
  const index = record.sends.findIndex((send) => send.n === n && (send.step ?? 1) === step && send.carrier === carrier);
  const send = record.sends[index];
  if (!send) return;
  const receipt = { ...(messageId !== undefined && { messageId }), state, ...(reason !== undefined && { reason }) };
  const receipts = withReceipt(send.receipts ?? [], receipt);
  if (receipts === send.receipts) return;
  record.sends[index] = { ...send, receipts };
  tell(record, {
    event: 'receipt',
    at: Date.now(),
    send: n,
    ...(send.step && { step: send.step }),
    carrier,
    state,
    ...(reason !== undefined && { reason }),
  });
  if (send.outcome?.kind === 'unknown') noteOutcome(record, record.sends[index], send.outcome);
}

/** Ends a pending verification by anything but a message: time, its send, an operator. Says whether it was still pending. */
export function endUnasked(record: VerificationRecord, status: Exclude<Status, 'Pending' | 'Verified'>): boolean {
  if (record.state.status !== 'Pending') return false;
  record.state = end(record.state, status, Date.now());
  // Messages are judged first whenever a task is run again, so this could still turn into an ending by one of them.
  record.onceCommitted = true;
  return true;
}

/** The record as it is projected now; copied, since a write may outlast the next change. */
export function progressOf(record: VerificationRecord, refusal?: ErrorName): Progress {
  const { status, timesTried, maxRetries, expiresAt, updatedAt } = record.state;
  return {
    outcome: refusal ? 'refused' : 'open',
    ...(refusal && { refusal }),
    status,
    timesTried,
    maxRetries,
    expiresAt,
    updatedAt,
    lastSendAt: record.lastSendAt,
    // Refused ones bound them, too; then the API need not ask any more.
    resends: mayNumberSend(record) ? record.resends : MAX_RESENDS,
    verdicts: Object.fromEntries(record.verdicts),
    sends: record.sends.map((send) => ({ ...send })),
    timeline: [...record.timeline],
  };
}
