// Verifications by Twilio through the real API and worker: its signed reports, calls as a person hears them, and sends whose answer
// was lost, found again without a second message.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Made, signed } from '../carriers/twilio/callbacks.ts';
import { startTwilio, type TwilioMock } from '../carriers/twilio/mock.ts';
import { codeHeard, heard, readTwiml } from '../carriers/twilio/twiml.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const PRESS = 'Πατήστε οποιοδήποτε πλήκτρο για να ακούσετε τον κωδικό σας.';
const AGAIN = 'Πατήστε οποιοδήποτε πλήκτρο για να τον ακούσετε ξανά.';

let twilio: TwilioMock;
let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let app: TestApplication;

beforeAll(async () => {
  [twilio, stack] = await Promise.all([startTwilio(), createStack()]);
  admin = await startAdmin(stack);
  const env = { PUBLIC_URL: stack.apiUrl };
  [chief] = await Promise.all([admin.operator(), stack.startWorker(env), stack.startApi(env)]);
  const translations = { GR: { voice: { text: 'Ο κωδικός σας είναι @@pin.', language: 'el' } } };
  app = await stack.addApplication({ settings: { translations } });
  const { accountSid, authToken, url: baseUrl } = twilio;
  const settings = { accountSid, baseUrl, callerId: '+12025550123', responseTimeoutSeconds: 3 };
  await chief.get('PUT', '/admin/carriers/twilio', { type: 'twilio', settings, secrets: { authToken } });
  const steps = [
    { carrier: 'twilio', method: 'sms', waitForReceiptSeconds: 60 },
    { carrier: 'twilio', method: 'voice' },
  ];
  await chief.get('PUT', '/admin/routes/all/everywhere', { steps });
});
afterAll(async () => {
  expect(twilio.asked.flatMap(({ problems }) => problems)).toEqual([]);
  await admin?.close();
  await stack?.stop();
  await twilio?.stop();
});

let recipients = 0;
/** A number for each test: what went to another is none of its business. */
const newRecipient = () => `+3069485309${String(10 + recipients++)}`;
const madeFor = (recipient: string, kind: Made['kind']) =>
  twilio.made.filter((each) => each.kind === kind && each.form.get('To') === recipient);
const made = (recipient: string, kind: Made['kind']) =>
  eventually(`a ${kind} to the number`, async () => madeFor(recipient, kind).at(-1));
/** A look-up says that nothing left once it was quiet for 15 s. */
const LONGEST_DOUBT_MS = 90_000;
const told = (trackingId: string, event: string, state?: string) =>
  eventually(
    `it tells ${event} ${state ?? ''}`,
    async () => {
      const found = await stack.database.verifications.findOne({ _id: trackingId });
      return found?.timeline.find(
        (each) => each.event === event && (state === undefined || ('state' in each && each.state === state)),
      );
    },
    LONGEST_DOUBT_MS,
  );
const codeIn = ({ form }: Made) => /\d{6}/.exec(form.get('Body') ?? '')?.[0] ?? '';
const verify = async (trackingId: string, code: string) =>
  expect((await app.api.confirm(trackingId, code)).body.status).toBe('Verified');
const closed = async (trackingId: string) => {
  await stack.temporal.workflow.getHandle(trackingId).result();
  await expectExactLedger(stack.database, app.accountId);
  return await movementsOf(stack.database, app.accountId, trackingId);
};

test('an SMS that its signed reports say delivered goes nowhere else; its code verifies, and Twilio is told', async () => {
  const recipient = newRecipient();
  const trackingId = await app.api.open({ recipient });
  const sms = await made(recipient, 'message');
  for (const MessageStatus of ['sent', 'delivered', 'delivered']) {
    expect((await twilio.report(sms.sid, { MessageStatus }))?.status).toBe(200);
  }
  expect(await told(trackingId, 'receipt', 'delivered')).toMatchObject({ carrier: 'twilio' });
  await verify(trackingId, codeIn(sms));
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
  expect(twilio.confirmed).toEqual([sms.sid]);
  expect(madeFor(recipient, 'call')).toEqual([]);
});

test('a report that Twilio did not sign, or signed for another send, is 401 and changes nothing', async () => {
  const recipient = newRecipient();
  const trackingId = await app.api.open({ recipient });
  const sms = await made(recipient, 'message');
  const url = sms.form.get('StatusCallback') ?? '';
  const body = new URLSearchParams({ MessageSid: sms.sid, MessageStatus: 'failed', ErrorCode: '30003' });
  const others = url.replace(trackingId, '00000000-0000-4000-8000-000000000000');
  const forged: Record<string, string>[] = [
    {},
    { 'X-Twilio-Signature': signed('guessed', url, body) },
    { 'X-Twilio-Signature': signed(twilio.authToken, others, body) },
  ];
  for (const headers of forged) {
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401);
  }
  await twilio.report(sms.sid, { MessageStatus: 'delivered' });
  expect(await told(trackingId, 'receipt')).toMatchObject({ state: 'delivered' });
  await app.api.cancel(trackingId);
  await closed(trackingId);
  expect(madeFor(recipient, 'call')).toEqual([]);
});

test('an SMS that did not arrive is followed by a call, and what is heard after a key verifies; each is paid for', async () => {
  const recipient = newRecipient();
  const trackingId = await app.api.open({ recipient });
  const sms = await made(recipient, 'message');
  await twilio.report(sms.sid, { MessageStatus: 'undelivered', ErrorCode: '30003' });
  const call = await made(recipient, 'call');
  expect(await told(trackingId, 'receipt', 'undelivered')).toMatchObject({ reason: '30003' });
  await verify(trackingId, codeHeard(await twilio.press(call.sid)));
  await twilio.report(call.sid, { CallStatus: 'completed' });
  expect(await closed(trackingId)).toEqual(['reserve', 'charge', 'reserve', 'charge']);
});

