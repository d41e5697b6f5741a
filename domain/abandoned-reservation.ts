// How a reservation ends whose verification has no workflow any more: by what the projection shows of its send.
import { outcomeOf, provenByAnswer, type SendRecord, settlementOf } from './delivery.ts';
import type { Status } from './verification.ts';

/** A workflow may need this long to settle, or a worker to notice; younger reservations are left to it. In milliseconds. */
export const ABANDONED_AFTER_MS = 600_000;

/** What is known of the verification; nothing where its start never became visible. */
export interface LastSeen {
  readonly status: Status;
  readonly sends: readonly SendRecord[];
}

/** Charged where a message was accepted, or a right answer proves that one arrived; given back otherwise. */
export function abandonedSettlement(seen: LastSeen | null, n: number): 'charge' | 'release' {
  // A send without an outcome was under way, or about to be: nobody knows what became of it.
  const outcome = (seen && outcomeOf(seen.sends, n)) ?? { kind: 'unknown', reason: 'its workflow is gone' };
  return settlementOf(outcome, seen !== null && provenByAnswer(seen.status, seen.sends, n));
}
