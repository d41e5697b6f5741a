// Sends a test message through a carrier and waits a little for what becomes of it.
import { randomUUID } from 'node:crypto';
import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { SANDBOX_CARRIER, type TestOutcome } from '../domain/carrier.ts';
import { RefusedError } from '../domain/errors.ts';
import type { Method } from '../domain/method.ts';
import { maskNumber, readRecipient } from '../domain/phone.ts';
import { createKeyedQueue } from '../store/account-queue.ts';
import { countActs } from '../store/audit.ts';
import { findCarrier } from '../store/carriers.ts';
import { findNumberRange } from '../store/number-ranges.ts';
import { testMessageWorkflowId, VERIFICATIONS_QUEUE } from '../workflows/messages.ts';
import { noCarrier } from './carriers.ts';
import { deleteExecutions, untilEnded } from './delete-executions.ts';
import { invalid, leaveTrace, type Operator } from './operator.ts';

const TEST_MESSAGE_WORKFLOW = 'testMessageWorkflow';
const ACTION = 'carrier.testMessage';
const MOST_PER_MINUTE = 5;
const MINUTE_MS = 60_000;
/** Requests end before this process is made to end; in milliseconds. */
const WAIT_MS = 9_000;
const DELETE_WITHIN_MS = 90_000;
const DEADLINE_EXCEEDED = 4;
/** Whoever counts leaves a trace before the next one counts, in this process. */
const inTurn = createKeyedQueue();

export interface TestTools extends Operator {
  readonly temporal: Client;
  readonly sandbox: boolean;
}

export interface AskedTest {
  readonly recipient: string;
  readonly method: Method;
  readonly originator: string;
}

/** @throws OperatorRefusal, or RefusedError tooManyRequests for more than a few a minute. */
export async function sendTestMessage(tools: TestTools, name: string, asked: AskedTest): Promise<TestOutcome> {
  const { database, temporal, sandbox } = tools;
  const builtIn = sandbox && name === SANDBOX_CARRIER;
  if (!builtIn && !(await findCarrier(database, name))) noCarrier(name);
  const range = await findNumberRange(database, asked.recipient);
  const recipient = readRecipient(asked.recipient, asked.method, { range });
  if (typeof recipient === 'string') throw invalid('recipient', recipient);
  const { number } = recipient;
  const { method, originator } = asked;
  await inTurn(name, async () => {
    const since = new Date(Date.now() - MINUTE_MS);
    if ((await countActs(database, ACTION, { carrier: name }, since)) >= MOST_PER_MINUTE) {
      throw new RefusedError('tooManyRequests', { retryAfterSeconds: MINUTE_MS / 1000 });
    }
    // Before the send: what nobody can tell of later must not happen.
    await leaveTrace(tools, ACTION, { carrier: name, method, originator, recipient: maskNumber(number) });
  });
  const trackingId = randomUUID();
  const workflowId = testMessageWorkflowId(trackingId);
  await temporal.withDeadline(Date.now() + WAIT_MS / 2, () =>
    temporal.workflow.start(TEST_MESSAGE_WORKFLOW, {
      workflowId,
      taskQueue: VERIFICATIONS_QUEUE,
      args: [name, { trackingId, recipient: number, originator, method }],
      workflowExecutionTimeout: '1m',
      staticSummary: `Test message through ${name}`,
    }),
  );
  return await outcomeOf(temporal, workflowId).finally(() => forget(temporal, workflowId));
}

async function outcomeOf(temporal: Client, workflowId: string): Promise<TestOutcome> {
  try {
    return await temporal.withDeadline(
      Date.now() + WAIT_MS,
      () => temporal.workflow.getHandle(workflowId).result() as Promise<TestOutcome>,
    );
  } catch (error) {
    const cause = error instanceof ServiceError ? error.cause : error;
    if (!isGrpcServiceError(cause) || cause.code !== DEADLINE_EXCEEDED) throw error;
    return { outcome: 'unknown', reason: `there was no answer within ${WAIT_MS / 1000} s` };
  }
}

/** Its history holds the number, if only as ciphertext; it goes as soon as Temporal lets it. Nobody waits, and nobody minds. */
function forget(temporal: Client, workflowId: string): void {
  const until = Date.now() + DELETE_WITHIN_MS;
  untilEnded(temporal, workflowId, until)
    .then(() => deleteExecutions(temporal, workflowId, until))
    .catch(() => undefined);
}
