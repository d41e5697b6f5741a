// Keeps the projection in step with the record: one write in flight, changes in between coalesced.
import { CancellationScope, condition } from '@temporalio/workflow';
import type { OpeningFacts } from '../activities/records.ts';
import { projectOnceCommitted, records } from './activity-stubs.ts';
import { progressOf, type VerificationRecord } from './record.ts';

export interface Projector {
  /** Resolves once every change so far can be read. */
  caughtUp(): Promise<void>;
  /** Resolves once the newest version is written; nothing may change after it was called. */
  drained(): Promise<void>;
}

/** Writes every version after the first, until `drained` was called and the newest is written; whole, where it was lost. */
export function startProjector(trackingId: string, record: VerificationRecord, facts: OpeningFacts): Projector {
  let written = 1;
  let closing = false;
  const loop = CancellationScope.nonCancellable(async () => {
    while (!closing || written < record.version) {
      await condition(() => closing || written < record.version);
      if (written === record.version) continue;
      const { version, onceCommitted } = record;
      const restore = record.restore && !onceCommitted;
      record.onceCommitted = false;
      if (restore) record.restore = false;
      if (restore) await records.restoreProjection(trackingId, version, facts, progressOf(record));
      const project = onceCommitted ? projectOnceCommitted : records.project;
      if (!restore) await project(trackingId, version, progressOf(record));
      written = version;
      // What still has to be written whole is, in the next round.
      if (record.restore && onceCommitted) record.version += 1;
    }
  });
  return {
    async caughtUp() {
      const version = record.version;
      await CancellationScope.nonCancellable(() => condition(() => written >= version));
    },
    async drained() {
      closing = true;
      await loop;
    },
  };
}
