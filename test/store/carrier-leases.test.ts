// Leases of connections: shared alike, each held by one process at a time, free again when its holder is gone.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { renewLease, takeLease } from '../../store/carrier-leases.ts';
import { createCarrierLeases } from '../../worker/carrier-leases.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await createStack();
});
afterAll(async () => {
  await stack?.stop();
});
beforeEach(async () => {
  await stack.database.carrierLeases.deleteMany({});
});

const leases = (holder: string, now?: () => number) => createCarrierLeases(stack.database, holder, now);
const inMs = (ms: number) => new Date(Date.now() + ms);

test('two processes that look in turn share alike, one at a look, and take no more than there are', async () => {
  const [a, b] = [leases('a'), leases('b')];
  expect(await a.keep('c', 3)).toEqual([0]);
  expect(await b.keep('c', 3)).toEqual([1]);
  expect(await a.keep('c', 3)).toEqual([0, 2]);
  expect(await b.keep('c', 3)).toEqual([1]);
  expect(await a.keep('other', 1)).toEqual([0]);
});

test('of many that want the last one, one gets it', async () => {
  const took = await Promise.all(
    Array.from({ length: 30 }, (_, n) => takeLease(stack.database, 'c:0', `h${n}`, inMs(10_000))),
  );
  expect(took.filter(Boolean)).toHaveLength(1);
  await stack.database.carrierLeases.updateOne({ _id: 'c:0' }, { $set: { expiresAt: inMs(-1) } });
  const again = await Promise.all(
    Array.from({ length: 30 }, (_, n) => takeLease(stack.database, 'c:0', `h${n}`, inMs(10_000))),
  );
  expect(again.filter(Boolean)).toHaveLength(1);
});

test('one that ran out is taken by another, and its old holder learns so', async () => {
  let clock = Date.now();
  const [a, b] = [leases('a', () => clock), leases('b')];
  await a.keep('c', 1);
  await stack.database.carrierLeases.updateOne({ _id: 'c:0' }, { $set: { expiresAt: inMs(-1) } });
  expect(await b.keep('c', 1)).toEqual([0]);
  clock += 6_000;
  expect(await a.keep('c', 1)).toEqual([]);
  expect(await renewLease(stack.database, 'c:0', 'a', inMs(1))).toBe(false);
});

test('a process that slept past its lease holds nothing, though nobody took it', async () => {
  let clock = Date.now();
  const a = leases('a', () => clock);
  await a.keep('c', 1);
  expect(a.held('c')).toEqual([0]);
  clock += 15_000;
  expect(a.held('c')).toEqual([]);
});

test('is renewed while it is kept, and free at once when it is given back or no longer counts', async () => {
  let clock = Date.now();
  const [a, b] = [leases('a', () => clock), leases('b')];
  for (let n = 0; n < 5; n += 1) {
    expect(await a.keep('c', 1)).toEqual([0]);
    clock += 6_000;
  }
  expect(await b.keep('c', 1)).toEqual([]);
  await a.release('c');
  expect(await b.keep('c', 2)).toEqual([0]);
  expect(await b.keep('c', 2)).toEqual([0, 1]);
  expect(await b.keep('c', 1)).toEqual([0]);
  expect(await stack.database.carrierLeases.countDocuments()).toBe(1);
});

test('one whose connection is being closed is renewed, so nobody takes it, and no other is taken', async () => {
  let clock = Date.now();
  const [a, b] = [leases('a', () => clock), leases('b')];
  await a.keep('c', 2);
  clock += 6_000;
  await a.renew('c');
  expect(a.held('c')).toEqual([0]);
  const kept = await stack.database.carrierLeases.findOne({ _id: 'c:0' });
  expect(kept?.expiresAt).toEqual(new Date(clock + 15_000));
  expect(await b.keep('c', 2)).toEqual([1]);
  await b.renew('never');
  expect(b.held('never')).toEqual([]);
});
