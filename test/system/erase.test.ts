// A person is erased: no search of database, histories, visibility or logs finds the number, and what is counted stays right.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replayCallback } from '../../admin/callbacks.ts';
import { scopes } from '../../domain/operator.ts';
import { recipientHash } from '../../secrets/recipient.ts';
import { callbackWorkflowId } from '../../workflows/messages.ts';
import { ARGUMENT, createErasing, type Erasing, NUMBER } from '../support/erasing.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, ledgerOf, movementsOf } from '../support/ledger.ts';
import type { TestApplication } from '../support/stack.ts';
import { betrayalsOf, tracesOf } from '../support/traces.ts';

const NEIGHBOUR = '+306948530921';
const none = { verifications: 0, executions: 0, sandboxMessages: 0, idempotencyKeys: 0, auditRows: 0 };

let it: Erasing;
let app: TestApplication;

beforeAll(async () => {
  it = await createErasing();
  await Promise.all([it.watched(it.stack.startWorker(it.env)), it.watched(it.stack.startApi(it.env))]);
});
beforeEach(async () => {
  app = await it.stack.addApplication({ callback: { url: it.receiver.url } });
  it.receiver.received.length = 0;
});
afterAll(() => it?.stop());

const closed = async (...ids: string[]) => {
  for (const id of ids) await it.stack.temporal.workflow.getHandle(id).result();
};
const report = async () => (await app.api.request('GET', '/2step/reports')).body;
const searched = () => it.chief.get('POST', '/admin/verifications/search', { recipient: NUMBER });
const startWithKey = () =>
  app.api.request('POST', '/2step', {
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'once' },
    body: JSON.stringify({ method: 'sms', recipient: NUMBER }),
  });

/** Endings of every kind, in every place that is searched; one is pending. */
async function leaveTraces() {
  const { verifications, recipients } = it.stack.database;
  const [first, unnoted, lost] = [await it.verified(app), await it.verified(app), await it.verified(app)];
  const other = await app.api.open({ recipient: NEIGHBOUR });
  await app.api.confirm(other, await app.api.code(other, NEIGHBOUR));
  const poor = await it.stack.addApplication({ balance: 0 });
  expect((await poor.api.start({ recipient: NUMBER })).body.code).toBe('400001009');
  const ended = [first, unnoted, lost, other];
  await closed(...ended);
  // One beyond the newest hundred, under an older key; one whose projection the database lost.
  const older = recipientHash(it.stack.ring.all[1] ?? it.stack.ring.maker, NUMBER);
  await verifications.updateOne({ _id: unnoted }, { $set: { recipientHash: older } });
  await recipients.updateMany({}, { $pull: { trackingIds: unnoted } });
  await verifications.deleteOne({ _id: lost });
  const pending = (await startWithKey()).body.trackingId;
  await app.api.delivered(pending);
  await searched();
  await eventually('every ending told', async () => it.receiver.received.length === 4);
  await closed(...ended.map(callbackWorkflowId));
  return { first, pending, ended };
}

