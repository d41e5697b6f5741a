// The low-balance event: exactly one per crossing, whoever crashes, repeats or races; nothing is written otherwise.
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRecordActivities, type RecordActivities } from '../../activities/records.ts';
import { changeLowBalance, topUp } from '../../admin/funds.ts';
import { reserveOperation } from '../../domain/ledger.ts';
import { moveFunds } from '../../store/funds.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let records: RecordActivities;
let logged: LogEntry[] = [];
const logger = new DefaultLogger('WARN', (entry) => logged.push(entry));

beforeAll(async () => {
  stack = await createStack();
  records = createRecordActivities(stack);
});
beforeEach(() => {
  logged = [];
});
afterAll(() => stack?.stop());

/** An account of 1 EUR that is to be told of below 0.5. */
async function markedAccount(): Promise<string> {
  const { accountId } = await stack.addApplication({ balance: 1 });
  await changeLowBalance({ database: stack.database, actor: 'test' }, accountId, 500_000);
  return accountId;
}
const reserve = (accountId: string, n: number, amount: number, worker = records) => {
  const inTime = { currentAttemptScheduledTimestampMs: Date.now(), startToCloseTimeoutMs: 10_000 };
  return new MockActivityEnvironment(inTime, { logger }).run(
    worker.reserve,
    accountId,
    reserveOperation(accountId, n, amount),
  );
};
const eventsOf = (accountId: string) => stack.database.events.find({ accountId }).toArray();

describe('a reservation', () => {
  test('that crosses the mark leaves one event, and those before and after it none', async () => {
    const accountId = await markedAccount();
    expect(await reserve(accountId, 1, 500_000)).toBe('reserved');
    expect(await eventsOf(accountId)).toEqual([]);
    expect(await reserve(accountId, 2, 1)).toBe('reserved');
    expect(await reserve(accountId, 3, 1)).toBe('reserved');
    expect(await eventsOf(accountId)).toMatchObject([{ seq: 3, available: 499_999, lowBalance: 500_000 }]);
  });

  test('repeated after a crash between money and event leaves the event, once', async () => {
    const accountId = await markedAccount();
    await moveFunds(stack.database, accountId, reserveOperation(accountId, 1, 600_000));
    expect(await eventsOf(accountId)).toEqual([]);
    for (let repeat = 0; repeat < 3; repeat += 1) await reserve(accountId, 1, 600_000);
    expect(await eventsOf(accountId)).toHaveLength(1);
    expect(await stack.database.accounts.findOne({ _id: accountId })).toMatchObject({ available: 400_000 });
  });

  test('that is too dear leaves none', async () => {
    const accountId = await markedAccount();
    expect(await reserve(accountId, 1, 1_000_001)).toBe('insufficientBalance');
    expect(await eventsOf(accountId)).toEqual([]);
  });

  test('among 40 at once leaves one event, by two workers that repeat each other', async () => {
    const accountId = await markedAccount();
    const other = createRecordActivities(stack);
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    const both = numbers.flatMap((n) => [records, other].map((worker) => reserve(accountId, n, 20_000, worker)));
    await Promise.all(both);
    expect(await stack.database.accounts.findOne({ _id: accountId })).toMatchObject({ available: 200_000, seq: 41 });
    expect(await eventsOf(accountId)).toMatchObject([{ available: 480_000 }]);
    expect(logged).toMatchObject([{ level: 'WARN', meta: { accountId, available: 0.48, mark: 0.5 } }]);
  });

  test('that crosses the mark again after a top-up leaves another event', async () => {
    const accountId = await markedAccount();
    await reserve(accountId, 1, 600_000);
    await topUp({ database: stack.database, actor: 'test' }, accountId, 600_000, 'more');
    await reserve(accountId, 2, 600_000);
    expect((await eventsOf(accountId)).map((event) => event.kind === 'lowBalance' && event.seq).sort()).toEqual([2, 4]);
  });
});
