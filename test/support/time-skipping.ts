// The time-skipping server with the real workers of this service on it: an hour passes in seconds.

import proto from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { inject } from 'vitest';
import type { Carrier } from '../../carriers/carrier.ts';
import { builtInCarriers } from '../../carriers/registry.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { timeSkippingServerExecutable } from '../../local/servers/time-skipping.ts';
import { createReceiptTaker } from '../../receipts/take-receipt.ts';
import { createDataConverter } from '../../secrets/data-converter.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import type { Database } from '../../store/database.ts';
import { createWorkers } from '../../worker/create-workers.ts';
import { createSandboxOutbox } from '../../worker/sandbox-outbox.ts';
import { searchAttributes } from '../../workflows/messages.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

export interface TimeSkipping {
  readonly environment: TestWorkflowEnvironment;
  stop(): Promise<void>;
}

/** One per test file, since a process has one SDK runtime. Callbacks may go to `allowedHosts`; carriers stand beside the sandbox. */
export async function startTimeSkipping(
  database: Database,
  ring: KeyRing,
  allowedHosts: readonly string[] = [],
  carriers: readonly Carrier[] = [],
): Promise<TimeSkipping> {
  // Refused sends are logged as warnings, and a test prints nothing.
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const path = await timeSkippingServerExecutable(() => {});
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter: createDataConverter(ring) },
  });
  const namespace = environment.namespace ?? 'default';
  const names = Object.values(searchAttributes).map(({ name }) => name);
  await environment.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(names.map((name) => [name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD])),
  });
  const sandboxOutbox = createSandboxOutbox(database, ring);
  const receipts = createReceiptTaker({ database, temporal: environment.client, warn: () => undefined });
  const takeReceiptFor = (carrier: string) => (receipt: Receipt) => receipts(carrier, receipt);
  const workers = await createWorkers({
    connection: environment.nativeConnection,
    namespace,
    database,
    ring,
    carriers: new Map([
      ...builtInCarriers({ sandboxOutbox, takeReceiptFor }),
      ...carriers.map((each) => [each.name, each] as const),
    ]),
    workflowBundle: inject('servers').workflowBundle,
    allowedHosts,
  });
  const running = Promise.all(workers.map((worker) => worker.run()));
  return {
    environment,
    async stop() {
      for (const worker of workers) worker.shutdown();
      await running;
      sandboxOutbox.stop();
      await environment.teardown();
    },
  };
}
