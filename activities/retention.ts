// The activity behind the retention schedule: one small step at a time, each harmless to repeat.
import { log } from '@temporalio/activity';
import { STUCK_AFTER_MS, settledUntil } from '../domain/retention.ts';
import { purgeCarrierMessages } from '../store/carrier-messages.ts';
import type { Database } from '../store/database.ts';
import { noteHeldBack } from '../store/events.ts';
import { purgeKeys } from '../store/idempotency.ts';
import { type TotalledHour, totalNextHour } from '../store/report-totals.ts';
import { deletePastRetention, deleteRefused, deleteStray } from '../store/retention.ts';
import { guarded } from './failures.ts';

export interface RetentionStep {
  readonly deleted: number;
  /** Whether another step would find more to do. */
  readonly more: boolean;
}

export interface RetentionActivities {
  sweep(): Promise<RetentionStep>;
}

const HELD_BACK = 'A verification is pending beyond any lifetime, and totals and deletion wait for it';

export function createRetentionActivities({ database }: { readonly database: Database }): RetentionActivities {
  const activities: RetentionActivities = {
    async sweep() {
      const now = Date.now();
      const { more, heldBackBy } = await totalNextHour(database, settledUntil(now));
      if (heldBackBy && (await isStuck(heldBackBy, now))) log.error(HELD_BACK, { trackingId: heldBackBy._id });
      const verifications = (await deletePastRetention(database, now)) + (await deleteRefused(database, now));
      const deleted = verifications + (await deleteStray(database, now)) + (await purgeCarrierMessages(database));
      await purgeKeys(database);
      return { deleted, more: more || deleted > 0 };
    },
  };
  return guarded(activities, 'SweepUnfinished');

  /** Told to the operator once: a workflow that is stuck holds up totals and deletion for everybody. */
  async function isStuck({ _id, accountId, receivedAt }: NonNullable<TotalledHour['heldBackBy']>, now: number) {
    if (!receivedAt || now - receivedAt.getTime() < STUCK_AFTER_MS) return false;
    return await noteHeldBack(database, accountId ?? '', _id);
  }
}
