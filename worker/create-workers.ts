// The workers of this process: one for verifications and their records, one for callbacks, two for the sandbox where it is on.
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { type CallbackDeps, createCallbackActivities } from '../activities/callbacks.ts';
import { createLedgerAuditActivities } from '../activities/ledger-audit.ts';
import { createOrphanActivities } from '../activities/orphans.ts';
import { createRecordActivities, type RecordDeps } from '../activities/records.ts';
import { createRetentionActivities } from '../activities/retention.ts';
import { verificationRuns } from '../admin/verification-runs.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { createDataConverter, createWorkflowDataConverter } from '../secrets/data-converter.ts';
import { CALLBACKS_QUEUE, VERIFICATIONS_QUEUE } from '../workflows/messages.ts';
import { createDeliveryWorker, SHUTDOWN_GRACE } from './delivery-worker.ts';
import { createFeedbackWorker } from './feedback-worker.ts';

export interface WorkerDeps extends RecordDeps, CallbackDeps {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** Those that are there without configuration; the others are run by the carrier pool. */
  readonly carriers: ReadonlyMap<string, Carrier>;
  /** A bundle made beforehand; without it the workflow code is bundled at start. */
  readonly workflowBundle?: string | undefined;
  readonly buildId?: string | undefined;
}

const DEPLOYMENT = 'twostep';

/** The workers, not yet running. */
export async function createWorkers(deps: WorkerDeps): Promise<Worker[]> {
  const { connection, namespace, ring, carriers } = deps;
  const common: Pick<WorkerOptions, 'connection' | 'namespace' | 'dataConverter' | 'shutdownGraceTime'> = {
    connection,
    namespace,
    dataConverter: createDataConverter(ring),
    shutdownGraceTime: SHUTDOWN_GRACE,
  };
  const temporal = new Client({ connection, namespace, dataConverter: common.dataConverter });
  const runs = verificationRuns(temporal);
  const verifications = Worker.create({
    ...common,
    dataConverter: createWorkflowDataConverter(ring),
    ...workflowSource(deps.workflowBundle),
    ...versioning(deps.buildId),
    taskQueue: VERIFICATIONS_QUEUE,
    activities: {
      ...createRecordActivities(deps),
      ...createRetentionActivities(deps),
      ...createLedgerAuditActivities({ ...deps, verificationRuns: runs }),
      ...createOrphanActivities({ ...deps, verificationRuns: runs }),
    },
    // A task for a worker that died goes to another after this, instead of the default 10 s.
    stickyQueueScheduleToStartTimeout: '1s',
  });
  const deliveries = [...carriers.values()].flatMap((carrier) => [
    createDeliveryWorker(deps, carrier),
    createFeedbackWorker(deps, carrier),
  ]);
  const callbacks = Worker.create({
    ...common,
    taskQueue: CALLBACKS_QUEUE,
    activities: createCallbackActivities(deps),
  });
  return await Promise.all([verifications, callbacks, ...deliveries]);
}

function workflowSource(bundle: string | undefined): Partial<WorkerOptions> {
  if (bundle !== undefined) return { workflowBundle: { codePath: bundle } };
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return { workflowsPath: fileURLToPath(new URL(`../workflows/index.${ending}`, import.meta.url)) };
}

/** Only for production that drains old workers: without a current version a versioned worker gets no work. */
function versioning(buildId: string | undefined): Partial<WorkerOptions> {
  if (buildId === undefined) return {};
  return {
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName: DEPLOYMENT, buildId },
      defaultVersioningBehavior: 'PINNED',
    },
  };
}
