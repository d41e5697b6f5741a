// A verification whose workflow is gone (terminated in Temporal, or lost with its data): what is still to be asked, and its end.
import type { SendOutcome, SendRecord } from './delivery.ts';
import type { TimelineEvent } from './timeline.ts';
import type { Status } from './verification.ts';

/** Why such a verification has expired. */
export const WORKFLOW_GONE = 'its workflow was gone, terminated in Temporal or lost with its data';

/** The reason of a doubt that stays, since the carrier was asked and could not tell. */
export const ASKED_IN_VAIN = 'its workflow was gone, and the carrier could not tell';

export interface Orphan {
  readonly status: Status;
  readonly updatedAt: Date;
  readonly sends: readonly SendRecord[];
  readonly timeline: readonly TimelineEvent[];
}

export interface FoundOutcome {
  /** The number of the send, and of its step. */
  readonly n: number;
  readonly step?: number;
  readonly outcome: SendOutcome;
}

/** True for a send whose carrier is still to be asked what became of it. */
export function inDoubt({ outcome }: SendRecord): boolean {
  return outcome === undefined || (outcome.kind === 'unknown' && outcome.reason !== ASKED_IN_VAIN);
}

/** The verification with what its carriers said, and ended if nothing had ended it. */
export function endedWithoutWorkflow(orphan: Orphan, found: readonly FoundOutcome[], now: Date): Orphan {
  const at = now.getTime();
  const newsOf = (send: SendRecord) =>
    inDoubt(send) ? found.find(({ n, step = 1 }) => n === send.n && step === (send.step ?? 1))?.outcome : undefined;
  const sends = orphan.sends.map((send) => {
    const outcome = newsOf(send);
    return outcome ? { ...send, outcome } : send;
  });
  const told = orphan.sends.flatMap((send) => outcomeEvents(send, newsOf(send), at));
  const timeline = [...orphan.timeline, ...told];
  if (orphan.status !== 'Pending') return { ...orphan, sends, timeline };
  const expired: TimelineEvent = { event: 'expired', at, why: WORKFLOW_GONE };
  return { status: 'Expired', updatedAt: now, sends, timeline: [...timeline, expired] };
}

function outcomeEvents({ n, carrier }: SendRecord, outcome: SendOutcome | undefined, at: number): TimelineEvent[] {
  if (!outcome) return [];
  const base = { at, send: n, carrier };
  return [
    outcome.kind === 'accepted'
      ? { ...base, event: 'accepted', parts: outcome.parts }
      : { ...base, event: outcome.kind, reason: outcome.reason },
  ];
}

/** True for a verification that was ended so, and whose application is to be told. */
export function wasEndedWithoutWorkflow({ timeline }: Pick<Orphan, 'timeline'>): boolean {
  return timeline.some((event) => event.event === 'expired' && event.why === WORKFLOW_GONE);
}
