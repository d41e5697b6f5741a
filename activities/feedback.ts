// The activity that tells a carrier that its code was typed, for those that choose their ways by it.
import type { Carrier } from '../carriers/carrier.ts';
import { guarded } from './failures.ts';

export interface FeedbackActivities {
  /** Returns whether the carrier was told: one that does not want to know is not. */
  reportVerified(messageIds: readonly string[]): Promise<boolean>;
}

export function createFeedbackActivities(carrier: Carrier): FeedbackActivities {
  const activities: FeedbackActivities = {
    async reportVerified(messageIds) {
      return (await carrier.reportVerified?.(messageIds)) ?? false;
    },
  };
  return guarded(activities, 'FeedbackNotTaken');
}
