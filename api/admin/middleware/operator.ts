// Finds out which operator asks from the Bearer token, and whether he may.
import type { Middleware } from 'koa';
import { RefusedError } from '../../../domain/errors.ts';
import { operatorState, type Scope } from '../../../domain/operator.ts';
import { operatorTokenMatches, readOperatorToken } from '../../../secrets/operator-token.ts';
import { noteOperatorUse } from '../../../store/last-uses.ts';
import { findOperator } from '../../../store/operators.ts';
import type { AdminDeps } from '../endpoint.ts';

/** Leaves `ctx.state.operator` and `grants`. Anybody unknown, expired or revoked is 401; an operator without the scope 403. */
export function operatorWith({ database, ring }: Pick<AdminDeps, 'database' | 'ring'>, scope: Scope): Middleware {
  return async function identifyOperator(ctx, next) {
    const [, text = ''] = /^Bearer +(\S+) *$/i.exec(ctx.get('Authorization')) ?? [];
    const token = readOperatorToken(text);
    const found = token && (await findOperator(database, token.id));
    // Compared for unknown ids too, so that the time taken tells nothing.
    const matches = token !== undefined && operatorTokenMatches(ring, token, found?.secret);
    if (!matches || !found || operatorState(found, Date.now()) !== 'active') throw new RefusedError('unauthorised');
    const { _id: operatorId, name: actor, scopes, expiresAt } = found;
    if (!scopes.includes(scope)) throw new RefusedError('missingScope', { properties: { scope } });
    noteOperatorUse(database, found);
    ctx.state.operator = { database, actor, operatorId };
    ctx.state.grants = { scopes, expiresAt };
    await next();
  };
}
