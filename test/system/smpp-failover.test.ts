// A route that begins at an SMSC and goes on elsewhere, over HTTP: when the next carrier is asked, and what phones and ledger see.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { bound, PASSWORD } from '../support/smpp-carrier.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const WAIT_SECONDS = 6;

let smsc: Smsc;
let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let app: TestApplication;

beforeAll(async () => {
  [smsc, stack] = await Promise.all([startSmsc({}, () => {}), createStack()]);
  admin = await startAdmin(stack);
  [chief] = await Promise.all([admin.operator(), stack.startWorker(), stack.startApi()]);
  app = await stack.addApplication();
  const settings = {
    host: smsc.host,
    port: smsc.port,
    systemId: 'twostep',
    reconnectMaxSeconds: 1,
    enquireLinkSeconds: 1,
  };
  await chief.get('PUT', '/admin/carriers/acme', { type: 'smpp', settings, secrets: { password: PASSWORD } });
  await chief.get('PUT', '/admin/carriers/second', { type: 'sandbox' });
  const steps = [
    { carrier: 'acme', method: 'sms', waitForReceiptSeconds: WAIT_SECONDS },
    { carrier: 'second', method: 'sms' },
  ];
  await chief.get('PUT', '/admin/routes/all/everywhere', { steps });
});
beforeEach(async () => {
  await smsc.reset();
  await bound(smsc);
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
  await smsc?.stop();
});

const verification = async (trackingId: string) =>
  (await stack.database.verifications.findOne({ _id: trackingId })) ?? { sends: [], timeline: [] };
const told = (trackingId: string, event: string) =>
  eventually(`it tells ${event}`, async () =>
    (await verification(trackingId)).timeline.find((each) => each.event === event),
  );
/** What the phone has by now: from the SMSC, and from the carrier after it. */
const onPhone = async (trackingId: string) => [
  (await smsc.submits()).filter(({ accepted }) => accepted).length,
  await stack.database.sandboxMessages.countDocuments({ trackingId }),
];
const closed = async (trackingId: string) => {
  await stack.temporal.workflow.getHandle(trackingId).result();
  await expectExactLedger(stack.database, app.accountId);
  return await movementsOf(stack.database, app.accountId, trackingId);
};

test('an answer lost after the SMSC accepted causes no second message within the wait, and one after it', async () => {
  await smsc.set({ drop: 'afterAccept', receipts: false });
  const trackingId = await app.api.open();
  const unknown = await told(trackingId, 'unknown');
  expect(await onPhone(trackingId)).toEqual([1, 0]);
  const next = await told(trackingId, 'nextStep');
  expect(next.at - unknown.at).toBeGreaterThanOrEqual(WAIT_SECONDS * 1000);
  expect(next).toMatchObject({ carrier: 'second', reason: `its outcome was not known within ${WAIT_SECONDS} s` });
  await app.api.confirm(trackingId, await app.api.code(trackingId));
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
  expect(await onPhone(trackingId)).toEqual([1, 1]);
});

test('a message that its receipt says delivered goes nowhere else', async () => {
  const trackingId = await app.api.open();
  expect(await told(trackingId, 'receipt')).toMatchObject({ carrier: 'acme', state: 'delivered' });
  const before = Date.now();
  await eventually('the wait would be over', async () => Date.now() > before + (WAIT_SECONDS + 1) * 1000, 20_000);
  expect(await onPhone(trackingId)).toEqual([1, 0]);
  await app.api.cancel(trackingId);
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
});

test('a message that its receipt says undelivered goes through the next carrier at once, and is paid for once', async () => {
  await smsc.set({ receiptStates: 'UNDELIV', receiptError: '001' });
  const trackingId = await app.api.open();
  const receipt = await told(trackingId, 'receipt');
  expect(receipt).toMatchObject({ state: 'undelivered', reason: expect.stringContaining('001') });
  const next = await told(trackingId, 'nextStep');
  expect(next.at - receipt.at).toBeLessThan(WAIT_SECONDS * 1000);
  await app.api.confirm(trackingId, await app.api.code(trackingId));
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
});

test('a number that the SMSC refuses goes through the next carrier at once', async () => {
  await smsc.set({ status: 0x0b });
  const trackingId = await app.api.open();
  expect(await told(trackingId, 'notAccepted')).toMatchObject({ carrier: 'acme' });
  await app.api.confirm(trackingId, await app.api.code(trackingId));
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
  expect(await onPhone(trackingId)).toEqual([0, 1]);
});

test('an SMSC killed over its answer causes no second message within the wait; gone, it costs nobody the code', async () => {
  await smsc.set({ respondAfterMs: 5_000, receipts: false });
  const trackingId = await app.api.open();
  await eventually('the SMSC has accepted', async () => (await smsc.submits()).some(({ accepted }) => accepted));
  await smsc.stop();
  const unknown = await told(trackingId, 'unknown');
  const next = await told(trackingId, 'nextStep');
  expect(next.at - unknown.at).toBeGreaterThanOrEqual(WAIT_SECONDS * 1000);
  await app.api.confirm(trackingId, await app.api.code(trackingId));
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);

  const later = await app.api.open();
  expect((await app.api.confirm(later, await app.api.code(later))).status).toBe(200);
  expect((await verification(later)).sends).toMatchObject([
    { carrier: 'acme', outcome: { kind: 'notAccepted' } },
    { carrier: 'second', outcome: { kind: 'accepted' } },
  ]);
  expect(await closed(later)).toEqual(['reserve', 'charge']);
});
