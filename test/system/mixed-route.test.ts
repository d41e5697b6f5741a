// A route over three kinds of way, each real but for the phone: an SMSC, then Twilio by SMS, then Twilio by a call.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTwilio, type TwilioMock } from '../carriers/twilio-mock.ts';
import { startAdmin, type TestAdmin } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { bound, PASSWORD } from '../support/smpp-carrier.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';
import { CALLER } from '../support/twilio-carrier.ts';

const WAIT_SECONDS = 3;

let smsc: Smsc;
let stack: Stack;
let admin: TestAdmin;
let twilio: TwilioMock;
let app: TestApplication;

beforeAll(async () => {
  [smsc, stack, twilio] = await Promise.all([startSmsc({}, () => {}), createStack(), startTwilio()]);
  admin = await startAdmin(stack);
  const env = { PUBLIC_URL: stack.apiUrl };
  const [chief] = await Promise.all([admin.operator(), stack.startWorker(env), stack.startApi(env)]);
  app = await stack.addApplication();
  const put = (path: string, body: object) => chief.get('PUT', path, body);
  const { host, port } = smsc;
  await put('/admin/carriers/acme', {
    type: 'smpp',
    settings: { host, port, systemId: 'twostep' },
    secrets: { password: PASSWORD },
  });
  await put('/admin/carriers/twilio', {
    type: 'twilio',
    settings: { accountSid: twilio.accountSid, baseUrl: twilio.url, callerId: CALLER },
    secrets: { authToken: twilio.authToken },
  });
  await put('/admin/routes/all/everywhere', {
    steps: [
      { carrier: 'acme', method: 'sms', waitForReceiptSeconds: WAIT_SECONDS },
      { carrier: 'twilio', method: 'sms', waitForReceiptSeconds: 60 },
      { carrier: 'twilio', method: 'voice' },
    ],
  });
  await bound(smsc);
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
  await Promise.all([smsc?.stop(), twilio?.stop()]);
});

const timelineOf = async (trackingId: string) =>
  (await stack.database.verifications.findOne({ _id: trackingId }))?.timeline ?? [];
const made = (kind: 'message' | 'call') =>
  eventually(`Twilio's ${kind}`, async () => twilio.made.find((each) => each.kind === kind));

test('a message no SMSC reports on goes on by Twilio, and one that is not delivered by a call, whose code verifies', async () => {
  await smsc.set({ receipts: false });
  const trackingId = await app.api.open();

  const sms = await made('message');
  await eventually('the acceptance', async () =>
    (await timelineOf(trackingId)).some((each) => each.event === 'accepted' && each.carrier === 'twilio'),
  );
  expect(await twilio.report(sms.sid, { MessageStatus: 'undelivered', ErrorCode: '30003' })).toMatchObject({
    status: 200,
  });
  const call = await made('call');
  const heard = await eventually('the call is known', async () => {
    const verbs = await twilio.press(call.sid);
    return JSON.stringify(verbs);
  });
  const code = /\d(?:, \d){5}/.exec(heard)?.[0].replaceAll(', ', '') ?? '';
  expect(sms.form.get('Body')).toContain(code);
  const { body } = await app.api.confirm(trackingId, code);
  expect(body.status).toBe('Verified');
  await twilio.report(call.sid, { CallStatus: 'completed', CallDuration: '21' });

  await stack.temporal.workflow.getHandle(trackingId).result();
  await expectExactLedger(stack.database, app.accountId);
  // Two SMS are one send to the customer; the call is another.
  expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual([
    'reserve',
    'charge',
    'reserve',
    'charge',
  ]);
  expect((await smsc.submits()).filter(({ accepted }) => accepted)).toHaveLength(1);
  expect(twilio.made).toHaveLength(2);
  // The SMS did not arrive, and for calls Twilio takes no feedback.
  expect(twilio.confirmed).toEqual([]);
  expect(twilio.asked.flatMap(({ problems }) => problems)).toEqual([]);

  const steps = (await timelineOf(trackingId)).filter(({ event }) => ['nextStep', 'receipt'].includes(event));
  expect(steps).toMatchObject([
    { event: 'nextStep', carrier: 'twilio', reason: `no receipt came within ${WAIT_SECONDS} s` },
    { event: 'receipt', carrier: 'twilio', state: 'undelivered' },
    { event: 'nextStep', carrier: 'twilio', method: 'voice' },
    { event: 'receipt', carrier: 'twilio', state: 'delivered' },
  ]);
});
