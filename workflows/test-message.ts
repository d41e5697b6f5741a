// Sends a test message the way every message of a carrier goes, and returns what became of it.
import { ActivityFailure, proxyActivities, TimeoutFailure } from '@temporalio/workflow';
import type { TestMessage, TestMessageActivities } from '../activities/test-message.ts';
import type { TestOutcome } from '../domain/carrier.ts';
import { believed } from './activity-stubs.ts';
import { deliveriesQueue, testMessageWorkflowId } from './messages.ts';
import { notSealed, sealedInput } from './sealed.ts';

export async function testMessageWorkflow(carrier: string, given: TestMessage): Promise<TestOutcome> {
  const message = sealedInput(given, ({ trackingId }) => trackingId && testMessageWorkflowId(trackingId));
  if (typeof carrier !== 'string') throw notSealed();
  const { sendTestMessage } = proxyActivities<TestMessageActivities>({
    taskQueue: deliveriesQueue(carrier),
    // The operator waits: a carrier that nobody runs is told of while he still does.
    scheduleToStartTimeout: '5s',
    // As long as a real send may take.
    startToCloseTimeout: '20s',
    // He may press the button again.
    retry: { maximumAttempts: 1 },
    summary: `Test message through ${carrier}`,
  });
  try {
    return believed(await sendTestMessage(message));
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : error;
    if (cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START') {
      const reason =
        'no worker took it up: none runs the carrier, or it is paused, or at its limit; GET /admin/carriers/{name} tells';
      return { outcome: 'notTakenUp', reason };
    }
    return { outcome: 'unknown', reason: 'the send did not report back' };
  }
}
