// The sandbox carrier: what each magic number does at each attempt (docs/sandbox.md), and that no other number is magic.
import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CarrierFault, type OutgoingMessage } from '../../../carriers/carrier.ts';
import { createSandboxCarrier, type SandboxOutbox } from '../../../carriers/sandbox/carrier.ts';
import type { Receipt } from '../../../domain/receipt.ts';

/** How much was kept when the carrier began to wait, and for how long it waits. */
const waits: { ms: number; kept: number }[] = [];
vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn() }));

let kept: Map<string, OutgoingMessage>;
const reported: Receipt[] = [];
/** Keys of messages whose code was typed, as the carrier was told. */
const typed: string[] = [];
/** Receipts that are not acknowledged before these are used up. */
let refusals = 0;
const outbox: SandboxOutbox = {
  async keep(message, idempotencyKey) {
    kept.set(idempotencyKey, message);
  },
  has: async (idempotencyKey) => kept.has(idempotencyKey),
  noteTyped: async (idempotencyKey) => void typed.push(idempotencyKey),
};
const carrier = createSandboxCarrier(outbox, async (receipt) => {
  if (refusals > 0) {
    refusals -= 1;
    throw new Error('not now');
  }
  reported.push(receipt);
});

beforeEach(() => {
  kept = new Map();
  reported.length = 0;
  typed.length = 0;
  refusals = 0;
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
  test.each(['+306948530920', '+12025550109', '+12025550110', '+12025550010'])(
    'accepts %s at once, and a look-up finds the message and not what was never sent',
    async (recipient) => {
      expect(await lookup(recipient)).toBe('notSent');
      expect(await send(recipient)).toEqual(accepted);
      expect(kept).toEqual(new Map([[KEY, message(recipient)]]));
      expect(await lookup(recipient)).toEqual(accepted);
      expect(waits).toEqual([]);
    },
  );

  test.each([
    ['+12025550105', { messageId: KEY, state: 'undelivered', reason: 'UNREACHABLE' }],
    ['+12025550106', { messageId: KEY, state: 'delivered' }],
  ])('accepts %s, and reports a second later that it was %o, again until that is taken', async (recipient, receipt) => {
    refusals = 2;
    expect(await send(recipient)).toEqual(accepted);
    expect(reported).toEqual([]);
    await vi.waitFor(() => expect(reported).toEqual([receipt]));
    expect(waits.map(({ ms }) => ms)).toEqual([1_000, 1_000, 1_000]);
  });

  test('reports the delivery to +12025550107 before it answers, and answers when that is not taken, too', async () => {
    expect(await send('+12025550107')).toEqual(accepted);
    expect(reported).toEqual([{ messageId: KEY, state: 'delivered' }]);
    refusals = 1;
    expect(await send('+12025550107')).toEqual(accepted);
    await vi.waitFor(() => expect(reported).toHaveLength(2));
  });

  test('is at fault itself for +12025550108, and keeps nothing', async () => {
    await expect(send('+12025550108')).rejects.toMatchObject({ name: 'CarrierFault' });
    expect(kept.size).toBe(0);
  });

  test('gives receipts for four numbers, one of which never gets one, and for no other', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => `+120255501${String(index).padStart(2, '0')}`);
    const silent = '+12025550109';
    expect(numbers.filter((number) => carrier.receiptsFor?.(number))).toEqual([
      '+12025550105',
      '+12025550106',
      '+12025550107',
      silent,
    ]);
    await send(silent);
    expect([reported, waits]).toEqual([[], []]);
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

describe('under another name', () => {
  test('it is as the sandbox is, and keeps what it is given in the same outbox', async () => {
    const second = createSandboxCarrier(outbox, async () => {}, 'second');
    expect(await second.send(message('+306948530920'), KEY)).toEqual(accepted);
    expect([second.name, second.receipts, kept.has(KEY)]).toEqual(['second', false, true]);
  });

  test('it may be out of order, slow, and one whose receipts come', async () => {
    const broken = createSandboxCarrier(outbox, async () => {}, 'second', { outOfOrder: true });
    await expect(broken.send(message('+306948530920'), KEY)).rejects.toThrow(CarrierFault);
    expect(kept.size).toBe(0);
    const slow = createSandboxCarrier(outbox, async () => {}, 'second', { delayInSeconds: 7, receipts: true });
    expect(await slow.send(message('+306948530920'), KEY)).toEqual(accepted);
    expect([waits, slow.receipts]).toEqual([[{ ms: 7_000, kept: 0 }], true]);
  });

  test('it wants to know of typed codes where it is told to, and says when it cannot take it', async () => {
    const settings = { feedback: true } as const;
    const curious = createSandboxCarrier(outbox, async () => {}, 'second', settings);
    await curious.reportVerified?.([KEY, 'other']);
    expect(typed).toEqual([KEY, 'other']);
    const broken = createSandboxCarrier(outbox, async () => {}, 'second', { ...settings, outOfOrder: true });
    await expect(broken.reportVerified?.([KEY])).rejects.toThrow(CarrierFault);
    expect(carrier.reportVerified).toBeUndefined();
  });
});
