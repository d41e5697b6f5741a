// The sandbox carrier: what each magic number does at each attempt (docs/sandbox.md), and that no other number is magic.
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { OutgoingMessage } from '../../carriers/carrier.ts';
import { createSandboxCarrier } from '../../carriers/sandbox.ts';

/** How much was kept when the carrier began to wait, and for how long it waits. */
const waits: { ms: number; kept: number }[] = [];
vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn() }));

let kept: Map<string, OutgoingMessage>;
const carrier = createSandboxCarrier({
  async keep(message, idempotencyKey) {
    kept.set(idempotencyKey, message);
  },
  has: async (idempotencyKey) => kept.has(idempotencyKey),
});

beforeEach(() => {
  kept = new Map();
  waits.length = 0;
  vi.mocked(delay).mockImplementation(async (ms) => {
    waits.push({ ms: ms ?? 0, kept: kept.size });
  });
});

const KEY = 'tracking:send:1';
const accepted = { messageIds: [KEY], parts: 2 };
const message = (recipient: string, attempt = 1): OutgoingMessage => ({
  trackingId: 'tracking',
  accountId: 'account',
  recipient,
  originator: 'Twostep',
  method: 'sms',
  text: 'Your code: 123456',
  parts: 2,
  validForSeconds: 300,
  attempt,
});
const send = (recipient: string, attempt = 1) => carrier.send(message(recipient, attempt), KEY);
const lookup = (recipient: string) => carrier.lookup?.({ idempotencyKey: KEY, recipient, parts: 2 });

describe('the sandbox', () => {
  test.each([
    '+306948530920',
    '+12025550105',
    '+12025550106',
    '+12025550107',
    '+12025550108',
    '+12025550109',
    '+12025550110',
    '+12025550010',
  ])('accepts %s at once, and a look-up finds the message and not what was never sent', async (recipient) => {
    expect(await lookup(recipient)).toBe('notSent');
    expect(await send(recipient)).toEqual(accepted);
    expect(kept).toEqual(new Map([[KEY, message(recipient)]]));
    expect(await lookup(recipient)).toEqual(accepted);
    expect(waits).toEqual([]);
  });

  test.each([1, 2, 5])('refuses +12025550100 for good, at attempt %i', async (attempt) => {
    await expect(send('+12025550100', attempt)).rejects.toMatchObject({ name: 'CarrierRejected' });
    expect(kept.size).toBe(0);
    expect(await lookup('+12025550100')).toBe('notSent');
  });

  test('is busy for +12025550101 twice, then accepts', async () => {
    for (const attempt of [1, 2]) {
      await expect(send('+12025550101', attempt)).rejects.toMatchObject({ name: 'CarrierUnavailable' });
      expect(kept.size).toBe(0);
    }
    expect(await send('+12025550101', 3)).toEqual(accepted);
    expect(kept.size).toBe(1);
  });

  test('accepts +12025550102 after 3 seconds, and keeps nothing before', async () => {
    expect(await send('+12025550102')).toEqual(accepted);
    expect(waits).toEqual([{ ms: 3_000, kept: 0 }]);
    expect(kept.size).toBe(1);
  });

  test('delivers to +12025550103, loses its answer, and tells it when asked', async () => {
    await expect(send('+12025550103')).rejects.toMatchObject({ name: 'CarrierOutcomeUnknown' });
    expect(waits).toEqual([{ ms: 1_000, kept: 1 }]);
    expect(await lookup('+12025550103')).toEqual(accepted);
  });

  test.each([1, 2])('never answers for +12025550104, nor when asked, at attempt %i', async (attempt) => {
    await expect(send('+12025550104', attempt)).rejects.toMatchObject({ name: 'CarrierOutcomeUnknown' });
    expect(waits).toEqual([{ ms: 1_000, kept: 0 }]);
    expect(await lookup('+12025550104')).toBe('unknown');
    expect(kept.size).toBe(0);
  });
});
