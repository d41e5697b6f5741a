// The audit on a real database: in pages, while the account moves, and on ledgers somebody has tampered with.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adjustmentOperation, topUpOperation } from '../../domain/funds.ts';
import { noReservation, reserveOperation, settleOperation } from '../../domain/ledger.ts';
import { auditStoredAccount } from '../../store/account-audit.ts';
import { moveFunds } from '../../store/funds.ts';
import { auditLedger } from '../../store/ledger-audit.ts';
import { moveTail } from '../support/ledger.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await createStack();
});
afterAll(() => stack?.stop());

/** An account with 1 top-up, 3 reservations, 1 of them charged, 1 given back, 1 open. */
async function movedAccount(): Promise<string> {
  const { accountId } = await stack.addApplication({ balance: 10 });
  const operations = [
    reserveOperation(`${accountId}-t1`, 1, 45_000),
    settleOperation(`${accountId}-t1`, 1, 'charge', 45_000),
    reserveOperation(`${accountId}-t2`, 1, 60_000),
    settleOperation(`${accountId}-t2`, 1, 'release', 60_000),
    noReservation(`${accountId}-t3`, 1),
    reserveOperation(`${accountId}-t4`, 1, 70_000),
  ];
  for (const operation of operations) await moveFunds(stack.database, accountId, operation);
  await moveTail(stack.database, accountId);
  return accountId;
}

const audit = (accountId: string, pageRows?: number) =>
  auditStoredAccount(stack.database, accountId, pageRows === undefined ? {} : { pageRows });
const problems = async (accountId: string) => (await audit(accountId))?.differences.map(({ problem }) => problem);

describe('the audit of an account', () => {
  test.each([1, 2, 3, 7, 5_000])('finds nothing in pages of %i rows where all is right', async (pageRows) => {
    const accountId = await movedAccount();
    expect(await audit(accountId, pageRows)).toMatchObject({
      rows: 7,
      differenceCount: 0,
      open: [{ trackingId: `${accountId}-t4`, n: 1, amount: 70_000 }],
    });
  });

  test('is exact at every moment while the account goes on moving', async () => {
    const { accountId } = await stack.addApplication({ balance: 10 });
    let moving = true;
    const mover = async (who: number) => {
      for (let n = 1; moving; n += 1) {
        const id = `${accountId}-${who}-${n}`;
        await moveFunds(stack.database, accountId, reserveOperation(id, 1, 10));
        if (n % 3 > 0)
          await moveFunds(stack.database, accountId, settleOperation(id, 1, n % 3 > 1 ? 'charge' : 'release', 10));
      }
    };
    const movers = [1, 2, 3].map(mover);
    const found = [];
    for (let round = 0; round < 15; round += 1) found.push(await audit(accountId, 20));
    moving = false;
    await Promise.all(movers);
    expect(found.flatMap((each) => each?.differences)).toEqual([]);
    const rows = found.map((each) => each?.rows ?? 0);
    expect(rows.at(-1)).toBeGreaterThan(rows[0] ?? 0);
  });

  test('of an account that is not there is none', async () => {
    expect(await audit('nobody')).toBeUndefined();
  });
});

describe('the audit finds', () => {
  test('a row that was deleted', async () => {
    const accountId = await movedAccount();
    await stack.database.ledger.deleteOne({ _id: `${accountId}-t2:settle:1` });
    expect(await problems(accountId)).toContain('row 5 is missing');
  });

  test('an amount that was changed, in the ledger or in the account', async () => {
    const accountId = await movedAccount();
    await stack.database.ledger.updateOne({ _id: `${accountId}-t1:settle:1` }, { $set: { amount: 44_999 } });
    expect(await problems(accountId)).toContain('settles 44999 where 45000 is reserved');
    const other = await movedAccount();
    await stack.database.accounts.updateOne({ _id: other }, { $set: { available: 10_000_000 } });
    expect(await problems(other)).toContain('10000000 is available, and 9885000 was left by the newest row');
  });

  test('a newest row that the ledger has differently, even under another number', async () => {
    const accountId = await movedAccount();
    const newest = await moveTail(stack.database, accountId);
    await stack.database.ledger.insertOne({ ...newest, seq: 70 });
    expect(await problems(accountId)).toEqual(['is not the same in the ledger and in the account']);
  });

  test('an account set back to an earlier state, as by a restored backup', async () => {
    const accountId = await movedAccount();
    const earlier = await stack.database.accounts.findOne({ _id: accountId });
    await moveFunds(stack.database, accountId, topUpOperation(accountId, 1, 'one'));
    await moveFunds(stack.database, accountId, topUpOperation(accountId, 1, 'two'));
    await moveTail(stack.database, accountId);
    if (earlier) await stack.database.accounts.replaceOne({ _id: accountId }, earlier);
    expect(await problems(accountId)).toEqual(['is in the ledger, and the account does not know of it']);
  });

  test('rows of an account that is gone, and still proves the others', async () => {
    const own = await createStack();
    try {
      const { accountId } = await own.addApplication();
      await moveFunds(own.database, accountId, adjustmentOperation(accountId, 5, 'r'));
      await moveTail(own.database, accountId);
      await own.addApplication();
      await own.database.accounts.deleteOne({ _id: accountId });
      const result = await auditLedger(own.database, { runs: async () => true, actor: 'test' });
      expect(result).toMatchObject({ accounts: 1, differenceCount: 1 });
      expect(result.differences).toEqual([
        { accountId, problem: 'has rows in the ledger, and there is no such account' },
      ]);
      expect(await own.database.audits.findOne({ _id: 'ledger' })).toMatchObject({ sentence: result.sentence });
    } finally {
      await own.stop();
    }
  });
});

