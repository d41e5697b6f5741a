// What a carrier of the sandbox's type can be told: nothing is needed, everything is for trying out what carriers may do.
import { z } from 'zod';

const MAX_DELAY = 60;
const MAX_CONNECTIONS = 10;
const connections = `must be an integer from 1 to ${MAX_CONNECTIONS}`;

export const sandboxSettings = z.strictObject({
  /** Connections over all workers, as with a network that counts them. */
  connections: z.int(connections).min(1, connections).max(MAX_CONNECTIONS, connections).optional(),
  /** As a carrier whose credentials were refused: every send is a fault of the carrier. */
  outOfOrder: z.boolean('must be true or false').optional(),
  /** How long it thinks before it answers. */
  delayInSeconds: z
    .number(`must be a number from 0 to ${MAX_DELAY}`)
    .min(0, `must be a number from 0 to ${MAX_DELAY}`)
    .max(MAX_DELAY, `must be a number from 0 to ${MAX_DELAY}`)
    .optional(),
  /** Whether its acceptances are remembered, so that receipts posted to its URL find their verifications. */
  receipts: z.boolean('must be true or false').optional(),
  /** Whether it is told that a code was typed, as carriers that choose their ways by it. */
  feedback: z.boolean('must be true or false').optional(),
});

export type SandboxSettings = z.output<typeof sandboxSettings>;

export const sandboxSecrets = z.strictObject({});
