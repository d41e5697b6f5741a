// Money on the real database: clients that share nothing race for one balance, and the ledger stays exact.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type LedgerOperation, type LedgerRow, reserveOperation, settleOperation } from '../../domain/ledger.ts';
import { type Database, ensureIndexes, openDatabase } from '../../store/database.ts';
import { addAccount } from '../../store/demo.ts';
import { createFunds, type FundsResult, moveFunds } from '../../store/funds.ts';
import { keepRows } from '../../store/ledger-tail.ts';
import { eventually } from '../support/eventually.ts';
import { expectExactLedger, ledgerOf } from '../support/ledger.ts';

const PRICE = 45_000;
let clients: [Database, Database];

beforeAll(async () => {
  const { mongodbUrl } = inject('servers');
  const name = `t${randomUUID().slice(0, 8)}`;
  clients = [openDatabase(mongodbUrl, name), openDatabase(mongodbUrl, name)];
  await ensureIndexes(mongodbUrl, name);
});
afterAll(() => Promise.all(clients.map((client) => client.close())));

async function openAccount(available: number, creditLimit: number | null = 0): Promise<string> {
  const _id = randomUUID();
  const createdAt = new Date();
  const fresh = { _id, name: _id, currency: 'EUR', closed: false, available: 0, seq: 0, tail: [], createdAt };
  const topUp: LedgerOperation = { _id: `${_id}:topUp`, kind: 'topUp', delta: available, amount: available };
  await addAccount(clients[0], { ...fresh, creditLimit }, topUp);
  return _id;
}

/** As the engine does it: a database too busy to answer in time is asked again. */
const moved = (n: number, accountId: string, operation: LedgerOperation): Promise<FundsResult> =>
  eventually(operation._id, () => moveFunds(clients[n % 2] ?? clients[0], accountId, operation).catch(() => undefined));

const verdicts = (results: FundsResult[]) => results.map((result) => (typeof result === 'string' ? result : 'row'));

describe('an account', () => {
  test('with money for 10 takes exactly 10 of 40 reserves that come at once from two clients', async () => {
    const accountId = await openAccount(10 * PRICE);
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, n) => moved(n, accountId, reserveOperation(`${accountId}-${n}`, 1, PRICE))),
    );
    expect(verdicts(results).filter((verdict) => verdict === 'row')).toHaveLength(10);
    expect(verdicts(results).filter((verdict) => verdict === 'insufficient')).toHaveLength(30);
    const { available, reserved, rows } = await expectExactLedger(clients[0], accountId);
    expect([available, reserved, rows.length]).toEqual([0, 10 * PRICE, 11]);
  });

  test('makes an operation once that 20 executors make at once, and tells all of them the same row', async () => {
    const accountId = await openAccount(10 * PRICE);
    const reserve = reserveOperation(accountId, 1, PRICE);
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => moved(n, accountId, reserve)));
    for (const result of results) expect(result).toMatchObject({ _id: reserve._id, seq: 2, after: 9 * PRICE });
    expect((await expectExactLedger(clients[0], accountId)).available).toBe(9 * PRICE);
  });

  test('closes a reservation once when charge and release race for it', async () => {
    const accountId = await openAccount(10 * PRICE);
    await moved(0, accountId, reserveOperation(accountId, 1, PRICE));
    const settlements = (['charge', 'release'] as const).map((kind) => settleOperation(accountId, 1, kind, PRICE));
    const results = await Promise.all(settlements.map((settlement, n) => moved(n, accountId, settlement)));
    expect(results[0]).toEqual(results[1]);
    const { rows, reserved } = await expectExactLedger(clients[0], accountId);
    expect([rows.length, reserved]).toEqual([3, 0]);
  });

  test('finds an operation made long ago, and moves nothing', async () => {
    const accountId = await openAccount(50 * PRICE);
    const first = await moved(0, accountId, reserveOperation(accountId, 1, PRICE));
    // As many as it takes for the first one to leave the account's document.
    for (let n = 2; n < 40; n += 1) await moved(n, accountId, reserveOperation(accountId, n, PRICE));
    expect(await moved(1, accountId, reserveOperation(accountId, 1, PRICE))).toEqual(first);
    expect((await ledgerOf(clients[0], accountId)).length).toBe(40);
    expect(await clients[0].ledger.findOne({ _id: `${accountId}:reserve:1` })).toEqual(first);
  });

  test('is never touched after the deadline, but an operation made before it is still found', async () => {
    const accountId = await openAccount(10 * PRICE);
    const late = Date.now() - 1;
    const reserve = reserveOperation(accountId, 1, PRICE);
    await expect(moveFunds(clients[0], accountId, reserve, late)).rejects.toThrow(
      'The time for this movement has passed',
    );
    const row = await moved(0, accountId, reserve);
    expect(await moveFunds(clients[1], accountId, reserve, late)).toEqual(row);
  });

  test('goes as far below zero as its credit limit, and without one as far as asked', async () => {
    const limited = await openAccount(0, 2 * PRICE);
    const unlimited = await openAccount(0, null);
    const three = (accountId: string) =>
      [1, 2, 3].map((n) => moved(n, accountId, reserveOperation(accountId, n, PRICE)));
    expect(verdicts(await Promise.all(three(limited))).sort()).toEqual(['insufficient', 'row', 'row']);
    expect(verdicts(await Promise.all(three(unlimited)))).toEqual(['row', 'row', 'row']);
  });

  test('that does not exist is told as noAccount', async () => {
    expect(await moveFunds(clients[0], 'nobody', reserveOperation('x', 1, PRICE))).toBe('noAccount');
  });
});

describe('rows on their way into the ledger', () => {
  test('arrive where some are there already, and the tail stays short under 300 movements by two clients', async () => {
    const accountId = await openAccount(1_000 * PRICE);
    const funds = clients.map((client) => createFunds(client));
    const move = (n: number) => {
      const ask = () => funds[n % 2]?.move(accountId, reserveOperation(accountId, n, PRICE)).catch(() => undefined);
      return eventually(`movement ${n}`, async () => await ask());
    };
    let longest = 0;
    for (let from = 1; from <= 300; from += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => move(from + index)));
      const account = await clients[0].accounts.findOne({ _id: accountId });
      longest = Math.max(longest, account?.tail.length ?? 0);
      await keepRows(clients[1], account?.tail.slice(0, 5) ?? []);
    }
    const { rows } = await expectExactLedger(clients[0], accountId);
    expect(rows).toHaveLength(301);
    expect(longest).toBeLessThan(64);
  });

  test('do not leave the account where another row stands in the place of one', async () => {
    const accountId = await openAccount(100 * PRICE);
    const stranger = { ...(await ledgerOf(clients[0], accountId))[0], _id: `${accountId}:reserve:7`, seq: 1_000 };
    for (let n = 1; n < 31; n += 1) await moveFunds(clients[0], accountId, reserveOperation(accountId, n, PRICE));
    await clients[0].ledger.insertOne(stranger as LedgerRow);
    const next = () => moveFunds(clients[0], accountId, reserveOperation(accountId, 40, PRICE));
    await next();
    await expect(moveFunds(clients[0], accountId, reserveOperation(accountId, 41, PRICE))).rejects.toThrow(
      `Row 8 of account ${accountId} cannot be put into the ledger`,
    );
    expect((await clients[0].accounts.findOne({ _id: accountId }))?.tail).toHaveLength(32);
  });
});
