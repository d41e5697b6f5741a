import { expect, test } from 'vitest';
import { newestRun } from '../../admin/verification-runs.ts';
import { createStack } from '../support/stack.ts';
test('probe', async () => {
  const stack = await createStack();
  await Promise.all([stack.startWorker(), stack.startApi()]);
  const app = await stack.addApplication();
  const out: string[] = [];
  for (let i = 0; i < 3; i++) {
    const id = await app.api.open();
    await app.api.confirm(id, await app.api.code(id));
    await stack.temporal.workflow.getHandle(id).result();
    await new Promise((r) => setTimeout(r, [75000, 45000, 30000][i]));
    const n = await newestRun(stack.temporal, id);
    const t0 = Date.now();
    await stack.temporal.workflowService.deleteWorkflowExecution({ namespace: stack.temporal.options.namespace, workflowExecution: { workflowId: id, runId: n!.runId } });
    let a = 0, b = 0;
    while ((!a || !b) && Date.now() - t0 < 40000) {
      if (!a && !(await newestRun(stack.temporal, id))) a = Date.now() - t0;
      let c = 0;
      for await (const _ of stack.temporal.workflow.list({ query: `WorkflowId = '${id}'` })) c++;
      if (!b && c === 0) b = Date.now() - t0;
      await new Promise((r) => setTimeout(r, 50));
    }
    out.push(`describe ${a} list ${b}`);
  }
  await stack.stop();
  expect(out).toEqual([]);
}, 300000);
