// A person is erased: no search of database, histories, visibility or logs finds the number, and what is counted stays right.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replayCallback, resumeCallbacks } from '../../admin/callbacks.ts';
import { scopes } from '../../domain/operator.ts';
import { recipientHash } from '../../secrets/recipient.ts';
import { callbackWorkflowId, VERIFICATIONS_QUEUE } from '../../workflows/messages.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, ledgerOf, movementsOf } from '../support/ledger.ts';
import type { TestProcess } from '../support/process.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { createStack, drawKey, type Stack, type TestApplication } from '../support/stack.ts';
import { betrayalsOf, tracesOf } from '../support/traces.ts';

const NUMBER = '+306948530920';
const NEIGHBOUR = '+306948530921';
const ARGUMENT = 'Persephone-Quill';

let stack: Stack;
let receiver: Receiver;
let admin: TestAdmin;
let chief: TestOperator;
let processes: TestProcess[];
let app: TestApplication;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await createStack({ keys: [drawKey('k1'), drawKey('k2')] });
  admin = await startAdmin(stack, [receiver.host]);
  const env = { LOG_LEVEL: 'debug', CALLBACK_ALLOWED_HOSTS: receiver.host };
  processes = await Promise.all([stack.startWorker(env), stack.startApi(env)]);
  chief = await admin.operator({ name: 'Chief' });
});
beforeEach(async () => {
  app = await stack.addApplication({ callback: { url: receiver.url } });
  receiver.received.length = 0;
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
  await receiver?.stop();
});

const logs = () => [...processes.map((each) => each.output()), admin.log.join('')];
const traces = (number = NUMBER) =>
  tracesOf(stack, [...betrayalsOf(stack.ring, number, '+30'), ...(number === NUMBER ? [ARGUMENT] : [])], logs());
const eraseOnce = (fields: object = {}) => chief.get('POST', '/admin/subjects/erase', { number: NUMBER, ...fields });
const erase = () =>
  eventually('erased', async () => {
    const report = await eraseOnce();
    return report.finished && report;
  });
const none = { verifications: 0, executions: 0, sandboxMessages: 0, idempotencyKeys: 0, auditRows: 0 };
const open = (fields: object = {}) =>
  app.api.open({ template: 'Dear @@name, @@pin', arguments: { name: ARGUMENT }, ...fields });
const closed = async (...ids: string[]) => {
  for (const id of ids) await stack.temporal.workflow.getHandle(id).result();
};
const verified = async (recipient = NUMBER) => {
  const trackingId = await open({ recipient });
  await app.api.confirm(trackingId, await app.api.code(trackingId, recipient));
  return trackingId;
};
const report = async () => (await app.api.request('GET', '/2step/reports')).body;
const timeline = async (id: string) => (await app.api.request('GET', `/2step/${id}/timeline`)).body;
let audits = 0;
const audit = () => {
  audits += 1;
  const options = { workflowId: `audit-${audits}`, taskQueue: VERIFICATIONS_QUEUE, args: [{ abandonedAfterMs: 0 }] };
  return stack.temporal.workflow.execute('ledgerAuditWorkflow', options);
};
const startWithKey = (body: object = { method: 'sms', recipient: NUMBER }) =>
  app.api.request('POST', '/2step', {
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'once' },
    body: JSON.stringify(body),
  });

