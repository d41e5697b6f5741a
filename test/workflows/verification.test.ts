// The life of a verification on the time-skipping server: an hour passes in seconds. One result is awaited at a time.
import { randomBytes, randomUUID } from 'node:crypto';
import proto from '@temporalio/proto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { answerNumber } from '../../domain/answer.ts';
import { answerDigests } from '../../secrets/answer-digest.ts';
import { parseKeyRing } from '../../secrets/key-ring.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { findVerification } from '../../store/verifications.ts';
import type { verificationWorkflow } from '../../workflows/index.ts';
import {
  cancellationSignal,
  confirmationAttemptSignal,
  saying,
  VERIFICATION_WORKFLOW,
  VERIFICATIONS_QUEUE,
  type VerificationInput,
} from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { addFundedAccount } from '../support/funded-account.ts';
import { intercept, type Run } from '../support/intercept.ts';
import { expectExactLedger, ledgerOf } from '../support/ledger.ts';
import { drawKey } from '../support/stack.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import { verificationInput } from '../support/verification-input.ts';

const ring = parseKeyRing(JSON.stringify({ keys: [drawKey('k1')] }));
const HOUR = 3_600;
const { EventType } = proto.temporal.api.enums.v1;
const TIMER_CANCELED = EventType.EVENT_TYPE_TIMER_CANCELED;

let environment: TestWorkflowEnvironment;
let database: Database;
let server: TimeSkipping;
let accountId: string;

/** While true, the database refuses every later projection at once. */
let refusing = false;
const unlessRefusing = (_: unknown, run: Run) => (refusing ? Promise.reject(new Error('refused at once')) : run());

beforeAll(async () => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  const moody = { ...database, verifications: intercept(database.verifications, 'updateOne', unlessRefusing) };
  server = await startTimeSkipping(moody, ring);
  environment = server.environment;
});
afterAll(async () => {
  await server?.stop();
  await database?.close();
});
beforeEach(async () => {
  accountId = await addFundedAccount(database, 1_000_000);
});

/** Starts a verification by the server's clock. */
async function start(fields: Parameters<typeof verificationInput>[3]) {
  const { input, code } = verificationInput(ring, accountId, await environment.currentTimeMs(), fields);
  const handle = await environment.client.workflow.start<typeof verificationWorkflow>(VERIFICATION_WORKFLOW, {
    taskQueue: VERIFICATIONS_QUEUE,
    workflowId: input.trackingId,
    args: [input],
  });
  return { input, code, handle };
}

type Started = Awaited<ReturnType<typeof start>>;

const projected = (input: VerificationInput) => findVerification(database, input.trackingId);
/** Seconds from start to ending, as the workflow saw them: the server's own clock leaps once nothing is left to do. */
async function endedAfter({ input }: Started) {
  const { updatedAt, status } = (await projected(input)) ?? {};
  expect(status).not.toBe('Pending');
  return ((updatedAt?.getTime() ?? 0) - input.receivedAt) / 1000;
}
const kinds = async () => (await ledgerOf(database, accountId)).map((row) => row.kind).slice(1);
const messages = ({ input }: Started) => database.sandboxMessages.countDocuments({ trackingId: input.trackingId });

async function answer({ input, handle }: Started, text: string) {
  const digests = answerDigests(ring, input.trackingId, answerNumber(text, input.digits));
  const receivedAt = await environment.currentTimeMs();
  await handle.signal(
    confirmationAttemptSignal,
    saying(confirmationAttemptSignal, { attemptId: randomUUID(), digests, receivedAt }),
  );
}

const charged = (started: Started) =>
  eventually('the charge', async () => (await kinds()).includes('charge') && started);

