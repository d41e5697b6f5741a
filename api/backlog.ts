// Tells early that no worker takes up verifications, so that callers need not wait to learn it.
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { VERIFICATIONS_QUEUE } from '../workflows/messages.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** A start waits this long for a worker at most, before further starts are turned away; in milliseconds. */
const LONGEST_WAIT_MS = 4_000;
const REFRESH_MS = 1_000;

/** Asks the server for the age of the oldest waiting workflow task, at most once a second and never in a caller's way. */
export function createBacklogGauge(client: Client, namespace: string): () => boolean {
  let ageMs = 0;
  let askedAt = 0;
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
  return () => {
    if (Date.now() - askedAt >= REFRESH_MS) {
      askedAt = Date.now();
      // No answer says nothing about the workers: the start itself will tell.
      ask().catch(() => {
        ageMs = 0;
      });
    }
    return ageMs > LONGEST_WAIT_MS;
  };
}
