// Verifications whose workflow was terminated in Temporal: ended, settled by the carrier's word, told to application and operator.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VERIFICATIONS_QUEUE } from '../../workflows/messages.ts';
import { runFile } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { movementsOf } from '../support/ledger.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const TIMES_OUT_THEN_DELIVERED = '+12025550103';
const NEVER_KNOWN = '+12025550104';

let stack: Stack;
let receiver: Receiver;
let app: TestApplication;
/** Cut off before they ended; their lives are over. */
let delivered: string;
let deliveredLate: string;
let neverKnown: string;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await createStack();
  await Promise.all([stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host }), stack.startApi()]);
  app = await stack.addApplication({ callback: { url: receiver.url } });
  [delivered, deliveredLate, neverKnown] = await Promise.all([
    cutOff(),
    cutOff(TIMES_OUT_THEN_DELIVERED),
    cutOff(NEVER_KNOWN),
  ]);
});
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
});

let audits = 0;
const audit = () => {
  audits += 1;
  const options = { workflowId: `audit-${audits}`, taskQueue: VERIFICATIONS_QUEUE, args: [{ abandonedAfterMs: 0 }] };
  return stack.temporal.workflow.execute('ledgerAuditWorkflow', options);
};
const timelineOf = async (trackingId: string) => (await app.api.request('GET', `/2step/${trackingId}/timeline`)).body;
const statusOf = async (trackingId: string) => (await app.api.status(trackingId)).body.status;

/** A verification that lives a moment, cut off before it ends, once its life is over. */
async function cutOff(recipient?: string) {
  const trackingId = await app.api.open({ lifetimeInSeconds: 6, ...(recipient && { recipient }) });
  if (recipient !== NEVER_KNOWN) await app.api.delivered(trackingId, recipient);
  await stack.temporal.workflow.getHandle(trackingId).terminate('by a test');
  const { expiresAt } = (await app.api.status(trackingId)).body;
  await eventually('its life is over', async () => Date.now() > Date.parse(expiresAt));
  return trackingId;
}

describe('a verification whose workflow was terminated', () => {
  test('is ended as Expired with its reason, called back and told to the operator, once', async () => {
    const trackingId = delivered;
    expect(await statusOf(trackingId)).toBe('Pending');
    await audit();
    expect(await timelineOf(trackingId)).toMatchObject({
      status: 'Expired',
      why: 'its workflow was gone, terminated in Temporal or lost with its data',
    });
    await eventually('its callback', async () => (await timelineOf(trackingId)).callback === 'delivered');
    await audit();
    const told = receiver.received.filter(({ body }) => body.trackingId === trackingId);
    expect(told.map(({ body }) => body.status)).toEqual(['Expired']);
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
    const events = await runFile('admin/events-command.ts', [], stack.env);
    expect(events.stdout.split('\n').filter((line) => line.includes(trackingId))).toEqual([
      expect.stringMatching(/: Verification \S+ lost its workflow in Temporal and was ended as Expired$/),
    ]);
  });

  test('pays for a message that its carrier, asked afterwards, says it accepted', async () => {
    const trackingId = deliveredLate;
    await audit();
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
    const sentences = (await timelineOf(trackingId)).events.map(({ sentence }: { sentence: string }) => sentence);
    expect(sentences).toContain('Send 1 accepted by sandbox');
  });

  test('is paid back for a message whose carrier cannot tell, and that is listed for the operator', async () => {
    const trackingId = neverKnown;
    await audit();
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'release']);
    expect(await stack.database.events.findOne({ _id: `${trackingId}:unknownOutcome:1` })).toMatchObject({
      kind: 'unknownOutcome',
      carrier: 'sandbox',
      amount: 9_000,
    });
  });

  test('is left alone while its workflow runs, however late it is', async () => {
    const trackingId = await app.api.open();
    await app.api.happened(trackingId, 'charged');
    await stack.database.verifications.updateOne({ _id: trackingId }, { $set: { expiresAt: new Date(0) } });
    await audit();
    expect(await statusOf(trackingId)).toBe('Pending');
    expect((await app.api.confirm(trackingId, await app.api.code(trackingId))).body.status).toBe('Verified');
  });
});

test('a send that nobody learns the outcome of is listed for the operator when it is paid back', async () => {
  const trackingId = await app.api.open({ recipient: NEVER_KNOWN, lifetimeInSeconds: 4 });
  expect(await stack.temporal.workflow.getHandle(trackingId).result()).toMatchObject({
    outcome: 'Expired',
    charged: 0,
  });
  const { stdout } = await runFile('admin/events-command.ts', ['--days', '1'], stack.env);
  expect(stdout).toContain(`Send 1 of ${trackingId} by sandbox never had a known outcome`);
});
