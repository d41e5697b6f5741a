// Verifications through gateways that are configured alone, over HTTP both ways: messages, calls, reports in JSON, XML and by query,
// look-up, conversion. What is asserted is what phones, timeline and ledger see.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Example, exampleOf } from '../carriers/http/example.ts';
import type { Asked, Gateway } from '../carriers/http/gateway.ts';
import { esendexReport, messageIn, startEsendex } from '../carriers/http/gateway-esendex.ts';
import { infobipReport, logged, startInfobip, statusAnswer } from '../carriers/http/gateway-infobip.ts';
import { kannelReport, startKannel } from '../carriers/http/gateway-kannel.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { type ApiAnswer, send } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, movementsOf } from '../support/ledger.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let app: TestApplication;
const gateways = {} as Record<Example, Gateway>;

beforeAll(async () => {
  [stack, gateways.infobip, gateways.kannel, gateways.esendex] = await Promise.all([
    createStack(),
    startInfobip(),
    startKannel(),
    startEsendex(),
  ]);
  admin = await startAdmin(stack);
  const env = { PUBLIC_URL: stack.apiUrl };
  [chief] = await Promise.all([admin.operator(), stack.startWorker(env), stack.startApi(env)]);
  app = await stack.addApplication();
  for (const [name, { url }] of Object.entries(gateways) as [Example, Gateway][]) {
    await chief.get('PUT', `/admin/carriers/${name}`, exampleOf(name, url));
  }
});
beforeEach(() => {
  for (const gateway of Object.values(gateways)) gateway.reset();
  logged.clear();
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
  for (const gateway of Object.values(gateways)) await gateway.stop();
});

/** Messages go by these, one after the other, from now on. */
const route = async (...steps: object[]) => await chief.get('PUT', '/admin/routes/all/everywhere', { steps });
const sms = (carrier: Example) => ({ carrier, method: 'sms', waitForReceiptSeconds: 30 });

const accepted = async (name: Example) =>
  await eventually(`${name} has a message`, async () => gateways[name].accepted[0]);
const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? expect.unreachable('no code');
/** The sentence of the timeline. */
const told = async (trackingId: string, event: string) =>
  await eventually(`it tells ${event}`, async () => {
    const { body } = await app.api.request('GET', `/2step/${trackingId}/timeline`);
    return body.events.find((each: { event: string }) => each.event === event)?.sentence as string | undefined;
  });
/** Reports as a gateway does, to our API. */
const report = async ({ method, path, query, headers, body }: Asked): Promise<ApiAnswer> =>
  await send(`${stack.apiUrl}${path}?${query}`, { method, headers, ...(method === 'POST' && { body }) });
const movements = async (trackingId: string) => {
  await stack.temporal.workflow.getHandle(trackingId).result();
  await expectExactLedger(stack.database, app.accountId);
  return await movementsOf(stack.database, app.accountId, trackingId);
};

test('a message by JSON is reported delivered to the URL it carried, and its gateway told that the code was typed', async () => {
  await route(sms('infobip'));
  const trackingId = await app.api.open();
  const message = await accepted('infobip');
  const [{ content, webhooks }] = JSON.parse(message.body).messages;
  expect(webhooks.delivery.url).toContain(`${stack.apiUrl}/carriers/infobip/receipts/`);
  const answer = await report(infobipReport(message, 'DELIVERED', 'DELIVERED_TO_HANDSET'));
  expect([answer.status, answer.body]).toEqual([200, { received: 1 }]);
  expect(await told(trackingId, 'receipt')).toBe('Send 1 by infobip was delivered');
  expect((await app.api.confirm(trackingId, codeIn(content.text))).body.status).toBe('Verified');
  expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
  const conversions = await eventually('the gateway was told', async () => {
    const paths = gateways.infobip.asked.map(({ path }) => path).filter((path) => path.startsWith('/ct/1/log/end/'));
    return paths.length > 0 && paths;
  });
  expect(conversions).toEqual([`/ct/1/log/end/${encodeURIComponent(`${trackingId}:send:1`)}`]);
});

