// Callbacks through the management API: tried out, held back, let go, sent again; by whom stands in the trail.
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anyFreePort } from '../../local/ports.ts';
import { drawWebhookSecret } from '../../secrets/webhook-signature.ts';
import type { VerificationDocument } from '../../store/documents.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { answer200, type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let app: TestApp;
let receiver: Receiver;
let chief: TestOperator;
let shop: TestApplication;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await createStack();
  const worker = stack.startWorker({ CALLBACK_ALLOWED_HOSTS: receiver.host });
  [admin, app] = await Promise.all([startAdmin(stack, [receiver.host]), startApp(stack), worker]);
  chief = await admin.operator({ name: 'Chief' });
});
afterAll(async () => {
  await Promise.all([admin?.close(), app?.close()]);
  await stack?.stop();
  await receiver?.stop();
});
beforeEach(async () => {
  receiver.received.length = 0;
  receiver.answer = answer200;
  shop = await stack.addApplication({ callback: { url: receiver.url, secrets: [drawWebhookSecret()] } });
});

const pathOf = (act: string, { applicationId } = shop) => `/admin/applications/${applicationId}/callbacks/${act}`;
const ask = (act: string, body?: object) => chief.ask('POST', pathOf(act), body);
const get = (act: string, body?: object) => chief.get('POST', pathOf(act), body);
const ended = async () => {
  const api = app.client(shop);
  const trackingId = await api.open();
  await api.cancel(trackingId);
  return trackingId;
};
/** What came for the shop of this test: callbacks that tests before left to be tried again may still come. */
const received = () => receiver.received.filter(({ body }) => body.applicationId === shop.applicationId);
const inState = (_id: string, state: string) =>
  eventually(`the callback is ${state}`, async () => {
    return (await stack.database.callbacks.findOne({ _id }))?.state === state;
  });
/** The state is written before the workflow of the callback has closed. */
const replayed = (body: object, started: number) =>
  eventually('sent again', async () => {
    const answer = await get('replay', body);
    return answer.started === started && answer;
  });
const acts = async (): Promise<string[]> =>
  (await chief.get('GET', `/admin/audit?applicationId=${shop.applicationId}`)).content.map(
    ({ action, actor }: { action: string; actor: string }) => `${action} by ${actor}`,
  );

describe('a test event', () => {
  test('is one signed POST about nobody, and the answer says what came of it', async () => {
    expect(await get('test')).toEqual({ delivered: true, httpStatus: 200, sentence: 'delivered' });
    expect(received()).toHaveLength(1);
    expect(received()[0]?.body).toMatchObject({ recipient: '+12025550199' });
    expect(received()[0]?.headers['webhook-signature']).toMatch(/^v1,/);
    receiver.answer = (response) => void response.writeHead(404).end();
    expect(await get('test')).toMatchObject({ delivered: false, httpStatus: 404 });
    receiver.answer = (response) => void response.destroy();
    expect(await get('test')).toEqual({ delivered: false, sentence: 'the receiver could not be reached' });
    expect(await acts()).toEqual(Array(3).fill('callbacks.test by Chief'));
  });
});

