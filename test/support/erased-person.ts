// Somebody who will be erased, with an application, what it was told, and what must be left of a cancelled verification.
import type { TestContext } from 'vitest';
import type { Erasing } from './erasing.ts';
import { eventually } from './eventually.ts';
import { expectExactLedger, movementsOf } from './ledger.ts';

let persons = 0;

/** A person and an application of one test's own, for tests that run at the same time. */
export async function meet(it: Erasing, { expect }: TestContext) {
  persons += 1;
  const person = it.person(`+3069485301${String(persons).padStart(2, '0')}`);
  const app = await it.stack.addApplication({ callback: { url: it.receiver.url } });
  const told = (trackingId: string) =>
    it.receiver.received.filter(({ body }) => body.trackingId === trackingId).map(({ body }) => body.status);
  const toldTimes = (trackingId: string, times: number) =>
    eventually(`told ${times} times`, async () => told(trackingId).length === times);
  const expectCancelledOnce = async (trackingId: string) => {
    expect(told(trackingId)).toEqual(['Cancelled']);
    expect(await movementsOf(it.stack.database, app.accountId, trackingId)).toEqual(['reserve', 'charge']);
    expect(await expectExactLedger(it.stack.database, app.accountId)).toMatchObject({ reserved: 0 });
    expect((await app.api.status(trackingId)).body.status).toBe('Cancelled');
    expect(await person.traces()).toEqual([]);
  };
  return { person, app, told, toldTimes, expectCancelledOnce };
}