test('a message by query that is reported undelivered goes by XML to the next gateway, which reports to a URL made by hand', async () => {
  await route(sms('kannel'), sms('esendex'));
  const { receiptUrl } = await chief.get('POST', '/admin/carriers/esendex/receipt-secret');
  const trackingId = await app.api.open();
  const undelivered = kannelReport(await accepted('kannel'), 2);
  if (!undelivered) return expect.unreachable();
  expect((await report(undelivered)).status).toBe(200);
  expect(await told(trackingId, 'receipt')).toBe('Send 1 by kannel was not delivered: 2');
  const { body } = await accepted('esendex');
  await told(trackingId, 'accepted');
  const { headers, body: notification } = esendexReport('MessageDelivered');
  const pushed = await send(receiptUrl, { method: 'POST', headers, body: notification });
  expect([pushed.status, pushed.body]).toEqual([200, { received: 1 }]);
  await app.api.happened(trackingId, 'receipt', 2);
  await app.api.confirm(trackingId, codeIn(messageIn(body)?.get('body') ?? ''));
  expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
});

test('a message whose answer was lost is looked up, and not sent again', async () => {
  await route(sms('infobip'));
  gateways.infobip.next('dropped');
  const trackingId = await app.api.open();
  await told(trackingId, 'accepted');
  expect(gateways.infobip.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /sms/3/messages',
    'GET /sms/3/logs',
  ]);
  await app.api.cancel(trackingId);
  expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
});

test('a refused message goes by the next gateway at once', async () => {
  await route(sms('infobip'), sms('kannel'));
  gateways.infobip.next(statusAnswer('REJECTED', 'REJECTED_DND'));
  const trackingId = await app.api.open();
  const { query } = await accepted('kannel');
  expect(await told(trackingId, 'notAccepted')).toContain(
    'not accepted by infobip: the gateway refused the message (HTTP 200, REJECTED_DND)',
  );
  await app.api.confirm(trackingId, codeIn(query.get('text') ?? ''));
  expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
});

test('a call says the code twice, digits apart, in the language of its template; a machine is no delivery', async () => {
  await route({ carrier: 'infobip', method: 'voice', originator: '302100000000', waitForReceiptSeconds: 30 });
  const template = 'Ο κωδικός σας είναι @@pin.';
  const trackingId = await app.api.open({ method: 'voice', recipient: '+302106930920', template });
  const call = await accepted('infobip');
  const [{ text }] = JSON.parse(call.body).messages;
  expect(text).toMatch(/^(Ο κωδικός σας είναι \d, \d, \d, \d, \d, \d\.) \1$/);
  await report(infobipReport(call, 'DELIVERED', 'DELIVERED_TO_HANDSET', 'VOICE_ANSWERED_MACHINE'));
  expect(await told(trackingId, 'receipt')).toContain('was not delivered: VOICE_ANSWERED_MACHINE');
  await app.api.cancel(trackingId);
  expect(await movements(trackingId)).toEqual(['reserve', 'charge']);
});

test('what is no report, and a report to a wrong URL, is refused, and changes nothing', async () => {
  await route(sms('infobip'));
  const trackingId = await app.api.open();
  const genuine = infobipReport(await accepted('infobip'), 'DELIVERED', 'DELIVERED_TO_HANDSET');
  await told(trackingId, 'accepted');
  const wrong = { ...genuine, path: `${genuine.path.slice(0, -4)}AAAA` };
  expect((await report({ ...genuine, body: '{"results": [{}]}', query: new URLSearchParams() })).status).toBe(400);
  expect((await report(wrong)).status).toBe(404);
  const { body } = await app.api.request('GET', `/2step/${trackingId}/timeline`);
  expect(body.events.map(({ event }: { event: string }) => event)).not.toContain('receipt');
  await app.api.cancel(trackingId);
});

test('a gateway that insists on words is answered in them', async () => {
  const { settings, ...rest } = exampleOf('kannel', gateways.kannel.url);
  const receipts = { ...settings.receipts, acknowledge: 'ACK/Jasmin' };
  await chief.get('PUT', '/admin/carriers/worded', { ...rest, settings: { ...settings, receipts } });
  const { receiptUrl } = await chief.get('POST', '/admin/carriers/worded/receipt-secret');
  const answer = await fetch(`${receiptUrl}?reference=unknown&type=1`);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/plain; charset=utf-8',
    'ACK/Jasmin',
  ]);
});