test('a call says the code in Greek, twice, after a key, and again after another; a key is its receipt, whatever comes after', async () => {
  const recipient = newRecipient();
  const trackingId = await app.api.open({ recipient, method: 'voice' });
  const call = await made(recipient, 'call');
  expect(String(call.form)).not.toMatch(/\d%2C\+\d/);
  await twilio.report(call.sid, { CallStatus: 'initiated' });
  expect(heard(await twilio.answer(call.sid))).toEqual([PRESS, PRESS]);
  const first = await twilio.press(call.sid, '7');
  const code = codeHeard(first);
  const words = `Ο κωδικός σας είναι ${Array.from(code).join(', ')}.`;
  expect(heard(first)).toEqual([words, words, AGAIN]);
  expect(heard(await twilio.press(call.sid, '#'))).toEqual([words, words, AGAIN]);
  await twilio.report(call.sid, { CallStatus: 'completed', CallDuration: '31' });
  expect(await told(trackingId, 'receipt', 'delivered')).toMatchObject({ carrier: 'twilio' });
  await verify(trackingId, code);
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
  expect(madeFor(recipient, 'call')).toHaveLength(1);
  // Of calls Twilio does not want to know.
  const { timeline } = (await stack.database.verifications.findOne({ _id: trackingId })) ?? expect.unreachable();
  expect(timeline.map(({ event }) => event).filter((event) => event.startsWith('carrier'))).toEqual([]);
});

test('a call is hung up, with nothing of the code, once its verification is over or was heard five times', async () => {
  const hangsUp = readTwiml('<Response><Hangup/></Response>');
  const recipient = newRecipient();
  const cancelled = await app.api.open({ recipient, method: 'voice' });
  const call = await made(recipient, 'call');
  await app.api.cancel(cancelled);
  expect(await twilio.press(call.sid)).toEqual(hangsUp);
  const patient = newRecipient();
  const trackingId = await app.api.open({ recipient: patient, method: 'voice' });
  const long = await made(patient, 'call');
  // The fifth time nothing more is offered.
  for (let time = 1; time <= 5; time += 1) {
    expect(heard(await twilio.press(long.sid))).toHaveLength(time < 5 ? 3 : 2);
  }
  await app.api.cancel(trackingId);
});

test('a key that Twilio did not sign is 401: nobody hears the code', async () => {
  const recipient = newRecipient();
  const trackingId = await app.api.open({ recipient, method: 'voice' });
  const call = await made(recipient, 'call');
  const action = readTwiml(call.form.get('Twiml') ?? '')[0]?.attributes.action ?? '';
  const body = new URLSearchParams({ CallSid: call.sid, Digits: '1' });
  for (const headers of [{}, { 'X-Twilio-Signature': signed('guessed', action, body) }] as Record<string, string>[]) {
    const got = await fetch(action, { method: 'POST', headers, body });
    expect([got.status, await got.text()]).toEqual([401, expect.not.stringMatching(/\d, \d/)]);
  }
  await app.api.cancel(trackingId);
});

test('an SMS whose answer was lost is found by what Twilio has, and not sent again', async () => {
  const recipient = newRecipient();
  twilio.does('loseAnswer');
  const trackingId = await app.api.open({ recipient });
  expect(await told(trackingId, 'accepted')).toMatchObject({ carrier: 'twilio' });
  expect(madeFor(recipient, 'message')).toHaveLength(1);
  const [sms] = madeFor(recipient, 'message');
  await twilio.report(sms?.sid ?? '', { MessageStatus: 'delivered' });
  expect(await told(trackingId, 'receipt', 'delivered')).toBeDefined();
  await verify(trackingId, codeIn(sms ?? expect.unreachable()));
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
  expect(twilio.confirmed.at(-1)).toBe(sms?.sid);
});

test('a call whose answer was lost is found by its first report', async () => {
  const recipient = newRecipient();
  twilio.does('loseAnswer');
  const trackingId = await app.api.open({ recipient, method: 'voice' });
  const call = await made(recipient, 'call');
  expect((await twilio.report(call.sid, { CallStatus: 'initiated' }))?.status).toBe(200);
  expect(await told(trackingId, 'accepted')).toMatchObject({ carrier: 'twilio' });
  expect(madeFor(recipient, 'call')).toHaveLength(1);
  await app.api.cancel(trackingId);
});

test('an SMS that never reached Twilio is sent again, once that is certain, and another’s of the same text is not taken for it', async () => {
  const recipient = newRecipient();
  const text = 'The code is 123456, for @@pin';
  const first = await app.api.open({ recipient, template: text });
  await told(first, 'accepted');
  twilio.does('swallow');
  const second = await app.api.open({ recipient, template: text });
  expect(await told(second, 'accepted')).toMatchObject({ carrier: 'twilio' });
  const messages = madeFor(recipient, 'message');
  expect(messages).toHaveLength(2);
  await verify(second, /for (\d{6})/.exec(messages[1]?.form.get('Body') ?? '')?.[1] ?? '');
  await app.api.cancel(first);
  expect(await closed(second)).toEqual(['reserve', 'charge']);
  expect(await closed(first)).toEqual(['reserve', 'charge']);
});
