// Which carriers are told that the code they carried was typed, and of which of their messages.
import type { SendRecord } from './delivery.ts';
import { deliveryOf } from './delivery-state.ts';

/** Messages of one carrier that may have brought the code, by the carrier's names for them. */
export interface TypedMessages {
  readonly carrier: string;
  readonly messageIds: readonly string[];
}

/**
 * What to tell after a right answer, each carrier once. A message that surely did not arrive brought no code; where no other was
 * accepted, the answer proves its receipt wrong.
 */
export function typedMessages(sends: readonly SendRecord[]): TypedMessages[] {
  const accepted = sends.filter(({ outcome }) => outcome?.kind === 'accepted');
  const arrived = accepted.filter((send) => !isLost(send));
  const byCarrier = new Map<string, string[]>();
  for (const { carrier, outcome } of arrived.length > 0 ? arrived : accepted) {
    if (outcome?.kind !== 'accepted' || !outcome.feedback || outcome.messageIds.length === 0) continue;
    byCarrier.set(carrier, [...(byCarrier.get(carrier) ?? []), ...outcome.messageIds]);
  }
  return [...byCarrier].map(([carrier, messageIds]) => ({ carrier, messageIds }));
}

function isLost({ outcome, receipts = [] }: SendRecord): boolean {
  return (
    outcome?.kind === 'accepted' && deliveryOf(outcome.messageIds, receipts, outcome.receiptsFor) === 'undelivered'
  );
}
