// Carriers that are configured while the service runs: taken up, held back, replaced, kept to their rate, without a restart.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import type { TestProcess } from '../support/process.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

const RECIPIENT = '+306948530920';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let application: TestApplication;
let worker: TestProcess;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  [chief, worker] = await Promise.all([admin.operator(), stack.startWorker(), stack.startApi()]);
  application = await stack.addApplication();
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

const put = (name: string, fields: object = {}) =>
  chief.get('PUT', `/admin/carriers/${name}`, { type: 'sandbox', ...fields });
const routeThrough = (carrier: string, place = 'all/everywhere') =>
  chief.get('PUT', `/admin/routes/${place}`, { steps: [{ carrier, method: 'sms' }] });
const messages = async () => (await stack.database.sandboxMessages.find().toArray()).length;
const carrierOf = async (trackingId: string) =>
  (await stack.database.verifications.findOne({ _id: trackingId }))?.sends[0]?.carrier;
const workersOf = async (name: string) => (await chief.get('GET', `/admin/carriers/${name}`)).workers;
/** How often the worker logged a sentence. */
const logged = (sentence: string, process = worker) => process.output().split(sentence).length - 1;

test('a carrier that is put while everything runs takes messages without a restart', async () => {
  await put('second');
  await routeThrough('second');
  const trackingId = await application.api.open();
  await application.api.confirm(trackingId, await application.api.code(trackingId));
  expect(await carrierOf(trackingId)).toBe('second');
  expect(await workersOf('second')).toMatchObject([{ worker: expect.stringMatching(/^\d+@/), state: 'closed' }]);
  const { body } = await application.api.status(trackingId);
  expect(body.status).toBe('Verified');
});

test('what is sent while a carrier is paused waits, and goes out once it is resumed', async () => {
  const stops = logged('carrier takes no more messages');
  expect((await chief.get('POST', '/admin/carriers/second/pause')).paused).toBe(true);
  await eventually(
    'the worker of the carrier is stopped',
    async () => logged('carrier takes no more messages') > stops,
  );
  const before = await messages();
  const trackingId = await application.api.open();
  const handle = stack.temporal.workflow.getHandle(trackingId);
  await eventually('the send waits on its queue', async () => {
    const { raw } = await handle.describe();
    return raw.pendingActivities?.some(({ activityType }) => activityType?.name === 'sendCode');
  });
  const tested = await chief.get('POST', '/admin/carriers/second/test-message', { recipient: RECIPIENT });
  expect(tested).toEqual({ outcome: 'notTakenUp', reason: expect.stringContaining('paused') });
  expect(await messages()).toBe(before);
  const { body } = await application.api.request('GET', `/2step/${trackingId}/timeline`);
  expect(body.events.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
    expect.stringMatching(/^Opened/),
    'Send 1 waits for second: it is paused by an operator',
  ]);
  expect((await chief.get('POST', '/admin/carriers/second/resume')).paused).toBe(false);
  expect(await application.api.code(trackingId)).toMatch(/^\d{6}$/);
});

test('a carrier whose configuration changed is replaced, and one that is deleted takes no more messages', async () => {
  const starts = logged('carrier takes messages');
  await put('second', { messagesPerSecond: 100 });
  await eventually('the carrier runs anew', async () => logged('carrier takes messages') > starts);
  await application.api.code(await application.api.open());
  await routeThrough('sandbox');
  await chief.get('DELETE', '/admin/carriers/second');
  await eventually('nobody runs it', async () => (await stack.database.carrierHealth.countDocuments()) === 0);
});

test('a carrier that cannot be made takes nobody down, and is told of once', async () => {
  await put('odd');
  await stack.database.carriers.updateOne({ _id: 'odd' }, { $set: { settings: { speed: 7 } } });
  await eventually('it is told of', async () => (await workersOf('odd'))[0]?.state === 'unusable');
  expect((await workersOf('odd'))[0].reason).toMatch(/settings/);
  await put('third');
  await routeThrough('third');
  await application.api.code(await application.api.open());
  const { content } = await chief.get('GET', '/admin/events?kind=carrierUnusable');
  expect(content).toMatchObject([{ carrier: 'odd', sentence: expect.stringContaining('odd') }]);
  await chief.get('DELETE', '/admin/carriers/odd');
});

test('a carrier that wants to know which codes were typed is told after the right answer, and the timeline says so', async () => {
  await put('curious', { settings: { feedback: true } });
  await routeThrough('curious');
  const trackingId = await application.api.open();
  await application.api.confirm(trackingId, await application.api.code(trackingId));
  await application.api.happened(trackingId, 'carrierTold');
  expect(await stack.database.sandboxMessages.findOne({ trackingId })).toMatchObject({ typedAt: expect.any(Date) });
  const { body } = await application.api.request('GET', `/2step/${trackingId}/timeline`);
  expect(body.events.at(-1).sentence).toBe('Told curious that its code was typed');
  await routeThrough('third');
});

