// Verifications by Vonage through the real API and worker: its signed receipts, calls as a person hears them, and the way from an
// SMS that did not arrive to a call.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { account, accountSecrets, givenSettings } from '../carriers/vonage-account.ts';
import { startVonageMock, type VonageMock } from '../carriers/vonage-mock.ts';
import type { PlacedCall } from '../carriers/vonage-mock-calls.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const PRESS = 'Πατήστε οποιοδήποτε πλήκτρο για να ακούσετε τον κωδικό σας.';
const AGAIN = 'Πατήστε οποιοδήποτε πλήκτρο για να τον ακούσετε ξανά.';
let vonage: VonageMock;
let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let app: TestApplication;

beforeAll(async () => {
  [vonage, stack] = await Promise.all([startVonageMock({ smsSignature: 'sha256' }), createStack()]);
  admin = await startAdmin(stack);
  const env = { PUBLIC_URL: stack.apiUrl };
  [chief] = await Promise.all([admin.operator(), stack.startWorker(env), stack.startApi(env)]);
  const translations = { GR: { voice: { text: 'Ο κωδικός σας είναι @@pin.', language: 'el' } } };
  app = await stack.addApplication({ settings: { translations } });
  const settings = givenSettings(vonage.url, { smsSignature: 'sha256' });
  await chief.get('PUT', '/admin/carriers/vonage', { type: 'vonage', settings, secrets: accountSecrets });
  const steps = [
    { carrier: 'vonage', method: 'sms', waitForReceiptSeconds: 60 },
    { carrier: 'vonage', method: 'voice' },
  ];
  await chief.get('PUT', '/admin/routes/all/everywhere', { steps });
});
beforeEach(() => {
  expect(vonage.problems).toEqual([]);
});
afterAll(async () => {
  expect(vonage.problems).toEqual([]);
  await admin?.close();
  await stack?.stop();
  await vonage?.stop();
});

const next = <T>(what: string, list: readonly T[], before: number) =>
  eventually(what, async () => (list.length > before ? list.at(-1) : undefined));
const told = (trackingId: string, event: string, state?: string) =>
  eventually(`it tells ${event}`, async () => {
    const found = await stack.database.verifications.findOne({ _id: trackingId });
    return found?.timeline.find(
      (each) => each.event === event && (state === undefined || ('state' in each && each.state === state)),
    );
  });
/** The code as it was heard: digits, each apart. */
const codeOf = ({ heard }: PlacedCall) =>
  /(\d(?:, \d){5})/.exec(heard.map(({ text }) => text).join(' '))?.[1]?.replaceAll(', ', '') ?? '';
const closed = async (trackingId: string) => {
  await stack.temporal.workflow.getHandle(trackingId).result();
  await expectExactLedger(stack.database, app.accountId);
  return await movementsOf(stack.database, app.accountId, trackingId);
};

test('an SMS that its signed receipt says delivered goes nowhere else, and its code verifies', async () => {
  const before = vonage.sms.length;
  const trackingId = await app.api.open();
  const sms = await next('the SMS', vonage.sms, before);
  expect(sms.to).toBe('306948530920');
  expect(await vonage.reportSms('delivered')).toEqual([200]);
  expect(await told(trackingId, 'receipt', 'delivered')).toMatchObject({ carrier: 'vonage' });
  const { body } = await app.api.confirm(trackingId, /\d{6}/.exec(sms.text)?.[0] ?? '');
  expect(body.status).toBe('Verified');
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
});

test('a receipt that Vonage did not sign is 401, and changes nothing', async () => {
  const [sent, before] = [vonage.sms.length, vonage.calls.length];
  const trackingId = await app.api.open();
  const sms = await next('the SMS', vonage.sms, sent);
  const forged = await fetch(String(sms.fields.callback), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ messageId: sms.messageIds[0], status: 'failed', 'err-code': '6' }),
  });
  expect(forged.status).toBe(401);
  expect(await vonage.reportSms('delivered')).toEqual([200]);
  expect(await told(trackingId, 'receipt')).toMatchObject({ state: 'delivered' });
  await app.api.cancel(trackingId);
  await closed(trackingId);
  expect(vonage.calls).toHaveLength(before);
});

