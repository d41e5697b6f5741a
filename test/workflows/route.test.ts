// When a send goes on to the next carrier, and when it does not, on the time-skipping server. One result is awaited at a time.
import { randomBytes, randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { answerNumber } from '../../domain/answer.ts';
import type { RouteStep } from '../../domain/route.ts';
import type { TimelineEvent } from '../../domain/timeline.ts';
import { answerDigests } from '../../secrets/answer-digest.ts';
import { parseKeyRing } from '../../secrets/key-ring.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { findVerification } from '../../store/verifications.ts';
import type { verificationWorkflow } from '../../workflows/index.ts';
import {
  confirmationAttemptSignal,
  deliveryReportSignal,
  resendSignal,
  VERIFICATION_WORKFLOW,
  VERIFICATIONS_QUEUE,
  type VerificationInput,
} from '../../workflows/messages.ts';
import { eventually } from '../support/eventually.ts';
import { addFundedAccount } from '../support/funded-account.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { messageIdOf, type Outcome, scriptedCarrier } from '../support/scripted-carrier.ts';
import { drawKey } from '../support/stack.ts';
import { startTimeSkipping, type TimeSkipping } from '../support/time-skipping.ts';
import { verificationInput } from '../support/verification-input.ts';

const SMS = 9_000;
const VOICE = 40_000;
const ring = parseKeyRing(JSON.stringify({ keys: [drawKey('k1')] }));
const outcomes = new Map<string, Outcome>();
const carriers = ['first', 'second'].map((name) =>
  scriptedCarrier(name, (trackingId) => ({ outcome: outcomes.get(`${trackingId}:${name}`) ?? 'accepted' })),
);
let environment: TestWorkflowEnvironment;
let database: Database;
let server: TimeSkipping;

beforeAll(async () => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  server = await startTimeSkipping(database, ring, [], carriers);
  environment = server.environment;
});
afterAll(async () => {
  await server?.stop();
  await database?.close();
});

interface Asked {
  readonly route: readonly RouteStep[];
  readonly first?: Outcome;
  readonly second?: Outcome;
  readonly balance?: number;
  readonly fields?: Partial<VerificationInput> & { lifetimeInSeconds?: number };
}

async function start({ route, first, second, balance = 1_000_000, fields = {} }: Asked) {
  const accountId = await addFundedAccount(database, balance);
  const { input, code } = verificationInput(ring, accountId, await environment.currentTimeMs(), {
    routes: { sms: route },
    unitPrices: { sms: SMS, voice: VOICE },
    ...fields,
  });
  const { trackingId } = input;
  if (first) outcomes.set(`${trackingId}:first`, first);
  if (second) outcomes.set(`${trackingId}:second`, second);
  const handle = await environment.client.workflow.start<typeof verificationWorkflow>(VERIFICATION_WORKFLOW, {
    taskQueue: VERIFICATIONS_QUEUE,
    workflowId: trackingId,
    args: [input],
  });
  const shown = async () => (await findVerification(database, trackingId)) ?? { sends: [], timeline: [] };
  const told = (event: TimelineEvent['event']) =>
    eventually(`it tells ${event}`, async () => (await shown()).timeline.find((each) => each.event === event));
  const answer = async () => {
    const digests = answerDigests(ring, trackingId, answerNumber(code, input.digits));
    const receivedAt = await environment.currentTimeMs();
    await handle.signal(confirmationAttemptSignal, { attemptId: randomUUID(), digests, receivedAt });
  };
  return { accountId, trackingId, handle, shown, told, answer };
}

const at = (timeline: readonly TimelineEvent[], event: TimelineEvent['event']) =>
  timeline.find((each) => each.event === event)?.at ?? 0;
const through = (carrier: string, more: Partial<RouteStep> = {}): RouteStep => ({ carrier, method: 'sms', ...more });
const silent = [through('first', { waitForReceiptSeconds: 45 }), through('second')];

describe('a carrier that accepts and keeps silent', () => {
  test('is followed by the next after its wait, and not before', async () => {
    const { handle, shown, told } = await start({ route: silent });
    await told('charged');
    await environment.sleep(40_000);
    expect((await shown()).sends).toHaveLength(1);
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    const { sends, timeline } = await shown();
    expect(sends).toMatchObject([{ carrier: 'first' }, { carrier: 'second', step: 2, n: 1 }]);
    const wait = at(timeline, 'nextStep') - at(timeline, 'accepted');
    expect(wait).toBeGreaterThanOrEqual(45_000);
    expect(wait).toBeLessThan(60_000);
    expect(timeline.find(({ event }) => event === 'nextStep')).toMatchObject({ reason: 'no receipt came within 45 s' });
  });

  test('is not followed when the right answer comes first', async () => {
    const { handle, shown, told, answer, trackingId } = await start({ route: silent });
    await told('charged');
    await environment.sleep(30_000);
    await answer();
    expect(await handle.result()).toMatchObject({ outcome: 'Verified', charged: SMS });
    await environment.sleep(60_000);
    expect((await shown()).sends).toHaveLength(1);
    expect(carriers[1]?.attempts.has(`${trackingId}:send:1.2`)).toBe(false);
  });

  test('is followed at once when its receipt says undelivered, and its message stays charged', async () => {
    const { handle, shown, told, trackingId, accountId } = await start({
      route: [through('first'), through('second')],
    });
    await told('charged');
    const messageId = messageIdOf('first', `${trackingId}:send:1`);
    const report = {
      n: 1,
      step: 1,
      carrier: 'first',
      messageId,
      state: 'undelivered',
      reason: 'EXPIRED',
      at: 0,
    } as const;
    await handle.signal(deliveryReportSignal, report);
    await told('nextStep');
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    expect((await shown()).sends).toHaveLength(2);
    expect(await movementsOf(database, accountId, trackingId)).toEqual(['reserve', 'charge']);
  });
});

