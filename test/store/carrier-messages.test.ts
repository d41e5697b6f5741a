// Where acceptances and receipts of a message meet: in either order, at once, again and again.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readSendKey, type SendPlace, sendKey } from '../../domain/delivery.ts';
import type { Receipt } from '../../domain/receipt.ts';
import {
  countUnmatched,
  type KeptMessage,
  keepReceipt,
  noteTold,
  purgeCarrierMessages,
  recallAcceptance,
  rememberAcceptance,
} from '../../store/carrier-messages.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { addLateReceipt, findLateReceipts } from '../../store/late-receipts.ts';

let database: Database;

beforeAll(() => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomUUID().slice(0, 8)}`);
});
afterAll(() => database?.close());

const delivered: Receipt = { state: 'delivered' };
const draw = () => {
  const key = sendKey(randomUUID(), 1);
  return { key, send: readSendKey(key) as SendPlace, messageId: randomUUID() };
};
const accept = (key: string, messageIds: readonly string[], carrier = 'acme') =>
  rememberAcceptance(database, carrier, key, { messageIds, parts: 1, cost: 7 });
const keep = (name: string, receipt = delivered, carrier = 'acme') =>
  keepReceipt(database, carrier, name, receipt, async () => ({}));
const said = (message: KeptMessage | undefined) => message?.untold.map(({ state, reason }) => ({ state, reason }));
const HOUR = 3_600_000;
const age = (_id: string, ms: number) =>
  database.carrierMessages.updateOne({ _id }, { $set: { keptAt: new Date(Date.now() - ms) } });

describe('an acceptance', () => {
  test('that comes first tells later receipts which send they are of, by every name of the message', async () => {
    const { key, send, messageId } = draw();
    expect((await accept(key, [messageId, `${messageId}-2`])).flatMap(({ untold }) => untold)).toEqual([]);
    for (const name of [key, messageId, `${messageId}-2`]) {
      const kept = await keep(name);
      expect([kept?.send, said(kept)]).toEqual([send, [delivered]]);
    }
  });

  test('that comes second finds the receipts that were kept, and a repeat finds them until they are told', async () => {
    const { key, send, messageId } = draw();
    expect((await keep(messageId))?.send).toBeUndefined();
    for (let again = 0; again < 2; again += 1) {
      const [own, named] = await accept(key, [messageId]);
      expect([own?.untold, named?.send, said(named)]).toEqual([[], send, [delivered]]);
      if (again === 1 && named) await noteTold(database, named.id, 'delivered::');
    }
    expect((await accept(key, [messageId])).flatMap(({ untold }) => untold)).toEqual([]);
    expect((await keep(messageId))?.untold).toEqual([]);
  });

  test('and a receipt at once: whoever reads last knows both, over 100 rounds', async () => {
    for (let round = 0; round < 100; round += 1) {
      const { key, send, messageId } = draw();
      const [messages, kept] = await Promise.all([accept(key, [messageId]), keep(messageId)]);
      const foundByAcceptance = messages.some(({ untold }) => untold.length > 0);
      expect(foundByAcceptance || kept?.send !== undefined).toBe(true);
      expect(kept?.send ?? send).toEqual(send);
    }
  });

  test('is recalled with its parts and cost, by its own carrier alone', async () => {
    const { key, messageId } = draw();
    expect(await recallAcceptance(database, 'acme', key, 1)).toBeUndefined();
    await accept(key, [messageId]);
    expect(await recallAcceptance(database, 'acme', key, 3)).toEqual({ messageIds: [messageId], parts: 1, cost: 7 });
    expect(await recallAcceptance(database, 'other', key, 1)).toBeUndefined();
  });

  test('whose answer was lost is recalled by a receipt that named the send', async () => {
    const { key, messageId } = draw();
    await keep(key, { ...delivered, messageId });
    expect(await recallAcceptance(database, 'acme', key, 3)).toEqual({ messageIds: [messageId], parts: 3 });
  });

  test('by a name the carrier gave before takes over nothing of the send before it', async () => {
    const [before, after] = [draw(), draw()];
    const { messageId } = before;
    await accept(before.key, [messageId]);
    await keep(messageId, { state: 'undelivered' });
    const [, named] = await accept(after.key, [messageId]);
    expect([named?.send, named?.untold]).toEqual([after.send, []]);
    const kept = await keep(messageId);
    expect([kept?.send, said(kept)]).toEqual([after.send, [delivered]]);
  });

  test('takes over no receipt that waited for more than an hour', async () => {
    const { key, messageId } = draw();
    await keep(messageId);
    await age(`acme:${messageId}`, HOUR + 1);
    expect((await accept(key, [messageId])).flatMap(({ untold }) => untold)).toEqual([]);
  });
});

describe('a receipt', () => {
  test('is never of what another carrier accepted under the same name', async () => {
    const { key, messageId } = draw();
    await accept(key, [messageId]);
    expect((await keep(messageId, delivered, 'other'))?.send).toBeUndefined();
  });

  test('is kept once, however often it comes at once; others of the same message beside it', async () => {
    const { messageId } = draw();
    const undelivered: Receipt = { state: 'undelivered', reason: 'EXPIRED' };
    const copies = Array.from({ length: 40 }, (_, index) => keep(messageId, index % 2 ? delivered : undelivered));
    await Promise.all(copies);
    const found = await database.carrierMessages.findOne({ _id: `acme:${messageId}` });
    expect(found?.receipts.map(({ key }) => key).sort()).toEqual(['delivered::', 'undelivered:EXPIRED:']);
  });

  test('of a message is kept up to 20 times, and those under way leave room for what decides', async () => {
    const { messageId } = draw();
    for (let n = 0; n < 15; n += 1) await keep(messageId, { state: 'underway', reason: String(n) });
    const decided = await keep(messageId);
    expect(said(decided)).toHaveLength(11);
    expect(said(decided)?.at(-1)).toEqual(delivered);
    for (let n = 0; n < 15; n += 1) await keep(messageId, { state: 'undelivered', reason: String(n) });
    expect(said(await keep(messageId))).toHaveLength(20);
  });

  test('that waits where another waits renews the hour, and where one waited for longer takes its place', async () => {
    const { key, messageId } = draw();
    const underway: Receipt = { state: 'underway' };
    await keep(messageId, underway);
    await age(`acme:${messageId}`, HOUR - 1_000);
    await keep(messageId, { ...underway, reason: 'ENROUTE' });
    const keptAt = async () => (await database.carrierMessages.findOne({ _id: `acme:${messageId}` }))?.keptAt.getTime();
    expect(await keptAt()).toBeGreaterThan(Date.now() - HOUR / 2);
    await age(`acme:${messageId}`, HOUR + 1);
    expect(said(await keep(messageId))).toEqual([delivered]);
    expect(await keptAt()).toBeGreaterThan(Date.now() - HOUR / 2);
    expect(said((await accept(key, [messageId])).at(-1))).toEqual([delivered]);
  });

  test('of a message nobody wants to keep leaves nothing', async () => {
    const { messageId } = draw();
    expect(await keepReceipt(database, 'acme', messageId, delivered, async () => undefined)).toBeUndefined();
    expect(await database.carrierMessages.findOne({ _id: `acme:${messageId}` })).toBeNull();
  });
});

test('messages without a send are counted to a bound, and forgotten after an hour; those with one after a week', async () => {
  const own = openDatabase(inject('servers').mongodbUrl, `t${randomUUID().slice(0, 8)}`);
  try {
    const { carrierMessages } = own;
    const { send } = draw();
    const kept = (_id: string, ms: number, more = {}) =>
      carrierMessages.insertOne({ _id, receipts: [], keptAt: new Date(Date.now() - ms), ...more });
    await kept('a:new', 0);
    await kept('a:waiting', HOUR - 60_000);
    await kept('a:late', HOUR + 1);
    await kept('a:matched', 7 * 24 * HOUR - 60_000, { send });
    await kept('a:old', 7 * 24 * HOUR + 1, { send });
    expect(await countUnmatched(own, 10)).toBe(2);
    expect(await countUnmatched(own, 1)).toBe(1);
    expect(await purgeCarrierMessages(own)).toBe(2);
    expect(await purgeCarrierMessages(own)).toBe(0);
    const left = await carrierMessages.find().toArray();
    expect(left.map(({ _id }) => _id).sort()).toEqual(['a:matched', 'a:new', 'a:waiting']);
  } finally {
    await own.close();
  }
});

test('late receipts are kept once each, in their order, 50 at most', async () => {
  const trackingId = randomUUID();
  const report = (n: number, reason = 'X') => ({
    n,
    step: 1,
    carrier: 'acme',
    state: 'undelivered' as const,
    reason,
    at: 1,
  });
  expect(await findLateReceipts(database, trackingId)).toEqual([]);
  await Promise.all(Array.from({ length: 20 }, () => addLateReceipt(database, trackingId, report(1))));
  await addLateReceipt(database, trackingId, report(2));
  expect((await findLateReceipts(database, trackingId)).map(({ n }) => n)).toEqual([1, 2]);
  for (let index = 0; index < 60; index += 1) await addLateReceipt(database, trackingId, report(3, `${index}`));
  expect(await findLateReceipts(database, trackingId)).toHaveLength(50);
});
