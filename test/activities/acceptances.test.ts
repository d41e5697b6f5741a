// Remembering what was accepted: only where receipts follow, and never at the price of the acceptance.
import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger, type LogEntry } from '@temporalio/worker';
import { beforeEach, expect, test } from 'vitest';
import { createAcceptances } from '../../activities/acceptances.ts';
import type { Carrier } from '../../carriers/carrier.ts';
import { sendKey } from '../../domain/delivery.ts';
import type { TellingDeps } from '../../receipts/tell-verification.ts';

const RECIPIENT = '+306948530920';
const question = { idempotencyKey: sendKey(randomUUID(), 1), recipient: RECIPIENT, parts: 1 };
const acceptance = { messageIds: ['m1'], parts: 1 };

let asked = 0;
const warnings: LogEntry[] = [];
const environment = () =>
  new MockActivityEnvironment({}, { logger: new DefaultLogger('WARN', (entry) => void warnings.push(entry)) });
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
  asked = 0;
  warnings.length = 0;
});

test.each([
  ['without receipts', carrier(false)],
  ['without receipts for this recipient', carrier(true, { receiptsFor: (recipient) => recipient !== RECIPIENT })],
])('a carrier %s costs no look-up and no write', async (_, each) => {
  expect(await environment().run(recall, each, question)).toBeUndefined();
  await environment().run(remember, each, question, acceptance);
  expect([asked, warnings]).toEqual([0, []]);
});

test('an acceptance that cannot be kept is tried again, then told of in the log and not lost; no number is logged', async () => {
  await environment().run(remember, carrier(true), question, acceptance);
  expect(asked).toBeGreaterThan(3);
  expect(warnings).toHaveLength(1);
  expect(JSON.stringify(warnings, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
    RECIPIENT,
  );
});

test('a look-up that is not answered is tried again, then fails', async () => {
  await expect(environment().run(recall, carrier(false, { receiptsFor: () => true }), question)).rejects.toThrow();
  expect(asked).toBeGreaterThan(3);
});