describe('open reservations without a workflow', () => {
  const auditNow = (own: Stack, runs: (trackingId: string) => Promise<boolean>, abandonedAfterMs = 0) =>
    auditLedger(own.database, { runs, actor: 'Zoe', abandonedAfterMs });
  const gone = async () => false;

  test('are settled once, with a row in the audit trail; on an account that differs nothing is moved', async () => {
    const own = await createStack();
    try {
      const { accountId } = await own.addApplication({ balance: 1 });
      const tampered = await own.addApplication({ balance: 1 });
      for (const id of [accountId, tampered.accountId]) {
        await moveFunds(own.database, id, reserveOperation(`t-${id}`, 1, 100));
        await moveFunds(own.database, id, adjustmentOperation(id, -1, 'fee'));
      }
      await moveTail(own.database, tampered.accountId);
      await own.database.ledger.updateOne({ _id: `t-${tampered.accountId}:reserve:1` }, { $set: { before: 5 } });
      const result = await auditNow(own, gone);
      expect(result).toMatchObject({ released: 1, charged: 0, open: 1 });
      expect(await own.database.accounts.findOne({ _id: accountId })).toMatchObject({ available: 999_999 });
      expect(await own.database.audit.find().toArray()).toMatchObject([
        { actor: 'Zoe', action: 'reservation.release', details: { accountId, amount: 0.0001, send: 1 } },
      ]);
      expect(await auditNow(own, gone)).toMatchObject({ released: 0, open: 1 });
    } finally {
      await own.stop();
    }
  });

  test('are left alone while young, while their workflow runs, and where Temporal does not answer', async () => {
    const own = await createStack();
    try {
      const { accountId } = await own.addApplication({ balance: 1 });
      await moveFunds(own.database, accountId, reserveOperation('t1', 1, 100));
      await moveFunds(own.database, accountId, reserveOperation('t2', 1, 100));
      expect(await auditNow(own, gone, 60_000)).toMatchObject({ open: 2, released: 0, unasked: 0 });
      expect(await auditNow(own, async () => true)).toMatchObject({ open: 2, released: 0, unasked: 0 });
      let asked = 0;
      const silent = async () => {
        asked += 1;
        throw new Error('away');
      };
      expect(await auditNow(own, silent)).toMatchObject({ open: 2, released: 0, unasked: 2 });
      expect(asked).toBe(1);
    } finally {
      await own.stop();
    }
  });

  test('settled by a late worker meanwhile are not settled again', async () => {
    const own = await createStack();
    try {
      const { accountId } = await own.addApplication({ balance: 1 });
      await moveFunds(own.database, accountId, reserveOperation('t1', 1, 100));
      const late = async () => {
        await moveFunds(own.database, accountId, settleOperation('t1', 1, 'charge', 100));
        return false;
      };
      expect(await auditNow(own, late)).toMatchObject({ open: 0, released: 0, charged: 0, differenceCount: 0 });
      expect(await own.database.accounts.findOne({ _id: accountId })).toMatchObject({ available: 999_900, seq: 3 });
      expect(await own.database.operatorActs.countDocuments()).toBe(0);
    } finally {
      await own.stop();
    }
  });
});
