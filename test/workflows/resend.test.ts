// Resends over an hour on the time-skipping server: five at most, each paid for; a refused one is none.
import { randomBytes, randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { topUp } from '../../admin/funds.ts';
import { parseKeyRing } from '../../secrets/key-ring.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { findVerification } from '../../store/verifications.ts';
import type { verificationWorkflow } from '../../workflows/index.ts';
import {
  cancellationSignal,
  resendSignal,
  saying,
  VERIFICATION_WORKFLOW,
  VERIFICATIONS_QUEUE,
} from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { addFundedAccount } from '../support/funded-account.ts';
import { expectExactLedger } from '../support/ledger.ts';
import { drawKey } from '../support/stack.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import { verificationInput } from '../support/verification-input.ts';

const PRICE = 9_000;
const ring = parseKeyRing(JSON.stringify({ keys: [drawKey('k1')] }));
let environment: TestWorkflowEnvironment;
let database: Database;
let server: TimeSkipping;

beforeAll(async () => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  server = await startTimeSkipping(database, ring);
  environment = server.environment;
});
afterAll(async () => {
  await server?.stop();
  await database?.close();
});

/** A verification of an hour on an account with so many prices in it. */
async function start(prices: number) {
  const accountId = await addFundedAccount(database, prices * PRICE);
  const { input } = verificationInput(ring, accountId, await environment.currentTimeMs(), { lifetimeInSeconds: 3_600 });
  const handle = await environment.client.workflow.start<typeof verificationWorkflow>(VERIFICATION_WORKFLOW, {
    taskQueue: VERIFICATIONS_QUEUE,
    workflowId: input.trackingId,
    args: [input],
  });
  const charges = (count: number) =>
    eventually(`${count} sends are charged`, async () => {
      const { timeline = [] } = (await findVerification(database, input.trackingId)) ?? {};
      return timeline.filter(({ event }) => event === 'charged').length === count;
    });
  await charges(1);
  /** Asks once more when the cool-down is over, and gives the verdict. */
  const resend = async () => {
    await environment.sleep(31_000);
    const attemptId = randomUUID();
    const receivedAt = await environment.currentTimeMs();
    await handle.signal(resendSignal, saying(resendSignal, { attemptId, method: 'sms', receivedAt }));
    return await eventually('its verdict', async () => {
      return (await findVerification(database, input.trackingId))?.verdicts[attemptId]?.verdict;
    });
  };
  const end = async () => {
    const cancellation = { attemptId: randomUUID(), receivedAt: await environment.currentTimeMs() };
    await handle.signal(cancellationSignal, saying(cancellationSignal, cancellation));
    return await handle.result();
  };
  return { accountId, resend, charges, end };
}

test('the sixth resend is one too many, and each of the five is paid for', async () => {
  const { accountId, resend, charges, end } = await start(10);
  for (let n = 1; n <= 5; n += 1) {
    expect(await resend()).toBe('resent');
    await charges(1 + n);
  }
  expect(await resend()).toBe('tooMany');
  expect(await end()).toMatchObject({ outcome: 'Cancelled', charged: 6 * PRICE });
  expect(await expectExactLedger(database, accountId)).toMatchObject({ available: 4 * PRICE, reserved: 0 });
}, 60_000);

test('resends refused for balance are none of the five, nor can they be paid for later', async () => {
  const { accountId, resend, charges, end } = await start(1);
  for (let n = 1; n <= 3; n += 1) expect(await resend()).toBe('insufficientBalance');
  await topUp({ database, actor: 'test' }, accountId, 9 * PRICE, 'more');
  for (let n = 1; n <= 5; n += 1) {
    expect(await resend()).toBe('resent');
    await charges(1 + n);
  }
  expect(await resend()).toBe('tooMany');
  expect(await end()).toMatchObject({ outcome: 'Cancelled', charged: 6 * PRICE });
  expect(await expectExactLedger(database, accountId)).toMatchObject({ available: 4 * PRICE, reserved: 0 });
}, 60_000);