describe('a verification with a lifetime of an hour', () => {
  test('expires when the hour is over, and not before', async () => {
    const started = await start({ lifetimeInSeconds: HOUR });
    await charged(started);
    await environment.sleep((HOUR - 60) * 1000);
    expect((await projected(started.input))?.status).toBe('Pending');
    const began = performance.now();
    expect(await started.handle.result()).toEqual({ outcome: 'Expired', timesTried: 0, charged: 9_000 });
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(await projected(started.input)).toMatchObject({ status: 'Expired', timesTried: 0 });
    expect(await endedAfter(started)).toBeGreaterThanOrEqual(HOUR);
    expect(await endedAfter(started)).toBeLessThan(HOUR + 60);
    expect(await kinds()).toEqual(['reserve', 'charge']);
    expect(await messages(started)).toBe(1);
  });

  test('that is confirmed after half of it ends there and then: the timer does not hold it', async () => {
    const started = await start({ lifetimeInSeconds: HOUR });
    await charged(started);
    await environment.sleep((HOUR / 2) * 1000);
    await answer(started, started.code);
    expect(await started.handle.result()).toMatchObject({ outcome: 'Verified', timesTried: 1 });
    expect(await projected(started.input)).toMatchObject({ status: 'Verified', timesTried: 1 });
    expect(await endedAfter(started)).toBeLessThan(HOUR / 2 + 60);
    const { events } = await started.handle.fetchHistory();
    expect(events?.filter(({ eventType }) => eventType === TIMER_CANCELED)).toHaveLength(1);
  });

  test('that is cancelled after a wrong answer is Cancelled, and stays so when the hour is over', async () => {
    const started = await start({ lifetimeInSeconds: HOUR });
    await charged(started);
    await answer(started, 'x');
    const receivedAt = await environment.currentTimeMs();
    await started.handle.signal(
      cancellationSignal,
      saying(cancellationSignal, { attemptId: randomUUID(), receivedAt }),
    );
    expect(await started.handle.result()).toMatchObject({ outcome: 'Cancelled', timesTried: 1 });
    await environment.sleep(2 * HOUR * 1000);
    expect(await projected(started.input)).toMatchObject({ status: 'Cancelled', timesTried: 1 });
  });

  test('tells an answer of the second after it that it came too late, and counts no try', async () => {
    const started = await start({ lifetimeInSeconds: HOUR });
    await charged(started);
    await environment.sleep((HOUR + 1) * 1000);
    await answer(started, started.code).catch(() => 'closed already');
    expect(await started.handle.result()).toMatchObject({ outcome: 'Expired', timesTried: 0 });
  });
});

test('a verdict that the database refuses at once for a while goes on as an ordinary activity, and is not lost', async () => {
  const started = await start({ lifetimeInSeconds: HOUR });
  await charged(started);
  refusing = true;
  try {
    await answer(started, started.code);
    await eventually('an ordinary activity', async () => {
      const { events } = await started.handle.fetchHistory();
      return events?.some((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'project');
    });
  } finally {
    refusing = false;
  }
  expect(await started.handle.result()).toMatchObject({ outcome: 'Verified', timesTried: 1 });
  expect(await projected(started.input)).toMatchObject({ status: 'Verified', timesTried: 1 });
});

describe('a send', () => {
  test('refused twice is repeated, leaves one message and one charge', async () => {
    const started = await start({ recipient: '+12025550101', lifetimeInSeconds: HOUR });
    await charged(started);
    await answer(started, started.code);
    expect(await started.handle.result()).toMatchObject({ outcome: 'Verified', charged: 9_000 });
    expect(await messages(started)).toBe(1);
    expect(await kinds()).toEqual(['reserve', 'charge']);
  });

  test('refused for good ends the verification as Failed long before its hour is over, and the money is back', async () => {
    const started = await start({ recipient: '+12025550100', lifetimeInSeconds: HOUR });
    expect(await started.handle.result()).toEqual({ outcome: 'Failed', timesTried: 0, charged: 0 });
    expect(await endedAfter(started)).toBeLessThan(60);
    expect(await kinds()).toEqual(['reserve', 'release']);
  });

  test('whose outcome nobody ever learns is paid back at the end of the hour, not before', async () => {
    const started = await start({ recipient: '+12025550104', lifetimeInSeconds: HOUR });
    await environment.sleep((HOUR / 2) * 1000);
    expect(await kinds()).toEqual(['reserve']);
    expect(await started.handle.result()).toEqual({ outcome: 'Expired', timesTried: 0, charged: 0 });
    expect(await endedAfter(started)).toBeGreaterThanOrEqual(HOUR);
    expect((await projected(started.input))?.sends).toMatchObject([{ n: 1, outcome: { kind: 'unknown' } }]);
    expect(await kinds()).toEqual(['reserve', 'release']);
    expect(await expectExactLedger(database, accountId)).toMatchObject({ available: 1_000_000, reserved: 0 });
  });

  test('whose outcome nobody learns is charged by a right answer, which proves that it arrived', async () => {
    const started = await start({ recipient: '+12025550104', lifetimeInSeconds: HOUR });
    await environment.sleep((HOUR / 2) * 1000);
    await answer(started, started.code);
    expect(await started.handle.result()).toMatchObject({ outcome: 'Verified', timesTried: 1, charged: 9_000 });
    expect(await kinds()).toEqual(['reserve', 'charge']);
  });
});