describe('callbacks', () => {
  test('are held back and let go, with one row in the trail for each change', async () => {
    for (const _ of [1, 2]) expect(await get('pause')).toEqual({ paused: true });
    const settings = () => chief.get('GET', `/admin/applications/${shop.applicationId}/settings`);
    expect((await settings()).callbackPaused).toBe(true);
    const ids = [await ended(), await ended()];
    for (const id of ids) await inState(id, 'paused');
    expect(received()).toHaveLength(0);
    expect(await get('resume')).toEqual({ paused: false, released: 2 });
    for (const id of ids) await inState(id, 'delivered');
    expect(await get('resume')).toEqual({ paused: false, released: 0 });
    expect((await settings()).callbackPaused).toBe(false);
    expect(await acts()).toEqual(['callbacks.resume by Chief', 'callbacks.pause by Chief']);
  });

  test('are sent again, one or all of a period, under the same webhook-id', async () => {
    const from = new Date();
    const ids = [await ended(), await ended()];
    const [first = '', second = ''] = ids;
    for (const id of ids) await inState(id, 'delivered');
    expect(await replayed({ trackingId: first.toUpperCase() }, 1)).toEqual({ started: 1, stillRunning: 0, skipped: 0 });
    await eventually('the third POST', async () => received().length === 3);
    const to = new Date(Date.now() + 1_000);
    expect(await replayed({ from, to }, 2)).toEqual({ started: 2, stillRunning: 0, skipped: 0 });
    await eventually('every POST', async () => received().length >= 5);
    expect(new Set(received().map(({ headers }) => headers['webhook-id']))).toEqual(new Set(ids));
    const { updatedAt } = (await app.client(shop).status(second)).body;
    expect((await get('replay', { from, to: updatedAt })).started).toBeLessThanOrEqual(1);
    expect(await get('replay', { from: '2020-01-01', to: from })).toEqual({ started: 0, stillRunning: 0, skipped: 0 });
  });

  test('that are still being sent are left alone', async () => {
    receiver.answer = (response) => void response.writeHead(500).end();
    const trackingId = await ended();
    const tried = async () => received().length > 0;
    await eventually('an attempt', tried);
    expect(await get('replay', { trackingId })).toEqual({ started: 0, stillRunning: 1, skipped: 0 });
  });

  test('of more than 500 endings are not sent again by one request (400005000)', async () => {
    const updatedAt = new Date('2021-06-01');
    const { applicationId } = shop;
    const ids = Array.from({ length: 501 }, (_, n) => `${applicationId}-${n}`);
    const some = ids.map((_id) => ({ _id, applicationId, outcome: 'open', status: 'Expired', updatedAt }));
    await stack.database.verifications.insertMany(some as unknown as VerificationDocument[]);
    const year = { from: '2021-01-01', to: '2022-01-01' };
    const { status, body } = await ask('replay', year);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', ['to']]);
    await stack.database.verifications.deleteOne({ _id: ids[0] ?? '' });
    expect(await get('replay', year)).toEqual({ started: 0, stillRunning: 0, skipped: 500 });
  });

  test.each([
    {},
    { trackingId: '' },
    { from: '2026-01-01' },
    { trackingId: 'x', to: '2026-01-01' },
    { trackingId: 'x', from: '2026-01-01', to: '2026-01-02' },
    { trackingId: 'unknown' },
    { trackingId: 7 },
    { trackingId: '00000000-0000-4000-8000-000000000000' },
  ])('are not sent again for %j (400005000)', async (fields) => {
    const { status, body } = await ask('replay', fields);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', ['trackingId']]);
  });

  test('of a verification that has not ended, or is another’s, are not sent (400005000)', async () => {
    const pending = await app.client(shop).open();
    expect((await ask('replay', { trackingId: pending })).body.properties).toEqual({ trackingId: 'has not ended' });
    const trackingId = await ended();
    shop = await stack.addApplication({ callback: { url: receiver.url } });
    const { status, body } = await ask('replay', { trackingId });
    expect([status, body.properties]).toEqual([400, { trackingId: "is none of this application's" }]);
  });

  test('of an application without a callback URL are nobody’s (400005000), of an unknown one 404000000', async () => {
    const without = await stack.addApplication();
    for (const act of ['test', 'pause', 'resume', 'replay']) {
      const fields = act === 'replay' ? { from: '2026-01-01', to: '2026-01-02' } : undefined;
      const none = await chief.ask('POST', pathOf(act, without), fields);
      expect([none.status, none.body.code, none.body.properties]).toEqual([
        400,
        '400005000',
        { callbackUrl: 'is not set' },
      ]);
      const unknown = await chief.ask('POST', `/admin/applications/nobody/callbacks/${act}`, fields);
      expect([unknown.status, unknown.body.code, unknown.body.properties]).toEqual([
        404,
        '404000000',
        { applicationId: 'is unknown' },
      ]);
    }
  });

  test('are 401000000 without a token and 403000000 without the scope, and nothing is sent', async () => {
    const reader = await admin.operator({ scopes: ['applications:read'] });
    for (const act of ['test', 'pause', 'resume', 'replay']) {
      const unscoped = await reader.ask('POST', pathOf(act), {});
      expect([unscoped.status, unscoped.body.code]).toEqual([403, '403000000']);
      const nobody = await admin.as('nobody').ask('POST', pathOf(act), {});
      expect([nobody.status, nobody.body.code]).toEqual([401, '401000000']);
    }
    expect(received()).toHaveLength(0);
    expect(await acts()).toEqual([]);
  });

  test('are 503000000 while the engine is away, and the repeat does what was asked', async () => {
    const trackingId = await ended();
    await inState(trackingId, 'delivered');
    const connection = Connection.lazy({ address: `127.0.0.1:${await anyFreePort()}` });
    const away = await startAdmin({ ...stack, temporal: new Client({ connection }) }, [receiver.host]);
    try {
      const { status, body, headers } = await away.as(chief.token).ask('POST', pathOf('replay'), { trackingId });
      expect([status, body.code, headers.get('Retry-After')]).toEqual([503, '503000000', '2']);
    } finally {
      await Promise.all([away.close(), connection.close()]);
    }
    await replayed({ trackingId }, 1);
  });
});