describe('a number that was erased', () => {
  test('is found by no search, while money, reports and callbacks are as if it were there', async () => {
    const { verifications, recipients } = stack.database;
    const [first, unnoted, lost] = [await verified(), await verified(), await verified()];
    const other = await verified(NEIGHBOUR);
    const poor = await stack.addApplication({ balance: 0 });
    expect((await poor.api.start({ recipient: NUMBER })).body.code).toBe('400001009');
    await closed(first, unnoted, lost, other);
    // One beyond the newest hundred, under an older key; one whose projection the database lost.
    const older = recipientHash(stack.ring.all[1] ?? stack.ring.maker, NUMBER);
    await verifications.updateOne({ _id: unnoted }, { $set: { recipientHash: older } });
    await recipients.updateMany({}, { $pull: { trackingIds: unnoted } });
    await verifications.deleteOne({ _id: lost });
    const pending = (await startWithKey()).body.trackingId;
    await app.api.delivered(pending);
    await chief.get('POST', '/admin/verifications/search', { recipient: NUMBER });
    await eventually('every ending told', async () => receiver.received.length === 4);
    await closed(...[first, unnoted, lost, other].map(callbackWorkflowId));
    const before = await report();
    const [national, mask, ...hashes] = betrayalsOf(stack.ring, NUMBER, '+30');
    const found = (await traces()).join('\n');
    for (const word of [national, mask, ...hashes, ARGUMENT]) expect(found).toContain(`${word} in`);
    for (const place of ['verifications', 'recipients', 'sandboxMessages', 'audit']) {
      expect(found).toContain(`in collection ${place}`);
    }
    expect(found).toContain(`${national} in history ${callbackWorkflowId(first)}`);

    const { removed, cancelled, underWay, elsewhere } = await eraseOnce({ reference: 'Ticket 7' });
    expect([cancelled, underWay]).toEqual([1, []]);
    // Three whole ones, one refused start; each of the five has a history, four a callback's.
    expect(removed).toEqual({ verifications: 4, executions: 9, sandboxMessages: 4, idempotencyKeys: 1, auditRows: 1 });
    expect(elsewhere).toContain('Backups');
    expect(await traces()).toEqual([]);
    expect(await traces(NEIGHBOUR)).not.toEqual([]);

    expect(receiver.received.map(({ body }) => `${body.trackingId} ${body.status}`).sort()).toEqual(
      [...[first, unnoted, lost, other].map((id) => `${id} Verified`), `${pending} Cancelled`].sort(),
    );
    const { total, totals, perCountry } = await report();
    expect(total).toBe(before.total);
    expect(totals).toEqual({ ...before.totals, Pending: 0, Cancelled: 1 });
    expect(perCountry.GR).toEqual(totals);
    expect(await audit()).toMatchObject({ exact: true });
    expect(await movementsOf(stack.database, app.accountId, pending)).toEqual(['reserve', 'charge']);
    expect(await expectExactLedger(stack.database, app.accountId)).toMatchObject({ reserved: 0 });

    expect((await app.api.status(first)).body).toMatchObject({ status: 'Verified', timesTried: 1 });
    expect(await timeline(pending)).toMatchObject({ status: 'Cancelled', recipient: 'erased', callback: 'delivered' });
    const listed = await chief.get('GET', `/admin/verifications?applicationId=${app.applicationId}`);
    expect(listed.content.map(({ recipient }: { recipient: string }) => recipient).sort()).toEqual(
      ['+30***921', 'erased', 'erased', 'erased'].sort(),
    );
    expect((await chief.get('POST', '/admin/verifications/search', { recipient: NUMBER })).content).toEqual([]);
    const tools = { ...stack, actor: 'test', allowedHosts: [receiver.host] };
    expect(await replayCallback(tools, first)).toBe('erased');
    expect((await startWithKey()).body.code).toBe('409000000');
  }, 120_000);

  test('may be erased again, which does nothing, and started again, which is new', async () => {
    await erase();
    const before = await ledgerOf(stack.database, app.accountId);
    expect(await eraseOnce()).toMatchObject({ finished: true, cancelled: 0, removed: none, underWay: [] });
    expect(await ledgerOf(stack.database, app.accountId)).toEqual(before);
    const again = await verified();
    expect((await app.api.status(again)).body.status).toBe('Verified');
    const { content } = await chief.get('POST', '/admin/verifications/search', { recipient: NUMBER });
    expect(content).toMatchObject([{ trackingId: again, recipient: '+30***920' }]);
    expect((await erase()).removed.verifications).toBe(1);
    expect(await traces()).toEqual([]);
  });

  test('leaves who asked for it in the audit trail, with counts, and without the number', async () => {
    await eraseOnce({ reference: 'Ticket 8' });
    const { content } = await chief.get('GET', '/admin/audit?size=2');
    expect(content).toMatchObject([
      {
        action: 'subjects.erased',
        actor: 'Chief',
        details: { reference: 'Ticket 8', finished: true, verifications: 0 },
      },
      { action: 'subjects.erase', actor: 'Chief', details: { reference: 'Ticket 8' } },
    ]);
    expect(JSON.stringify(content)).not.toMatch(/853\D*0920|\*\*\*920/);
  });
});

