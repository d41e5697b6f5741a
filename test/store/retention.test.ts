// Deleting what is past its time: reports keep their numbers, pending ones and fresh ones stay.
import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createRetentionActivities, type RetentionStep } from '../../activities/retention.ts';
import { reportOf } from '../../domain/report.ts';
import { defaultSettings } from '../../domain/settings.ts';
import type { Status } from '../../domain/verification.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import type { VerificationDocument } from '../../store/documents.ts';
import { addLateReceipt, findLateReceipts } from '../../store/late-receipts.ts';
import { countVerifications } from '../../store/reports.ts';

const logger = new DefaultLogger('WARN', () => {});
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let database: Database;
beforeAll(async () => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomUUID().slice(0, 8)}`);
  for (const [_id, retentionInDays] of [
    ['short', 2],
    ['long', 90],
  ] as const) {
    const settings = { ...defaultSettings, retentionInDays };
    const application = { accountId: 'a', name: _id, secrets: [], epoch: 1, disabled: false, createdAt: new Date() };
    await database.applications.insertOne({ ...application, _id, settings });
  }
});
afterAll(() => database.close());

const lateReceipt = (at: number) => ({ n: 1, step: 1, carrier: 'a', state: 'delivered' as const, at });

async function insert(applicationId: string, agoMs: number, status: Status, outcome: 'open' | 'refused' = 'open') {
  const receivedAt = new Date(Date.now() - agoMs);
  const updatedAt = new Date(receivedAt.getTime() + 2_000);
  const _id = randomUUID();
  const rest = {
    accountId: 'a',
    applicationId,
    country: 'GR',
    status,
    outcome,
    receivedAt,
    updatedAt,
    openedAt: receivedAt,
  };
  await database.verifications.insertOne({
    _id,
    version: 1,
    timesTried: 0,
    ...rest,
  } as unknown as VerificationDocument);
  await database.callbacks.insertOne({
    _id,
    accountId: 'a',
    applicationId,
    state: 'delivered',
    attempts: [],
    version: Date.now(),
  });
  await addLateReceipt(database, _id, lateReceipt(Date.now()));
  return _id;
}

async function sweepAll() {
  const { sweep } = createRetentionActivities({ database });
  let deleted = 0;
  for (;;) {
    const step = (await new MockActivityEnvironment({}, { logger }).run(sweep)) as RetentionStep;
    deleted += step.deleted;
    if (!step.more) return deleted;
  }
}

const report = async (applicationId?: string, from?: Date) =>
  reportOf(await countVerifications(database, { accountId: 'a', applicationId, from }));
const left = async () => (await database.verifications.find().toArray()).map(({ _id }) => _id).sort();

test('only what is settled and past its retention is deleted, and every report says the same as before', async () => {
  const kept = [
    await insert('short', HOUR, 'Verified'),
    await insert('short', 30 * HOUR, 'Expired'),
    await insert('long', 5 * DAY, 'Verified'),
    await insert('long', 10, 'Pending'),
    await insert('long', HOUR, 'Pending', 'refused'),
  ];
  const gone = [
    await insert('short', 3 * DAY, 'Verified'),
    await insert('short', 3 * DAY, 'Failed'),
    await insert('short', 5 * DAY, 'Cancelled'),
    await insert('long', 100 * DAY, 'Verified'),
    await insert('long', 2 * DAY, 'Pending', 'refused'),
  ];
  const before = [await report(), await report('short'), await report('long')];
  expect(before[0]?.total).toBe(8);
  expect(await sweepAll()).toBe(gone.length);
  expect(await left()).toEqual(kept.sort());
  expect(await database.callbacks.countDocuments({ _id: { $in: gone } })).toBe(0);
  expect(await database.lateReceipts.countDocuments({ _id: { $in: gone } })).toBe(0);
  expect([await report(), await report('short'), await report('long')]).toEqual(before);
  expect((await report(undefined, new Date(Date.now() - 4 * DAY))).total).toBe(5);
  expect(await sweepAll()).toBe(0);
  expect([await report(), await report('short'), await report('long')]).toEqual(before);
});

test('an hour that still holds a pending verification is not totalled, and nothing of it or after it is deleted', async () => {
  await database.verifications.deleteMany({});
  await database.reportState.deleteMany({});
  await database.reportTotals.deleteMany({});
  const stuck = await insert('short', 4 * DAY, 'Pending');
  const later = await insert('short', 3 * DAY, 'Verified');
  const before = await report();
  expect(await sweepAll()).toBe(0);
  expect(await left()).toEqual([stuck, later].sort());
  expect(await database.events.find().toArray()).toMatchObject([{ kind: 'heldBack', trackingId: stuck }]);
  expect(await report()).toEqual(before);
  await database.verifications.updateOne({ _id: stuck }, { $set: { status: 'Expired' } });
  expect(await sweepAll()).toBe(2);
  expect(await report()).toMatchObject({ total: 2, totals: { Expired: 1, Verified: 1 } });
});

test('a report cuts hours exactly where its period does, also once they are totalled', async () => {
  await database.verifications.deleteMany({});
  await database.reportState.deleteMany({});
  await database.reportTotals.deleteMany({});
  const base = Math.floor((Date.now() - 3 * DAY) / HOUR) * HOUR;
  for (const minutes of [5, 20, 50, 70, 130]) {
    await insert('long', Date.now() - (base + minutes * 60_000), 'Verified');
  }
  const counted = async (from: number, to: number) => {
    const period = { from: new Date(base + from * 60_000), to: new Date(base + to * 60_000) };
    return reportOf(await countVerifications(database, { accountId: 'a', applicationId: 'long', ...period })).total;
  };
  const periods: [number, number, number][] = [
    [0, 180, 5],
    [15, 45, 1],
    [15, 75, 3],
    [60, 120, 1],
    [20, 130, 3],
    [6, 6, 0],
  ];
  for (const [from, to, total] of periods) expect(await counted(from, to), `${from}-${to}`).toBe(total);
  await sweepAll();
  expect(await database.reportTotals.countDocuments({ applicationId: 'long' })).toBe(3);
  for (const [from, to, total] of periods) expect(await counted(from, to), `${from}-${to}`).toBe(total);
});

test('callbacks, late receipts and events are forgotten 400 days on, those of a verification that is kept are not', async () => {
  const kept = await insert('long', DAY, 'Verified');
  const old = Date.now() - 401 * DAY;
  const callback = { accountId: 'a', applicationId: 'long', state: 'givenUp' as const, attempts: [], version: old };
  await database.callbacks.updateOne({ _id: kept }, { $set: { version: old } });
  await database.callbacks.insertOne({ _id: 'stray', ...callback });
  await addLateReceipt(database, 'strayReceipt', lateReceipt(old));
  await addLateReceipt(database, kept, { ...lateReceipt(old), n: 2 });
  await database.events.insertOne({
    _id: 'old',
    kind: 'workflowGone',
    trackingId: 't',
    accountId: 'a',
    at: new Date(old),
  });
  await sweepAll();
  expect(await database.callbacks.findOne({ _id: 'stray' })).toBeNull();
  expect(await database.callbacks.findOne({ _id: kept })).not.toBeNull();
  expect(await database.lateReceipts.findOne({ _id: 'strayReceipt' })).toBeNull();
  expect(await findLateReceipts(database, kept)).toHaveLength(2);
  expect(await database.events.findOne({ _id: 'old' })).toBeNull();
});

test('keys past their 24 hours are forgotten', async () => {
  const claim = { trackingId: 't', bodyHash: 'b' };
  await database.idempotency.insertOne({ _id: 'old', ...claim, createdAt: new Date(Date.now() - DAY - 1000) });
  await database.idempotency.insertOne({ _id: 'new', ...claim, createdAt: new Date() });
  await sweepAll();
  expect((await database.idempotency.find().toArray()).map(({ _id }) => _id)).toEqual(['new']);
});
