// How old the newest lease of a worker is, by the clock of the database alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropWorkerLease, renewWorkerLease, youngestLeaseMs } from '../../store/worker-leases.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await createStack();
});
afterAll(() => stack?.stop());

const aged = async (id: string, ms: number) => {
  await renewWorkerLease(stack.database, id);
  const lease = await stack.database.workerLeases.findOne({ _id: id });
  const renewedAt = new Date((lease?.renewedAt.getTime() ?? 0) - ms);
  await stack.database.workerLeases.updateOne({ _id: id }, { $set: { renewedAt } });
};

test('no lease is endlessly old', async () => {
  expect(await youngestLeaseMs(stack.database)).toBe(Number.POSITIVE_INFINITY);
});

test.each([0, 4_000, 14_000, 15_000, 3_600_000])('a lease of %i ms is as old as that', async (ms) => {
  await aged('one', ms);
  const age = await youngestLeaseMs(stack.database);
  expect(age).toBeGreaterThanOrEqual(ms);
  expect(age).toBeLessThan(ms + 5_000);
});

test('the newest of several counts, until it is dropped', async () => {
  await aged('one', 60_000);
  await aged('two', 10_000);
  expect(await youngestLeaseMs(stack.database)).toBeLessThan(20_000);
  await dropWorkerLease(stack.database, 'two');
  expect(await youngestLeaseMs(stack.database)).toBeGreaterThanOrEqual(60_000);
});
