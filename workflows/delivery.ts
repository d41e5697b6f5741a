// The sends of a verification, each on its way along the route, and their money: kept or given back once everything is known.
import { CancellationScope } from '@temporalio/workflow';
import { nothingLeft } from '../domain/delivery.ts';
import type { VerificationInput } from './messages.ts';
import { endUnasked, tell, type VerificationRecord } from './record.ts';
import { walkRoute } from './route-walk.ts';
import type { PaidSend } from './send.ts';
import { settleWhenKnown } from './settlement.ts';

export interface Deliveries {
  /** Begins a send whose first step the record has taken note of. */
  begin(send: PaidSend): void;
  /** Work that must be over before the verification may close, such as a resend being paid for. */
  wait(work: Promise<void>): void;
  /** Keeps sends not begun from starting. */
  stop(): void;
  /** Waits until every outcome is known and every reservation closed. */
  closed(): Promise<void>;
}

export function createDeliveries(input: VerificationInput, record: VerificationRecord): Deliveries {
  const sending = new CancellationScope();
  const work: Promise<void>[] = [];
  let walking = 0;
  const deliver = async (first: PaidSend) => {
    walking += 1;
    let over = false;
    const settling: Promise<void>[] = [];
    await walkRoute({ sending, input, record }, first, (send) => {
      settling.push(settleWhenKnown(input, record, send, () => over));
    });
    walking -= 1;
    over = true;
    if (walking === 0) failIfNothingLeft(record);
    for (const each of settling) await each;
  };
  return {
    begin(send) {
      // An operator's cancellation of the workflow ends the wait, never the settling.
      work.push(CancellationScope.nonCancellable(() => deliver(send)));
    },
    wait(promise) {
      work.push(promise);
    },
    stop() {
      sending.cancel();
    },
    async closed() {
      for (const each of work) await each;
    },
  };
}

/** At the end of its life it expires; until then nobody is left waiting for a message that never comes. */
function failIfNothingLeft(record: VerificationRecord): void {
  const at = Date.now();
  if (nothingLeft(record.sends) && at < record.state.expiresAt && endUnasked(record, 'Failed')) {
    tell(record, { event: 'failed', at, why: 'no carrier accepted the message' });
  }
}
