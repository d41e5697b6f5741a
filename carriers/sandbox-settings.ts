// What a carrier of the sandbox's type can be told: nothing is needed, everything is for trying out what carriers may do.
import { z } from 'zod';

const MAX_DELAY = 60;

export const sandboxSettings = z.strictObject({
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
});

export type SandboxSettings = z.output<typeof sandboxSettings>;

export const sandboxSecrets = z.strictObject({});
