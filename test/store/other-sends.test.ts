// What else was handed over for a number, on a real database: known by which names, or in doubt.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { sendKey } from '../../domain/delivery.ts';
import { keepReceipt, rememberAcceptance } from '../../store/carrier-messages.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import type { VerificationDocument } from '../../store/documents.ts';
import { MAX_FOUND, noteRecipient } from '../../store/recipients.ts';
import { createSendJournal, type SendJournal } from '../../store/send-journal.ts';
import { eventually } from '../support/eventually.ts';

const MINUTE = 60_000;

let database: Database;
let journal: SendJournal;
let hash: string;
let own: string;

beforeAll(async () => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  journal = createSendJournal(database);
  const from = 'management API' as const;
  for (const _id of ['acme', 'second']) {
    await database.carriers.insertOne({
      _id,
      type: 'twilio',
      settings: {},
      paused: false,
      from,
      createdAt: new Date(),
    });
  }
});
beforeEach(async () => {
  hash = `k1:${randomUUID()}`;
  own = sendKey(await verification(), 1);
  await journal.begin('acme', own, 1);
});
afterAll(() => database?.close());

/** One to the number, alive until then. */
async function verification(expiresAt = new Date(Date.now() + MINUTE), noted = hash): Promise<string> {
  const trackingId = randomUUID();
  await database.verifications.insertOne({ _id: trackingId, expiresAt } as VerificationDocument);
  await noteRecipient(database, noted, trackingId);
  return trackingId;
}

/** What else went to the number since a minute ago, or since then. */
const others = async (since = Date.now() - MINUTE) => {
  const { messageIds, inDoubt } = await journal.others(['k0:other', hash], 'acme', own, since);
  return { messageIds: [...messageIds].sort(), inDoubt };
};
const accepted = { messageIds: ['SM1'], parts: 1 };

test('the send itself is none of the others, whatever is known of it', async () => {
  expect(await others()).toEqual({ messageIds: [], inDoubt: false });
  await rememberAcceptance(database, 'acme', own, { messageIds: ['SM0'], parts: 1 });
  expect(await others()).toEqual({ messageIds: [], inDoubt: false });
});

test('another send of the verification, a step by another carrier, and one of another verification are known by their names', async () => {
  const { trackingId = '' } = { trackingId: own.split(':')[0] };
  await rememberAcceptance(database, 'acme', sendKey(trackingId, 2), accepted);
  await rememberAcceptance(database, 'second', sendKey(trackingId, 1, 2), { ...accepted, messageIds: ['SM2', 'SM3'] });
  await rememberAcceptance(database, 'acme', sendKey(await verification(), 1), { ...accepted, messageIds: ['SM4'] });
  expect(await others()).toEqual({ messageIds: ['SM1', 'SM2', 'SM3', 'SM4'], inDoubt: false });
});

test('one that began and of which nothing is known is a doubt, until it is accepted, reported on or withdrawn', async () => {
  const [first, second, third] = [await verification(), await verification(), await verification()].map((each) =>
    sendKey(each, 1),
  );
  for (const key of [first, second, third]) await journal.begin('second', key ?? '', 1);
  expect(await others()).toEqual({ messageIds: [], inDoubt: true });
  await rememberAcceptance(database, 'second', first ?? '', accepted);
  await journal.withdraw('second', second ?? '', 1);
  expect((await others()).inDoubt).toBe(true);
  await keepReceipt(database, 'second', third ?? '', { messageId: 'SM9', state: 'underway' }, async () => undefined);
  expect(await others()).toEqual({ messageIds: ['SM1', 'SM9'], inDoubt: false });
});

test('an old doubt is none any more: what came of it was made long before', async () => {
  await journal.begin('second', sendKey(await verification(), 1), 1);
  expect((await others(Date.now() + 4 * MINUTE)).inDoubt).toBe(true);
  expect((await others(Date.now() + 6 * MINUTE)).inDoubt).toBe(false);
});

test('one to another number, or whose verification was long over, is of no matter', async () => {
  await journal.begin('acme', sendKey(await verification(undefined, 'k1:another'), 1), 1);
  await journal.begin('acme', sendKey(await verification(new Date(Date.now() - 10 * MINUTE)), 1), 1);
  expect(await others()).toEqual({ messageIds: [], inDoubt: false });
});

test('more verifications than are noted of a number are a doubt', async () => {
  for (let count = 0; count < MAX_FOUND; count += 1) await noteRecipient(database, hash, randomUUID());
  expect((await others()).inDoubt).toBe(true);
});

test('the journal tells when the first attempt began and when the newest did', async () => {
  const key = sendKey(randomUUID(), 1);
  expect(await journal.attempts('acme', key)).toBeUndefined();
  const before = Date.now();
  await journal.begin('acme', key, 1);
  const once = await journal.attempts('acme', key);
  expect(once?.first).toBeGreaterThanOrEqual(before);
  expect(once?.last).toBe(once?.first);
  await eventually('a later moment', async () => Date.now() > (once?.last ?? 0));
  await journal.begin('acme', key, 2);
  const twice = await journal.attempts('acme', key);
  expect(twice?.first).toBe(once?.first);
  expect(twice?.last).toBeGreaterThan(once?.last ?? Number.POSITIVE_INFINITY);
});

test('a first attempt that a receipt or a question came before is noted all the same', async () => {
  const [reported, barredOnce] = [sendKey(randomUUID(), 1), sendKey(randomUUID(), 1)];
  await keepReceipt(database, 'acme', reported, { messageId: 'SM1', state: 'underway' }, async () => ({}));
  await journal.begin('acme', reported, 1);
  expect(await journal.attempts('acme', reported)).toMatchObject({
    first: expect.any(Number),
    last: expect.any(Number),
  });
  expect(await journal.bar('acme', barredOnce)).toBe(true);
  expect(await journal.attempts('acme', barredOnce)).toBeUndefined();
});
