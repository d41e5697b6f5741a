// Lets a carrier's calls in by what is sealed in their path: only this service can have made it.
import type { Middleware } from 'koa';
import { z } from 'zod';
import { RefusedError } from '../../domain/errors.ts';
import { openCall } from '../../secrets/call-token.ts';
import { findCarrier } from '../../store/carriers.ts';
import type { ApiDeps } from '../deps.ts';

const sealedCall = z.object({
  reference: z.string(),
  speech: z.object({ text: z.string(), language: z.string() }),
  validUntil: z.number(),
});

/** Leaves `ctx.state.carrier` and `ctx.state.call`. Anything else is the same 404. */
export function callToken({ database, ring }: Pick<ApiDeps, 'database' | 'ring'>): Middleware {
  return async function openSealedCall(ctx, next) {
    const { name = '', call = '' } = ctx.params as Record<string, string>;
    const opened = sealedCall.safeParse(openCall(ring, name, call));
    const carrier = opened.success ? await findCarrier(database, name) : null;
    if (!opened.success || !carrier) throw new RefusedError('noSuchPath');
    ctx.state.carrier = carrier;
    ctx.state.call = opened.data;
    await next();
  };
}