describe('a number that was erased', () => {
  test('is found by no search, while money, reports and callbacks are as if it were there', async () => {
    const { first, pending, ended } = await leaveTraces();
    const before = await report();
    const found = (await it.traces()).join('\n');
    const words = betrayalsOf(it.stack.ring, NUMBER, '+30');
    for (const word of [...words, ARGUMENT]) expect(found).toContain(`${word} in`);
    for (const place of ['verifications', 'recipients', 'sandboxMessages', 'audit']) {
      expect(found).toContain(`in collection ${place}`);
    }
    expect(found).toContain(`in history ${callbackWorkflowId(first)}`);

    const { removed, cancelled, elsewhere } = await it.eraseOnce({ reference: 'Ticket 7' });
    expect(cancelled).toBe(1);
    expect(elsewhere).toContain('Backups');
    // Each of the five has a history, four a callback's.
    expect(removed).toMatchObject({ executions: 9, sandboxMessages: 4, idempotencyKeys: 1, auditRows: 1 });
    // The lost one is no document any more, the refused one is.
    expect(removed.verifications + (await it.erase()).verifications).toBe(4);
    expect(await it.traces()).toEqual([]);
    expect(await tracesOf(it.stack, betrayalsOf(it.stack.ring, NEIGHBOUR, '+30'), [])).not.toEqual([]);

    expect(it.receiver.received.map(({ body }) => `${body.trackingId} ${body.status}`).sort()).toEqual(
      [...ended.map((id) => `${id} Verified`), `${pending} Cancelled`].sort(),
    );
    const { total, totals, perCountry } = await report();
    expect(total).toBe(before.total);
    expect(totals).toEqual({ ...before.totals, Pending: 0, Cancelled: 1 });
    expect(perCountry.GR).toEqual(totals);
    expect(await it.audit()).toMatchObject({ exact: true });
    expect(await movementsOf(it.stack.database, app.accountId, pending)).toEqual(['reserve', 'charge']);
    expect(await expectExactLedger(it.stack.database, app.accountId)).toMatchObject({ reserved: 0 });

    expect((await app.api.status(first)).body).toMatchObject({ status: 'Verified', timesTried: 1 });
    expect((await app.api.request('GET', `/2step/${pending}/timeline`)).body).toMatchObject({
      status: 'Cancelled',
      why: 'by an operator, in Temporal',
      recipient: 'erased',
      callback: 'delivered',
    });
    const { content } = await it.chief.get('GET', `/admin/verifications?applicationId=${app.applicationId}`);
    const shown = content.map(({ recipient }: { recipient: string }) => recipient);
    expect(shown).toEqual(['erased', '+30***921', 'erased', 'erased']);
    expect((await searched()).content).toEqual([]);
    expect(await replayCallback(it.tools, first)).toBe('erased');
    expect((await startWithKey()).body.code).toBe('409000000');
  }, 180_000);

  test('may be erased again, which does nothing, and started again, which is new', async () => {
    await it.erase();
    const before = await ledgerOf(it.stack.database, app.accountId);
    expect(await it.eraseOnce()).toMatchObject({ finished: true, cancelled: 0, removed: none, underWay: [] });
    expect(await ledgerOf(it.stack.database, app.accountId)).toEqual(before);
    const again = await it.verified(app);
    expect((await app.api.status(again)).body.status).toBe('Verified');
    expect((await searched()).content).toMatchObject([{ trackingId: again, recipient: '+30***920' }]);
    expect((await it.erase()).verifications).toBe(1);
    expect(await it.traces()).toEqual([]);
  }, 120_000);

  test('leaves who asked for it in the audit trail, with counts, and without the number', async () => {
    await it.eraseOnce({ reference: 'Ticket 8' });
    const { content } = await it.chief.get('GET', '/admin/audit?size=2');
    const common = { actor: 'Chief', operatorId: it.chief.operatorId };
    const details = { reference: 'Ticket 8', finished: true, verifications: 0, waiting: 0 };
    expect(content).toMatchObject([
      { ...common, action: 'subjects.erased', details },
      { ...common, action: 'subjects.erase', details: { reference: 'Ticket 8' } },
    ]);
    expect(JSON.stringify(content)).not.toMatch(/853\D*0920|\*\*\*920/);
  });
});

describe('a request to erase', () => {
  test('is refused to an operator without the scope (403000000)', async () => {
    const clerk = await it.admin.operator({ scopes: scopes.filter((scope) => scope !== 'subjects:erase') });
    const { status, body } = await clerk.ask('POST', '/admin/subjects/erase', { number: NUMBER });
    expect([status, body.code, body.properties]).toEqual([403, '403000000', { scope: 'subjects:erase' }]);
  });

  test.each(['+30 694 853-0999', '+99912345678'])(
    'for %s, which nobody ever saw, is answered with zero counts',
    async (number) => {
      expect(await it.eraseOnce({ number })).toMatchObject({
        finished: true,
        cancelled: 0,
        removed: none,
        underWay: [],
      });
    },
  );

  test('takes as many verifications as there are, also beyond those that are noted for the number', async () => {
    const { verifications, recipients } = it.stack.database;
    const number = '+306948530977';
    const hash = recipientHash(it.stack.ring.maker, number);
    const verified = await it.verified(app);
    await closed(verified);
    const projection = await verifications.findOne({ _id: verified });
    const ids = Array.from({ length: 150 }, () => randomUUID());
    await verifications.insertMany(ids.map((_id) => ({ ...projection, _id, recipientHash: hash }) as never));
    await recipients.insertOne({ _id: hash, trackingIds: ids.slice(-100) });
    const erased = await it.eraseOnce({ number });
    expect(erased).toMatchObject({ finished: true, removed: { ...none, verifications: 150 } });
    expect(await recipients.findOne({ _id: hash })).toBeNull();
    expect(await verifications.countDocuments({ _id: { $in: ids }, recipientMasked: { $exists: true } })).toBe(0);
  }, 60_000);

  test.each([
    [{}, 'number'],
    [{ number: '6948530920' }, 'number'],
    [{ number: NUMBER, reference: 'x'.repeat(101) }, 'reference'],
    [{ number: NUMBER, reference: 'for 694 8530-920' }, 'reference'],
  ])('with %j is refused (400005000)', async (fields, field) => {
    const { status, body } = await it.chief.ask('POST', '/admin/subjects/erase', fields);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [field]]);
  });
});
