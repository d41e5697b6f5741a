// Reads the Idempotency-Key header.
import type { Context } from 'koa';
import { invalidFields } from '../domain/errors.ts';
import { idempotencyKeyProblem } from '../domain/idempotency.ts';

const HEADER = 'Idempotency-Key';

/** The key, or undefined where none was sent. @throws RefusedError invalidData for one that cannot be kept. */
export function idempotencyKey(ctx: Context): string | undefined {
  const key = ctx.get(HEADER);
  if (key === '') return undefined;
  const problem = idempotencyKeyProblem(key);
  if (problem) throw invalidFields({ [HEADER]: problem });
  return key;
}
