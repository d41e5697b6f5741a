// Keeps the projection in step with the record: one write in flight, changes in between coalesced.
import { CancellationScope, condition } from '@temporalio/workflow';
import type { OpeningFacts } from '../activities/records.ts';
import { projectOnceCommitted, records } from './activity-stubs.ts';
import { progressOf, takeWritten, type VerificationRecord } from './record.ts';
import { writerOf } from './run.ts';

export interface Projector {
  /** Resolves once every change so far can be read. */
  caughtUp(): Promise<void>;
  /** Resolves once the newest version is written; nothing may change after it was called. */
  drained(): Promise<void>;
}

/** Written by the opening; a run that goes on from another's begins above it. */
const FIRST_VERSION = 1;

/** Writes every version after the first, until `drained` was called and the newest is written; whole, where it was lost. */
export function startProjector(trackingId: string, record: VerificationRecord, facts: OpeningFacts): Projector {
  let written = FIRST_VERSION;
  let closing = false;
  const loop = CancellationScope.nonCancellable(async () => {
    while (!record.superseded && (!closing || written < record.version)) {
      await condition(() => closing || written < record.version);
      if (written === record.version) continue;
      const { version, onceCommitted } = record;
      const restore = record.restore && !onceCommitted;
      record.onceCommitted = false;
      if (restore) record.restore = false;
      const project = onceCommitted ? projectOnceCommitted : records.project;
      const done = restore
        ? await records.restoreProjection(writerOf(trackingId), version, facts, progressOf(record))
        : await project(writerOf(trackingId), version, progressOf(record));
      written = version;
      takeWritten(record, done);
      // What still has to be written whole is, in the next round.
      if (record.restore && onceCommitted) record.version += 1;
    }
  });
  return {
    async caughtUp() {
      const version = record.version;
      await CancellationScope.nonCancellable(() => condition(() => record.superseded || written >= version));
    },
    async drained() {
      closing = true;
      await loop;
    },
  };
}
