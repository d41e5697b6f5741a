// Tells early that no worker takes up verifications, so that callers need not wait to learn it.
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { VERIFICATIONS_QUEUE } from '../workflows/messages.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** A start waits this long for a worker at most, before further starts are turned away; in milliseconds. */
const LONGEST_WAIT_MS = 4_000;
const REFRESH_MS = 1_000;
/** Longer than a start waits for its outcome; in milliseconds. */
const FOLLOW_MS = 12_000;

/**
 * Asks the server for the age of the oldest waiting workflow task, at most once a second and never in a caller's way. It goes
 * on asking by itself while a start may be waiting, so that the next one learns of it at once, and while starts are turned
 * away, so that the first one after a quiet hour meets no old news.
 */
export function createBacklogGauge(client: Client, namespace: string): () => boolean {
  let ageMs = 0;
  let askedAt = 0;
  let startedAt = 0;
  let next: NodeJS.Timeout | undefined;
  const ask = async () => {
    const answer = await client.withDeadline(Date.now() + REFRESH_MS, () =>
      client.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: VERIFICATIONS_QUEUE },
        taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        reportStats: true,
      }),
    );
    const age = answer.stats?.approximateBacklogAge;
    ageMs = Number(age?.seconds ?? 0) * 1000 + (age?.nanos ?? 0) / 1e6;
  };
  const refresh = async () => {
    askedAt = Date.now();
    try {
      await ask();
    } catch {
      // No answer says nothing about the workers: the start itself will tell.
      ageMs = 0;
    }
    clearTimeout(next);
    if (ageMs > LONGEST_WAIT_MS || Date.now() - startedAt < FOLLOW_MS) next = setTimeout(refresh, REFRESH_MS).unref();
  };
  return () => {
    startedAt = Date.now();
    if (Date.now() - askedAt >= REFRESH_MS) void refresh();
    return ageMs > LONGEST_WAIT_MS;
  };
}
