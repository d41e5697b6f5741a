// Lets a carrier's receipts in by the secret in their path, before anything else of them is read.
import type { Middleware } from 'koa';
import { RefusedError } from '../../domain/errors.ts';
import { receiptSecretMatches } from '../../secrets/receipt-secret.ts';
import { findCarrier } from '../../store/carriers.ts';
import type { ApiDeps } from '../deps.ts';

/** Leaves `ctx.state.carrier`. A carrier nobody knows and a wrong secret are the same 404. */
export function receiptSecret({ database, ring }: Pick<ApiDeps, 'database' | 'ring'>): Middleware {
  return async function identifyCarrier(ctx, next) {
    const { name = '', secret = '' } = ctx.params as Record<string, string>;
    const carrier = await findCarrier(database, name);
    const matches = receiptSecretMatches(ring, name, secret, carrier?.receiptSecret);
    if (!matches || !carrier) throw new RefusedError('noSuchPath');
    ctx.state.carrier = carrier;
    await next();
  };
}
