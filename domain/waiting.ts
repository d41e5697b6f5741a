// What a send that is not decided yet waits for, in one sentence: worked out when somebody reads the story, and kept nowhere.
import { type CarrierHealth, SANDBOX_CARRIER } from './carrier.ts';
import type { SendRecord } from './delivery.ts';
import type { TimelineEvent } from './timeline.ts';
import type { Status } from './verification.ts';

/** What is known of a carrier at this moment. */
export interface CarrierNow {
  /** False once it is configured no longer. */
  readonly configured: boolean;
  readonly paused: boolean;
  readonly workers: readonly CarrierHealth[];
}

/** What a verification shows of itself, as far as it matters here. */
export interface Waiting {
  readonly status: Status;
  readonly expiresAt: Date;
  readonly sends: readonly SendRecord[];
  readonly timeline: readonly TimelineEvent[];
}

/** Longer than a carrier takes when all is well; in milliseconds. */
const SILENT_MS = 10_000;

/** The sends that a carrier has still to answer for; none once the verification is over. */
export function undecidedSends({ status, expiresAt, sends }: Waiting, at: Date): readonly SendRecord[] {
  return status === 'Pending' && at < expiresAt ? sends.filter(({ outcome }) => outcome === undefined) : [];
}

/** Why such a send is not decided yet; undefined while there is nothing out of the ordinary. */
export function waitSentence(
  { timeline }: Pick<Waiting, 'timeline'>,
  { n, carrier }: SendRecord,
  now: CarrierNow,
  at: Date,
): string | undefined {
  const reason = carrier === SANDBOX_CARRIER ? undefined : obstacle(now);
  if (reason !== undefined) return `Send ${n} waits for ${carrier}: ${reason}`;
  const silent = at.getTime() - begunAt(timeline, n) >= SILENT_MS;
  return silent ? `Send ${n} waits for ${carrier}, which has not taken it yet` : undefined;
}

/** Why nothing goes through a carrier anywhere; undefined where something may. */
function obstacle({ configured, paused, workers }: CarrierNow): string | undefined {
  if (!configured) return 'it is configured no longer';
  if (paused) return 'it is paused by an operator';
  if (workers.length === 0) return 'no worker runs it';
  const reasons = workers.map(outOfOrder);
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** Why nothing goes through it in one worker. */
function outOfOrder({ state, reason, connections }: CarrierHealth): string | undefined {
  const because = (why: string | undefined) => (why === undefined ? '' : ` (${why})`);
  if (state === 'unusable') return `it could not be made${because(reason)}`;
  if (connections && connections.bound === 0) {
    return `it has no connection${because(connections.reason)}, and is tried again`;
  }
  return state === 'open' ? `it is out of order${because(reason)}, and is tried again` : undefined;
}

/** When the newest step of a send began. */
function begunAt(timeline: readonly TimelineEvent[], n: number): number {
  const begun = timeline.flatMap((event) => {
    const begins =
      event.event === 'opened' ||
      ((event.event === 'resent' || event.event === 'methodChanged' || event.event === 'nextStep') && event.send === n);
    return begins ? [event.at] : [];
  });
  return Math.max(0, ...begun);
}