test('an SMS that did not arrive is followed by a call, and what is heard after a key verifies; each is paid for', async () => {
  const [sent, called] = [vonage.sms.length, vonage.calls.length];
  const trackingId = await app.api.open();
  await next('the SMS', vonage.sms, sent);
  expect(await vonage.reportSms('failed', '11')).toEqual([200]);
  const call = await next('the call', vonage.calls, called);
  expect(await told(trackingId, 'receipt')).toMatchObject({ state: 'undelivered', reason: 'FAILED:11' });
  await call.answer();
  await call.press('1');
  const { body } = await app.api.confirm(trackingId, codeOf(call));
  expect(body.status).toBe('Verified');
  expect(await call.hangUp()).toBe(200);
  expect(await closed(trackingId)).toEqual(['reserve', 'charge', 'reserve', 'charge']);
});

test('a call says the code in Greek, twice, after a key, and again after another; a key is its receipt', async () => {
  const called = vonage.calls.length;
  const trackingId = await app.api.open({ method: 'voice' });
  const call = await next('the call', vonage.calls, called);
  expect(JSON.stringify(call.body)).not.toMatch(/\d, \d/);
  await call.answer();
  expect(call.heard).toEqual([{ language: 'el-GR', text: PRESS }]);
  expect((await call.press('7')).status).toBe(200);
  const words = `Ο κωδικός σας είναι ${Array.from(codeOf(call)).join(', ')}.`;
  expect(call.heard.slice(1).map(({ text }) => text)).toEqual([words, words, AGAIN]);
  expect((await call.press('#')).status).toBe(200);
  expect(call.heard.slice(4).map(({ text }) => text)).toEqual([words, words, AGAIN]);
  expect(await told(trackingId, 'receipt', 'delivered')).toMatchObject({ carrier: 'vonage' });
  expect(await call.hangUp()).toBe(200);
  const { body } = await app.api.confirm(trackingId, codeOf(call));
  expect(body.status).toBe('Verified');
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
});

test('a call whose verification is over says nothing of the code, and ends', async () => {
  const called = vonage.calls.length;
  const trackingId = await app.api.open({ method: 'voice' });
  const call = await next('the call', vonage.calls, called);
  await call.answer();
  await app.api.cancel(trackingId);
  expect((await call.press('7')).status).toBe(200);
  expect([call.heard.map(({ text }) => text), call.waiting()]).toEqual([[PRESS], false]);
});

test('a key that Vonage did not sign is 401: nobody hears the code', async () => {
  const called = vonage.calls.length;
  const trackingId = await app.api.open({ method: 'voice' });
  const call = await next('the call', vonage.calls, called);
  const url = call.body.ncco[1].eventUrl[0];
  const press = (headers: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ uuid: call.uuid, dtmf: { digits: '1', timed_out: false } }),
    });
  expect((await press({})).status).toBe(401);
  expect((await press({ Authorization: `Bearer ${account.signatureSecret}` })).status).toBe(401);
  await app.api.cancel(trackingId);
});

test('an SMS whose answer was lost is found by its receipt, which has the send’s own key', async () => {
  const sent = vonage.sms.length;
  vonage.next('drop');
  const trackingId = await app.api.open();
  await told(trackingId, 'unknown');
  expect(vonage.sms).toHaveLength(sent + 1);
  expect(await vonage.reportSms('delivered')).toEqual([200]);
  expect(await told(trackingId, 'receipt')).toMatchObject({ state: 'delivered' });
  const { body } = await app.api.confirm(trackingId, /\d{6}/.exec(vonage.sms[sent]?.text ?? '')?.[0] ?? '');
  expect(body.status).toBe('Verified');
  expect(vonage.sms).toHaveLength(sent + 1);
  expect(await closed(trackingId)).toEqual(['reserve', 'charge']);
});