describe('a carrier whose answer is lost', () => {
  test('is not followed before its wait of 30 s, and the timeline says so', async () => {
    const { handle, shown } = await start({ route: [through('first'), through('second')], first: 'unknown' });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    const { timeline, sends } = await shown();
    expect(sends).toMatchObject([{ outcome: { kind: 'unknown' } }, { outcome: { kind: 'accepted' } }]);
    expect(at(timeline, 'nextStep') - at(timeline, 'unknown')).toBeGreaterThanOrEqual(30_000);
    expect(timeline.find(({ event }) => event === 'nextStep')).toMatchObject({
      reason: 'its outcome was not known within 30 s',
    });
  });
});

test('a doubt that ends in an acceptance while it is waited out is no reason to go on', async () => {
  const route = [through('first'), through('second')];
  const { handle, shown, told, trackingId } = await start({ route, first: 'unknown' });
  await told('unknown');
  const late = { n: 1, step: 1, carrier: 'first', messageId: 'm', state: 'underway', at: 0 } as const;
  await handle.signal(deliveryReportSignal, late);
  expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
  expect((await shown()).sends).toHaveLength(1);
  expect(carriers[1]?.attempts.has(`${trackingId}:send:1.2`)).toBe(false);
});

test('a message that waits for its receipt goes nowhere else once a resend was delivered', async () => {
  const route = [through('first', { waitForReceiptSeconds: 60 }), through('second', { method: 'voice' })];
  const { handle, shown, told } = await start({ route });
  await told('charged');
  await environment.sleep(35_000);
  const receivedAt = await environment.currentTimeMs();
  await handle.signal(resendSignal, { attemptId: randomUUID(), method: 'sms', receivedAt });
  await told('resent');
  await eventually('both are charged', async () => {
    return (await shown()).timeline.filter(({ event }) => event === 'charged').length === 2;
  });
  await handle.signal(deliveryReportSignal, { n: 2, step: 1, carrier: 'first', state: 'delivered', at: 0 });
  expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: 2 * SMS });
  expect((await shown()).sends.map(({ method }) => method)).toEqual(['sms', 'sms']);
});

describe('the next carrier', () => {
  test('is not asked with less than 15 s of life left', async () => {
    const fields = { lifetimeInSeconds: 50 };
    const { handle, shown } = await start({ route: silent, fields });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    const { sends, timeline } = await shown();
    expect(sends).toHaveLength(1);
    expect(timeline.find(({ event }) => event === 'noNextStep')).toMatchObject({
      reason: 'no receipt came within 45 s, but too little life is left',
    });
  });

  test('takes over after 10 s from one that no worker sends for', async () => {
    const { handle, shown } = await start({ route: [through('nobody'), through('second')] });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    expect((await shown()).sends).toMatchObject([
      { carrier: 'nobody', outcome: { kind: 'notSent', reason: 'its carrier took nothing up in time' } },
      { carrier: 'second', outcome: { kind: 'accepted' } },
    ]);
  });

  test('by voice is another send at its own price, and the refused one is given back', async () => {
    const route = [through('first'), through('second', { method: 'voice' })];
    const { handle, shown, accountId, trackingId } = await start({ route, first: 'rejected' });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: VOICE });
    expect((await shown()).sends).toMatchObject([
      { n: 1, method: 'sms' },
      { n: 2, method: 'voice' },
    ]);
    const movements = await movementsOf(database, accountId, trackingId);
    expect(movements.sort()).toEqual(['charge', 'release', 'reserve', 'reserve']);
    await expectExactLedger(database, accountId);
  });

  test('by voice is left out where the balance does not suffice, and the timeline says why', async () => {
    const route = [through('first', { waitForReceiptSeconds: 20 }), through('second', { method: 'voice' })];
    const { handle, shown, accountId } = await start({ route, balance: SMS + VOICE - 1 });
    expect(await handle.result()).toMatchObject({ outcome: 'Expired', charged: SMS });
    const { sends, timeline } = await shown();
    expect(sends).toHaveLength(1);
    expect(timeline.find(({ event }) => event === 'noNextStep')).toMatchObject({
      method: 'voice',
      reason: 'the balance did not suffice',
    });
    await expectExactLedger(database, accountId);
  });

  test('replaces the originator where the route says so', async () => {
    const originator = '12025550000';
    const { handle, trackingId } = await start({ route: [through('first', { originator })] });
    await handle.result();
    expect(carriers[0]?.originators.get(`${trackingId}:send:1`)).toBe(originator);
  });
});

test('carriers that all refuse fail the verification at once, and its price comes back once', async () => {
  const route = [through('first'), through('second')];
  const { handle, accountId, trackingId } = await start({ route, first: 'rejected', second: 'rejected' });
  expect(await handle.result()).toMatchObject({ outcome: 'Failed', charged: 0 });
  expect(await movementsOf(database, accountId, trackingId)).toEqual(['reserve', 'release']);
});

test('a report on a send of another carrier, or on none, changes nothing', async () => {
  const { handle, shown, told } = await start({ route: silent });
  await told('charged');
  const forged = { n: 1, step: 1, carrier: 'second', state: 'undelivered', at: 0 } as const;
  await handle.signal(deliveryReportSignal, forged);
  await handle.signal(deliveryReportSignal, { ...forged, carrier: 'first', step: 7 });
  await handle.signal(deliveryReportSignal, null as never);
  await environment.sleep(10_000);
  expect((await shown()).sends).toHaveLength(1);
  expect((await shown()).timeline.filter(({ event }) => event === 'receipt')).toEqual([]);
  await handle.terminate();
});
