// The regular sweep: totals settled hours for reports, then deletes what is past its time. Run by a Schedule.
import { retention } from './activity-stubs.ts';

/** Steps of one run; what is left is for the next. */
const MAX_STEPS = 500;

/** Returns how many documents were deleted. */
export async function retentionWorkflow(): Promise<{ deleted: number; finished: boolean }> {
  let deleted = 0;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const done = await retention.sweep();
    deleted += done.deleted;
    if (!done.more) return { deleted, finished: true };
  }
  return { deleted, finished: false };
}
