// The activity worker of one carrier, on its own task queue: sends, look-ups and test messages.
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { createAcceptances } from '../activities/acceptances.ts';
import { createDeliveryActivities } from '../activities/deliveries.ts';
import { createTestMessageActivities } from '../activities/test-message.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { createDataConverter } from '../secrets/data-converter.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import type { Database } from '../store/database.ts';
import { createSendJournal } from '../store/send-journal.ts';
import { isAnothers } from '../store/verifications.ts';
import { deliveriesQueue } from '../workflows/messages.ts';

export interface DeliveryWorkerDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly ring: KeyRing;
  readonly database: Database;
}

/** Longer than the longest send, so that a stopping worker finishes it and no outcome becomes unknown. */
export const SHUTDOWN_GRACE = '25s';
/** What the server takes for no limit. It has to be said: a queue keeps the limit it was told last. */
const UNLIMITED = 100_000;
const LEAST_AT_ONCE = 50;
const MOST_AT_ONCE = 500;
const USUALLY_AT_ONCE = 100;

/** The worker, not yet running. `messagesPerSecond` is over all workers of the queue, wherever they run. */
export async function createDeliveryWorker(
  { connection, namespace, ring, database }: DeliveryWorkerDeps,
  carrier: Carrier,
  messagesPerSecond?: number,
): Promise<Worker> {
  const dataConverter = createDataConverter(ring);
  const temporal = new Client({ connection, namespace, dataConverter });
  const delivery = {
    ring,
    journal: createSendJournal(database),
    acceptances: createAcceptances({ database, temporal }),
    isAnothers: (trackingId: string, run: string) => isAnothers(database, trackingId, run),
  };
  return await Worker.create({
    connection,
    namespace,
    dataConverter,
    shutdownGraceTime: SHUTDOWN_GRACE,
    taskQueue: deliveriesQueue(carrier.name),
    activities: {
      ...createDeliveryActivities(carrier, delivery),
      ...createTestMessageActivities(carrier),
    },
    maxTaskQueueActivitiesPerSecond: messagesPerSecond ?? UNLIMITED,
    maxConcurrentActivityTaskExecutions: atOnce(messagesPerSecond),
  });
}

/** Enough for sends that take two seconds at the full rate; a stuck carrier must not fill the memory. */
function atOnce(messagesPerSecond: number | undefined): number {
  if (messagesPerSecond === undefined) return USUALLY_AT_ONCE;
  return Math.min(MOST_AT_ONCE, Math.max(LEAST_AT_ONCE, Math.ceil(messagesPerSecond * 2)));
}
