// The journal of sends on a real database: attempts that race each other, or wake up late, never begin twice.
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { sendKey } from '../../domain/delivery.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { createSendJournal, type SendJournal } from '../../store/send-journal.ts';

let database: Database;
let journal: SendJournal;

beforeAll(() => {
  database = openDatabase(inject('servers').mongodbUrl, `t${randomBytes(6).toString('hex')}`);
  journal = createSendJournal(database);
});
afterAll(() => database?.close());

const newKey = () => sendKey(randomUUID(), 1);

test('an attempt begins once, a later one after it, an earlier one never', async () => {
  const key = newKey();
  expect(await journal.mayHaveSent('c', key)).toBe(false);
  expect(await journal.begin('c', key, 1)).toBe(true);
  expect(await journal.begin('c', key, 1)).toBe(false);
  expect(await journal.begin('c', key, 3)).toBe(true);
  expect(await journal.begin('c', key, 2)).toBe(false);
  expect(await journal.mayHaveSent('c', key)).toBe(true);
  expect(await journal.mayHaveSent('another', key)).toBe(false);
});

test('a withdrawn attempt surely sent nothing; withdrawing an older one says nothing of the newest', async () => {
  const key = newKey();
  await journal.begin('c', key, 1);
  await journal.withdraw('c', key, 1);
  expect(await journal.mayHaveSent('c', key)).toBe(false);
  await journal.begin('c', key, 2);
  await journal.withdraw('c', key, 1);
  expect(await journal.mayHaveSent('c', key)).toBe(true);
});

test('the last word keeps what has not begun from beginning, and leaves what may have sent in doubt', async () => {
  const [never, withdrawn, begun] = [newKey(), newKey(), newKey()];
  await journal.begin('c', withdrawn, 1);
  await journal.withdraw('c', withdrawn, 1);
  await journal.begin('c', begun, 1);
  expect([await journal.bar('c', never), await journal.bar('c', withdrawn), await journal.bar('c', begun)]).toEqual([
    true,
    true,
    false,
  ]);
  for (const key of [never, withdrawn]) expect(await journal.begin('c', key, 9)).toBe(false);
});

test('of an attempt and the last word that race, exactly one wins', async () => {
  for (let round = 0; round < 20; round += 1) {
    const key = newKey();
    const [began, barred] = await Promise.all([journal.begin('c', key, 1), journal.bar('c', key)]);
    expect(began).not.toBe(barred);
  }
});

test('of 20 attempts with the same number one begins', async () => {
  const key = newKey();
  const began = await Promise.all(Array.from({ length: 20 }, () => journal.begin('c', key, 1)));
  expect(began.filter(Boolean)).toHaveLength(1);
});
