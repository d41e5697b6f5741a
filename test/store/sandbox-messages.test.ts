// The sandbox's outbox: once per send, an account's own alone, newest first, for an hour.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { SandboxMessageDocument } from '../../store/carrier-documents.ts';
import { type Database, ensureIndexes, openDatabase } from '../../store/database.ts';
import {
  findSandboxMessages,
  hasSandboxMessage,
  keepSandboxMessage,
  purgeSandboxMessages,
} from '../../store/sandbox-messages.ts';

const MINUTE = 60_000;
let database: Database;
let accountId: string;

beforeAll(async () => {
  const { mongodbUrl } = inject('servers');
  const name = `t${randomUUID().slice(0, 8)}`;
  database = openDatabase(mongodbUrl, name);
  await ensureIndexes(mongodbUrl, name);
});
beforeEach(() => {
  accountId = randomUUID();
});
afterAll(() => database.close());

const keep = async (changes: Partial<SandboxMessageDocument> = {}, ageMs = 0): Promise<string> => {
  const _id = changes._id ?? randomUUID();
  const sealed = { keyId: 'k1', sealed: 'x' };
  const sentAt = new Date(Date.now() - ageMs);
  await keepSandboxMessage(database, {
    trackingId: 't',
    accountId,
    recipientHash: 'k1:r',
    sealed,
    sentAt,
    ...changes,
    _id,
  });
  return _id;
};
const found = async (...hashes: string[]) =>
  (await findSandboxMessages(database, accountId, hashes)).map(({ _id }) => _id);

describe('a message', () => {
  test('is kept once under its id: the repeat of a send changes nothing', async () => {
    const id = await keep();
    await keep({ _id: id, trackingId: 'another' });
    expect(await findSandboxMessages(database, accountId, ['k1:r'])).toMatchObject([{ _id: id, trackingId: 't' }]);
    expect(await hasSandboxMessage(database, id)).toBe(true);
    expect(await hasSandboxMessage(database, randomUUID())).toBe(false);
  });

  test('is found under any hash its number may stand under, and under no other', async () => {
    const [old, fresh] = [await keep({ recipientHash: 'k1:r' }, 2), await keep({ recipientHash: 'k2:r' }, 1)];
    await keep({ recipientHash: 'k1:other' });
    expect(await found('k2:r', 'k1:r')).toEqual([fresh, old]);
    expect(await found('k1:nobody')).toEqual([]);
  });

  test('of another account is not shown, though it went to the same number', async () => {
    await keep({ accountId: randomUUID() });
    expect(await found('k1:r')).toEqual([]);
  });

  test('is shown for an hour, newest first, and then forgotten', async () => {
    const middle = await keep({}, 30 * MINUTE);
    const oldest = await keep({}, 59 * MINUTE);
    const newest = await keep({}, 0);
    const gone = await keep({}, 61 * MINUTE);
    expect(await found('k1:r')).toEqual([newest, middle, oldest]);
    await purgeSandboxMessages(database);
    expect(await hasSandboxMessage(database, gone)).toBe(false);
    expect(await hasSandboxMessage(database, oldest)).toBe(true);
  });
});
