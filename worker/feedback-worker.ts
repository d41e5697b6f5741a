// The activity worker that tells one carrier which codes were typed, on a queue apart from its sends.
import { Worker } from '@temporalio/worker';
import { createFeedbackActivities } from '../activities/feedback.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { createDataConverter } from '../secrets/data-converter.ts';
import { feedbackQueue } from '../workflows/messages.ts';
import { type DeliveryWorkerDeps, SHUTDOWN_GRACE } from './delivery-worker.ts';

/** Nobody waits for it: a carrier that hangs then holds little, and what comes too late is left. */
const AT_ONCE = 4;
const POLLS = 2;

/**
 * The worker, not yet running. A carrier that does not want to know has one, too: it is asked where a receipt alone showed the
 * acceptance, and its verification would wait for an answer in vain.
 */
export async function createFeedbackWorker(
  { connection, namespace, ring }: Pick<DeliveryWorkerDeps, 'connection' | 'namespace' | 'ring'>,
  carrier: Carrier,
): Promise<Worker> {
  return await Worker.create({
    connection,
    namespace,
    dataConverter: createDataConverter(ring),
    shutdownGraceTime: SHUTDOWN_GRACE,
    taskQueue: feedbackQueue(carrier.name),
    activities: createFeedbackActivities(carrier),
    maxConcurrentActivityTaskExecutions: AT_ONCE,
    maxConcurrentActivityTaskPolls: POLLS,
  });
}