describe('a request to erase', () => {
  test('is refused to an operator without the scope (403000000)', async () => {
    const clerk = await admin.operator({ scopes: scopes.filter((scope) => scope !== 'subjects:erase') });
    const { status, body } = await clerk.ask('POST', '/admin/subjects/erase', { number: NUMBER });
    expect([status, body.code, body.properties]).toEqual([403, '403000000', { scope: 'subjects:erase' }]);
  });

  test('for a number nobody ever saw, valid or not, is answered with zero counts', async () => {
    for (const number of ['+306948530999', '+3069', '+99912345678']) {
      const { status, body } = await chief.ask('POST', '/admin/subjects/erase', { number });
      if (number === '+3069') expect([status, Object.keys(body.properties)]).toEqual([400, ['number']]);
      else expect(body).toMatchObject({ finished: true, cancelled: 0, removed: none, underWay: [] });
    }
  });

  test.each([
    [{}, 'number'],
    [{ number: 'x' }, 'number'],
    [{ number: NUMBER, reference: 'x'.repeat(101) }, 'reference'],
    [{ number: NUMBER, reference: 'for 694 8530-920' }, 'reference'],
  ])('with %j is refused (400005000)', async (fields, field) => {
    const { status, body } = await chief.ask('POST', '/admin/subjects/erase', fields);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [field]]);
  });
});

describe('what cannot end yet', () => {
  test('is named: a callback that is held back goes out first, every run of it is deleted, and only then all is done', async () => {
    await stack.database.applications.updateOne({ _id: app.applicationId }, { $set: { 'callback.paused': true } });
    const trackingId = await verified();
    await closed(trackingId);
    expect(await eraseOnce()).toMatchObject({
      finished: false,
      removed: { verifications: 0, executions: 1, sandboxMessages: 1 },
      underWay: [{ trackingId, reason: 'callback' }],
    });
    expect(await stack.database.verifications.findOne({ _id: trackingId })).not.toHaveProperty('recipientMasked');
    const tools = { ...stack, actor: 'test', allowedHosts: [receiver.host] };
    expect(await replayCallback(tools, trackingId)).toBe('erased');
    expect(await resumeCallbacks(tools, app.applicationId)).toBe(1);
    expect((await erase()).removed).toMatchObject({ verifications: 1 });
    expect(receiver.received.map(({ body }) => body.trackingId)).toEqual([trackingId]);
    expect(await traces()).toEqual([]);
  });

  test('is named: a verification without a workflow is ended by the audit first, which keeps no number either', async () => {
    const trackingId = await open({ lifetimeInSeconds: 3 });
    await app.api.delivered(trackingId);
    await stack.temporal.workflow.getHandle(trackingId).terminate('by a test');
    expect(await eraseOnce()).toMatchObject({ finished: false, underWay: [{ trackingId, reason: 'workflowGone' }] });
    const { expiresAt } = (await app.api.status(trackingId)).body;
    await eventually('its life is over', async () => Date.now() > Date.parse(expiresAt));
    await audit();
    await eventually('its callback', async () => receiver.received.length === 1);
    // Its own, that of who ended it, and the callback's.
    expect((await erase()).removed).toMatchObject({ verifications: 1, executions: 3 });
    expect(await traces()).toEqual([]);
    expect(await movementsOf(stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
  });
});
