// The sandbox keeps the contract of a carrier.
import { vi } from 'vitest';
import type { OutgoingMessage } from '../../carriers/carrier.ts';
import { createSandboxCarrier } from '../../carriers/sandbox.ts';
import type { Receipt } from '../../domain/receipt.ts';
import { describeCarrierContract } from './carrier-contract.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(async () => undefined) }));

describeCarrierContract(() => {
  const receipts: Receipt[] = [];
  const kept = new Map<string, OutgoingMessage>();
  const carrier = createSandboxCarrier(
    {
      async keep(message, idempotencyKey) {
        kept.set(idempotencyKey, message);
      },
      has: async (idempotencyKey) => kept.has(idempotencyKey),
      noteTyped: async () => undefined,
    },
    async (receipt) => void receipts.push(receipt),
  );
  return {
    carrier: async () => carrier,
    accepted: async () => kept.size,
    receipts: () => receipts,
    situations: {
      accepts: async () => '+306948530920',
      refuses: async () => '+12025550100',
      isBusy: async () => '+12025550101',
      losesItsAnswer: async () => '+12025550103',
      refusesTheCarrier: async () => '+12025550108',
      reportsDelivered: async () => '+12025550106',
      reportsUndelivered: async () => '+12025550105',
    },
  };
}, ['throttles', 'dropsTheConnection']);
