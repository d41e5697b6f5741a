// The regular work of this service, as Temporal Schedules; each worker makes sure at its start that they stand.
import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';
import { VERIFICATIONS_QUEUE } from '../workflows/messages.ts';

const LONGEST_RUN = '2h';

interface Regular {
  readonly id: string;
  readonly workflowType: string;
  readonly every: '1h' | '15m';
}

/** A new kind of regular work is a workflow and a row here. */
const regulars: readonly Regular[] = [
  { id: 'retention', workflowType: 'retentionWorkflow', every: '1h' },
  { id: 'ledger-audit', workflowType: 'ledgerAuditWorkflow', every: '15m' },
];

/** Creates the schedules that are missing; one that stands keeps what an operator made of it. */
export async function prepareSchedules(client: Client): Promise<void> {
  for (const regular of regulars) {
    try {
      await client.schedule.create(optionsFor(regular));
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}

function optionsFor({ id, workflowType, every }: Regular): ScheduleOptions {
  return {
    scheduleId: id,
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow',
      workflowType,
      taskQueue: VERIFICATIONS_QUEUE,
      workflowId: id,
      // None can be given: nothing is sealed for a workflow whose id Temporal makes up, with the time in it.
      args: [],
      // One that is stuck must not keep the next from running for ever.
      workflowRunTimeout: LONGEST_RUN,
    },
    // One at a time, and none to catch up with: each looks at everything that is due.
    policies: { overlap: 'SKIP', catchupWindow: '1m' },
  };
}
