// What a running verification remembers, and the one place that changes it.
import { setCurrentDetails } from '@temporalio/workflow';
import type { Progress } from '../activities/records.ts';
import type { SendOutcome } from '../domain/delivery.ts';
import type { ErrorName } from '../domain/errors.ts';
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
  /** In micros. */
  charged: number;
  /** An ending that no message brought: it is shown only once the engine has it (projector.ts). */
  unasked: boolean;
  /** Rises with every change; the projector writes until it has written the newest. */
  version: number;
  readonly verdicts: Record<string, Progress['verdicts'][string]>;
  readonly sends: { n: number; carrier: string; outcome: SendOutcome }[];
  readonly timeline: TimelineEvent[];
  readonly currency: string;
}

export function createRecord(input: VerificationInput): VerificationRecord {
  return {
    state: openState(input.maxRetries, input.expiresAt, Date.now()),
    abandoned: false,
    unasked: false,
    charged: 0,
    version: 1,
    verdicts: {},
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

/** Takes over a judged answer or cancellation; one that changed nothing leaves no trace. */
export function takeJudgement(record: VerificationRecord, attemptId: string, { state, verdict }: Judgement): void {
  if (state === record.state) return;
  record.state = state;
  const remaining = attemptsRemaining(state);
  record.verdicts[attemptId] = { verdict, remaining };
  const at = state.updatedAt;
  if (verdict === 'wrongAnswer') tell(record, { event: 'wrongAnswer', at, remaining });
  else if (verdict === 'verified')
    tell(record, { event: 'verified', at, why: `right answer at try ${state.timesTried}` });
  else if (verdict === 'cancelled') tell(record, { event: 'cancelled', at, why: 'by the application' });
  else tell(record, { event: 'failed', at, why: `wrong answer at try ${state.timesTried}, and no retry was left` });
}

/** Ends a pending verification by anything but a message: time, its send, an operator. Says whether it was still pending. */
export function endUnasked(record: VerificationRecord, status: Exclude<Status, 'Pending' | 'Verified'>): boolean {
  if (record.state.status !== 'Pending') return false;
  record.state = end(record.state, status, Date.now());
  record.unasked = true;
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
    verdicts: { ...record.verdicts },
    sends: [...record.sends],
    timeline: [...record.timeline],
  };
}
