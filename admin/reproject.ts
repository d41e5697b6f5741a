// Rebuilds the projections of open verifications from their workflows, after the database lost some.
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { reprojectSignal, VERIFICATION_WORKFLOW } from '../workflows/messages.ts';
import { leaveTrace, type Operator } from './operator.ts';

/** Asks every running verification to write its projection whole. Returns how many were asked. */
export async function reprojectOpen(operator: Operator, temporal: Client): Promise<number> {
  await leaveTrace(operator, 'projections.rebuild', {});
  let asked = 0;
  const query = `WorkflowType = '${VERIFICATION_WORKFLOW}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of temporal.workflow.list({ query })) {
    try {
      await temporal.workflow.getHandle(workflowId).signal(reprojectSignal);
      asked += 1;
    } catch (error) {
      // It ended between being listed and being asked, and wrote its projection as it did.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  return asked;
}