test('a carrier out of order opens its circuit, told of once, and one that is mended closes it', async () => {
  await put('weak', { settings: { outOfOrder: true } });
  const tested = () => chief.get('POST', '/admin/carriers/weak/test-message', { recipient: RECIPIENT });
  const refused = { outcome: 'refused', reason: 'it is set to be out of order' };
  await eventually('a worker runs it', async () => (await workersOf('weak')).length === 1);
  expect([await tested(), await tested()]).toEqual([refused, refused]);
  expect(await tested()).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('circuit') });
  expect(await workersOf('weak')).toMatchObject([{ state: 'open', reason: refused.reason }]);
  const refusals = await eventually('what it refused is shown', async () => (await workersOf('weak'))[0]?.refusals);
  expect(refusals).toMatchObject([{ means: 'fault', reason: refused.reason, times: 2 }]);
  await put('weak', { settings: {} });
  await eventually('its circuit is closed', async () => (await workersOf('weak'))[0]?.state === 'closed');
  const { content } = await chief.get('GET', '/admin/events');
  const kinds = content.filter(({ carrier }: { carrier: string }) => carrier === 'weak');
  const told = kinds.map(({ kind }: { kind: string }) => kind);
  expect(told.filter((kind: string) => kind !== 'carrierRefused')).toEqual([
    'carrierCircuitClosed',
    'carrierCircuitOpened',
  ]);
  // Both messages were refused for one reason.
  expect(told.filter((kind: string) => kind === 'carrierRefused')).toHaveLength(1);
  expect(await tested()).toEqual({ outcome: 'accepted', parts: 1 });
});

describe('with two workers', () => {
  let other: TestProcess;
  let left: TestProcess;
  beforeAll(async () => {
    other = await stack.startWorker();
  });

  test('the rate of a carrier holds over both', async () => {
    await put('slow', { messagesPerSecond: 2 });
    await eventually('both run it', async () => (await workersOf('slow')).length === 2);
    await routeThrough('slow');
    const opened = await Promise.all(Array.from({ length: 10 }, () => application.api.open()));
    const sent = await eventually('all are sent', async () => {
      const found = await stack.database.sandboxMessages.find({ trackingId: { $in: opened } }).toArray();
      return found.length === opened.length && found.map(({ sentAt }) => sentAt.getTime());
    });
    const seconds = (Math.max(...sent) - Math.min(...sent)) / 1000;
    expect(seconds).toBeGreaterThan(2.5);
    expect(await carrierOf(opened[0] ?? '')).toBe('slow');
  });

  test('a connection that only one may hold goes to the other once its worker was killed', async () => {
    await put('counted', { settings: { connections: 1 } });
    const holder = async () => (await stack.database.carrierLeases.findOne({ _id: 'counted:0' }))?.holder;
    const first = await eventually('one holds it', holder);
    await eventually('one runs it', async () => (await workersOf('counted')).length === 1);
    const [killed, survivor] = first.startsWith(`${worker.pid}@`) ? [worker, other] : [other, worker];
    left = survivor;
    expect(logged('"carrier":"counted"', left)).toBe(0);
    await killed.kill();
    const second = await eventually('the other holds it', async () => {
      const now = await holder();
      return now !== first && now;
    });
    expect(second.startsWith(`${left.pid}@`)).toBe(true);
    await routeThrough('counted');
    await application.api.code(await application.api.open());
  });

  test('one that is deleted while it sends, and put again, is made once the one before has ended', async () => {
    const said = (sentence: string) => left.output().lastIndexOf(`"carrier":"counted","msg":"${sentence}"`);
    const starts = logged('"carrier":"counted","msg":"carrier takes messages"', left);
    await put('counted', { settings: { connections: 1, delayInSeconds: 6 } });
    await eventually(
      'it runs anew',
      async () => logged('"carrier":"counted","msg":"carrier takes messages"', left) > starts,
    );
    const trackingId = await application.api.open();
    await eventually('the send is under way', async () => {
      const { raw } = await stack.temporal.workflow.getHandle(trackingId).describe();
      return raw.pendingActivities?.some(({ lastStartedTime }) => lastStartedTime);
    });
    await routeThrough('sandbox');
    await chief.get('DELETE', '/admin/carriers/counted');
    await put('marker');
    await eventually('the worker has looked since', async () => (await workersOf('marker')).length > 0);
    await put('counted', { settings: { connections: 1 } });
    const began = said('carrier takes messages');
    await eventually('it runs again', async () => said('carrier takes messages') > began);
    expect(said('carrier takes no more messages')).toBeGreaterThan(began);
    expect(said('carrier takes messages')).toBeGreaterThan(said('carrier takes no more messages'));
    expect((await stack.database.carrierLeases.findOne({ _id: 'counted:0' }))?.holder).toContain(`${left.pid}@`);
    await routeThrough('counted');
  });

  test('the one that is told to stop finishes what is under way, and gives its connections back', async () => {
    const starts = logged('"carrier":"counted","msg":"carrier takes messages"', left);
    await put('counted', { settings: { connections: 1, delayInSeconds: 4 } });
    await eventually(
      'it runs anew',
      async () => logged('"carrier":"counted","msg":"carrier takes messages"', left) > starts,
    );
    const trackingId = await application.api.open();
    const handle = stack.temporal.workflow.getHandle(trackingId);
    await eventually('the send is under way', async () => {
      const { raw } = await handle.describe();
      return raw.pendingActivities?.some(({ lastStartedTime }) => lastStartedTime);
    });
    const sent = () => stack.database.sandboxMessages.countDocuments({ trackingId });
    expect(await sent()).toBe(0);
    await left.stop();
    expect(await sent()).toBe(1);
    expect(await left.ended).toEqual({ code: 0, signal: null });
    expect(await stack.database.carrierLeases.countDocuments()).toBe(0);
  });
});
