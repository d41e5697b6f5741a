// Reads the Idempotency-Key header.
import type { Context } from 'koa';
import { z } from 'zod';
import { idempotencyKey as pattern } from '../domain/idempotency.ts';
import { optional, readFields } from './fields.ts';

const HEADER = 'Idempotency-Key';

/** The request headers of an operation that is safe to repeat under a key. */
export const idempotencyHeaders = z.object({
  [HEADER]: optional(z.string().regex(pattern, 'must be 1 to 255 visible ASCII characters')).describe(
    'Makes the request safe to repeat. With another body the same key is 409000000 on a start; ' +
      'a confirm or resend gives its first answer again, whatever the body says.',
  ),
});

/** The key, or undefined where none was sent. @throws RefusedError invalidData for one that cannot be kept. */
export function idempotencyKey(ctx: Context): string | undefined {
  return readFields(idempotencyHeaders, { [HEADER]: ctx.get(HEADER) })[HEADER];
}
