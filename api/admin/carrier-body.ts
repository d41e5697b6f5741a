// A carrier as operators see it: never a secret, only what secrets are called.
import { z } from 'zod';
import { secretNames } from '../../admin/carrier-secrets.ts';
import { noCarrier } from '../../admin/carriers.ts';
import type { CarrierConnections, CarrierHealth, CarrierRefusal } from '../../domain/carrier.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import type { CarrierDocument } from '../../store/carrier-documents.ts';
import { findCarrier } from '../../store/carriers.ts';
import type { Database } from '../../store/database.ts';
import { instantOut } from './fields.ts';

export const carrierName = { name: z.string().describe('The name of the carrier.') };

export const carrierBody = z.object({
  name: z.string().describe('What routes call it.'),
  type: z.string().describe('What kind of carrier it is.'),
  settings: z.record(z.string(), z.unknown()).describe('What it was told, by type: docs/carriers.md.'),
  secretNames: z.array(z.string()).describe('The secrets that are set; they themselves are never shown.'),
  messagesPerSecond: z
    .number()
    .optional()
    .describe('Messages per second at most, over all workers; unlimited without it.'),
  paused: z.boolean().describe('Whether its messages are held back.'),
  from: z.enum(['file', 'management API']).describe('Where it is configured, and must be changed.'),
  createdAt: instantOut('When it was made'),
  workers: z
    .array(
      z.object({
        worker: z.string().describe('The worker process; it holds all of its connections to the carrier together.'),
        state: z
          .enum(['closed', 'open', 'unusable'])
          .describe('closed: messages go through. open: its circuit keeps them away. unusable: it could not be made.'),
        since: instantOut('Since when'),
        reason: z.string().optional().describe('Why it is not closed: why the circuit opened, or what cannot be used.'),
        connections: z
          .object({
            wanted: z.int().describe('How many this worker is to hold.'),
            bound: z.int().describe('How many it holds.'),
            reason: z.string().optional().describe('Why there are fewer.'),
          })
          .optional()
          .describe('The connections it holds, a few seconds ago; absent for a carrier that holds none.'),
        refusals: z
          .array(
            z.object({
              means: z
                .enum(['rejected', 'unavailable', 'fault', 'unknown'])
                .describe(
                  'rejected: for good. unavailable: for now. fault: for everybody. unknown: there may be a message.',
                ),
              reason: z.string().describe('Why, with the code of the carrier.'),
              words: z
                .string()
                .optional()
                .describe('What it said of it the last time, without numbers, texts and secrets.'),
              times: z.int().describe('How often it was so in this worker.'),
              at: instantOut('When it was so last'),
            }),
          )
          .optional()
          .describe(
            'What it did not take last, up to five reasons, the newest first; absent where it took everything.',
          ),
      }),
    )
    .describe('How it is doing in each worker that runs it. None: no worker does.'),
});

export function showCarrier(
  ring: KeyRing,
  carrier: CarrierDocument,
  health: readonly CarrierHealth[],
): z.output<typeof carrierBody> {
  const { _id, type, settings, messagesPerSecond, paused, from, createdAt } = carrier;
  const mine = health.filter((each) => each.carrier === _id);
  return {
    name: _id,
    type,
    settings: { ...settings },
    secretNames: secretNames(ring, carrier),
    ...(messagesPerSecond !== undefined && { messagesPerSecond }),
    paused,
    from,
    createdAt: createdAt.toISOString(),
    workers: mine.map(({ worker, state, since, reason, connections, refusals }) => ({
      worker,
      state,
      since: since.toISOString(),
      ...(reason !== undefined && { reason }),
      ...(connections && { connections: showConnections(connections) }),
      ...(refusals && { refusals: refusals.map(showRefusal) }),
    })),
  };
}

function showRefusal({ means, reason, words, times, at }: CarrierRefusal) {
  return { means, reason, ...(words !== undefined && { words }), times, at: at.toISOString() };
}

function showConnections({ wanted, bound, reason }: CarrierConnections) {
  return { wanted, bound, ...(reason !== undefined && { reason }) };
}

/** @throws OperatorRefusal where there is none. */
export async function existingCarrier(database: Database, name: string): Promise<CarrierDocument> {
  return (await findCarrier(database, name)) ?? noCarrier(name);
}
