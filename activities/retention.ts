// The activity behind the retention schedule: one small step at a time, each harmless to repeat.
import { settledUntil } from '../domain/retention.ts';
import type { Database } from '../store/database.ts';
import { purgeKeys } from '../store/idempotency.ts';
import { totalNextHour } from '../store/report-totals.ts';
import { deletePastRetention, deleteRefused } from '../store/retention.ts';
import { guarded } from './failures.ts';

export interface RetentionStep {
  readonly deleted: number;
  /** Whether another step would find more to do. */
  readonly more: boolean;
}

export interface RetentionActivities {
  sweep(): Promise<RetentionStep>;
}

export function createRetentionActivities({ database }: { readonly database: Database }): RetentionActivities {
  const activities: RetentionActivities = {
    async sweep() {
      const now = Date.now();
      const moreHours = await totalNextHour(database, settledUntil(now));
      const deleted = (await deletePastRetention(database, now)) + (await deleteRefused(database, now));
      await purgeKeys(database);
      return { deleted, more: moreHours || deleted > 0 };
    },
  };
  return guarded(activities, 'SweepUnfinished');
}
