// The regular sweep: totals settled hours for reports, then deletes what is past its time. Run by a Schedule.
import { retention } from './activity-stubs.ts';
import { notSealed } from './sealed.ts';

/** Steps of one run; what is left is for the next. */
const MAX_STEPS = 500;

/** Returns how many documents were deleted. */
export async function retentionWorkflow(...given: readonly unknown[]): Promise<{ deleted: number; finished: boolean }> {
  // It takes nothing, so nobody who may start it gives it anything.
  if (given.length > 0) throw notSealed();
  let deleted = 0;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const done = await retention.sweep();
    deleted += done.deleted;
    if (!done.more) return { deleted, finished: true };
  }
  return { deleted, finished: false };
}
