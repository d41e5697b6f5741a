// Ends with 0 when a worker on this host takes up verifications, else with 1: the health check of a worker's container.
import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { loadConfig } from '../config.ts';
import { temporalConnection } from '../temporal.ts';
import { VERIFICATIONS_QUEUE } from '../workflows/messages.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;
/** A poll lasts a minute, so a worker that lives was seen within this time; in milliseconds. */
const SEEN_WITHIN_MS = 90_000;
const DEADLINE_MS = 5_000;

const { namespace } = loadConfig(process.env).temporal;
const connection = await Connection.connect({ ...temporalConnection(), connectTimeout: DEADLINE_MS });
const { pollers } = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
  connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: VERIFICATIONS_QUEUE },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  }),
);
await connection.close();

// A worker's identity is <pid>@<host>.
const polls = pollers?.some(
  ({ identity, lastAccessTime }) =>
    identity?.endsWith(`@${hostname()}`) && Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < SEEN_WITHIN_MS,
);
process.exitCode = polls ? 0 : 1;
