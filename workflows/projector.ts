// Keeps the projection in step with the record: one write in flight, changes in between coalesced.
import { CancellationScope, condition } from '@temporalio/workflow';
import { projectOnceCommitted, records } from './activity-stubs.ts';
import { progressOf, type VerificationRecord } from './record.ts';

/** Writes every version after the first, until `drained` was called and the newest is written. */
export function startProjector(trackingId: string, record: VerificationRecord): { drained(): Promise<void> } {
  let written = 1;
  let closing = false;
  const loop = CancellationScope.nonCancellable(async () => {
    while (!closing || written < record.version) {
      await condition(() => closing || written < record.version);
      if (written === record.version) continue;
      const { version, unasked } = record;
      record.unasked = false;
      // Messages are judged first whenever a task is run again, so an ending by anything else could still turn into theirs.
      const project = unasked ? projectOnceCommitted : records.project;
      await project(trackingId, version, progressOf(record));
      written = version;
    }
  });
  return {
    async drained() {
      closing = true;
      await loop;
    },
  };
}
