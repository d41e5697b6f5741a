// Secrets as operators see them: by name and with their dates, never themselves; and the grace a rotation leaves to the old.
import { z } from 'zod';
import type { ListedSecret } from '../../admin/application-secrets.ts';
import { instantOut, integer, optional } from './fields.ts';

const MAX_GRACE_SECONDS = 2_592_000;
/** A day. */
export const USUAL_GRACE_SECONDS = 86_400;

export const signingSecretBody = z.object({
  secretId: z.string().describe('What it is listed and removed by.'),
  createdAt: instantOut('When it was made'),
  endsAt: instantOut('When it ends, since another took its place').optional(),
});

export const secretBody = signingSecretBody.extend({
  lastUsedAt: instantOut('When it was last used')
    .nullable()
    .describe(
      'When it, or an access token made with it, was last used, to the minute; null for never, ISO 8601 in UTC.',
    ),
});

export const rotation = z.object({
  graceSeconds: optional(integer(0, MAX_GRACE_SECONDS)).describe(
    `How long the old ones still serve, 0 to ${MAX_GRACE_SECONDS}; ${USUAL_GRACE_SECONDS} unless given.`,
  ),
});

export function showSigningSecret({ secretId, createdAt, endsAt }: Omit<ListedSecret, 'lastUsedAt'>) {
  return { secretId, createdAt: createdAt.toISOString(), ...(endsAt && { endsAt: endsAt.toISOString() }) };
}

export function showSecret(secret: ListedSecret): z.output<typeof secretBody> {
  return { ...showSigningSecret(secret), lastUsedAt: secret.lastUsedAt?.toISOString() ?? null };
}
