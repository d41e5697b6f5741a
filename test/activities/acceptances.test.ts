// Remembering what was accepted: only where receipts follow, and never at the price of the acceptance.
import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAcceptances } from '../../activities/acceptances.ts';
import type { Carrier } from '../../carriers/carrier.ts';
import { sendKey } from '../../domain/delivery.ts';
import type { TellingDeps } from '../../receipts/tell-verification.ts';

const RECIPIENT = '+306948530920';
const question = { idempotencyKey: sendKey(randomUUID(), 1), recipient: RECIPIENT, parts: 1 };
const acceptance = { messageIds: ['m1'], parts: 1 };

// A pause is over at once, and the clock has moved on by it.
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => vi.setSystemTime(Date.now() + ms) }));

let asked = 0;
const warnings: LogEntry[] = [];
const environment = (info = {}) =>
  new MockActivityEnvironment(info, { logger: new DefaultLogger('WARN', (entry) => void warnings.push(entry)) });
const away = async () => {
  asked += 1;
  throw new Error(`${RECIPIENT} is not to be told`);
};
const deps = { database: { carrierMessages: { insertOne: away, findOne: away } } } as unknown as TellingDeps;
const { recall, remember } = createAcceptances(deps);
const carrier = (receipts: boolean, more: Partial<Carrier> = {}): Carrier => ({
  name: 'fake',
  receipts,
  send: async () => acceptance,
  ...more,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  asked = 0;
  warnings.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['without receipts', carrier(false)],
  ['without receipts for this recipient', carrier(true, { receiptsFor: (recipient) => recipient !== RECIPIENT })],
])('a carrier %s costs no look-up and no write', async (_, each) => {
  expect(await environment().run(recall, each, question, Date.now())).toBeUndefined();
  await environment().run(remember, each, question, acceptance, Date.now());
  expect([asked, warnings]).toEqual([0, []]);
});

test('an acceptance that cannot be kept is tried again, then told of in the log and not lost; no number is logged', async () => {
  await environment().run(remember, carrier(true), question, acceptance, Date.now());
  expect(asked).toBeGreaterThan(3);
  expect(warnings).toHaveLength(1);
  expect(JSON.stringify(warnings, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
    RECIPIENT,
  );
});

test('a look-up that is not answered is tried again, then fails', async () => {
  await expect(
    environment().run(recall, carrier(false, { receiptsFor: () => true }), question, Date.now()),
  ).rejects.toThrow();
  expect(asked).toBeGreaterThan(3);
});

test('an attempt that waited long for its turn has all of its time to keep what was accepted, but for what it used up', async () => {
  const began = Date.now();
  const waited = { currentAttemptScheduledTimestampMs: began - 60_000, startToCloseTimeoutMs: 20_000 };
  vi.setSystemTime(began + 6_000);
  await environment(waited).run(remember, carrier(true), question, acceptance, began);
  expect(Date.now() - began).toBe(16_000);
});
