// Rebuilds the projections of open verifications from their workflows, after the database lost some.
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { isFull } from '../domain/signal-limit.ts';
import { countActs } from '../store/audit.ts';
import { reprojectSignal, saying, VERIFICATION_WORKFLOW } from '../workflows/messages.ts';
import { leaveTrace, type Operator } from './operator.ts';

const ACTION = 'projections.rebuild';
/** Each time is a signal to everyone, and a history holds a bounded number of them; in milliseconds. */
const PAUSE_MS = 60_000;

/** Asks every running verification to write its projection whole. Returns how many were asked. */
export async function reprojectOpen(operator: Operator, temporal: Client): Promise<number> {
  if ((await countActs(operator.database, ACTION, {}, new Date(Date.now() - PAUSE_MS))) > 0) {
    throw new Error('Projections were asked for less than a minute ago: wait until they are written, then ask again');
  }
  await leaveTrace(operator, ACTION, {});
  let asked = 0;
  const query = `WorkflowType = '${VERIFICATION_WORKFLOW}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of temporal.workflow.list({ query })) {
    try {
      await temporal.workflow.getHandle(workflowId).signal(reprojectSignal, saying(reprojectSignal, {}));
      asked += 1;
    } catch (error) {
      // It ended between being listed and being asked, and wrote its projection as it did.
      if (!(error instanceof WorkflowNotFoundError) && !isFull(error)) throw error;
    }
  }
  return asked;
}
