// Finds out who is asking from the Bearer token; everything but /oauth/token and the probes stands behind it.
import type { Middleware } from 'koa';
import { type ErrorName, RefusedError } from '../../domain/errors.ts';
import { liveSecrets } from '../../domain/live-secret.ts';
import { verifyToken } from '../../secrets/access-token.ts';
import { secretIdOf } from '../../secrets/credentials.ts';
import { findAccount, findApplication } from '../../store/accounts.ts';
import { noteSecretUse } from '../../store/last-uses.ts';
import type { ApiDeps } from '../deps.ts';

/** What callers of a path learn when their application or account is gone: only a start tells which. */
interface Gone {
  readonly application: ErrorName;
  readonly account: ErrorName;
}

const untold: Gone = { application: 'unauthorised', account: 'unauthorised' };
export const toldAtStart: Gone = { application: 'applicationNotFound', account: 'accountNotFound' };

/** Leaves `ctx.state.caller`. A token of an earlier epoch, of a secret that ended, of nobody, expired or forged is 401. */
export function authenticate({ ring, database }: Pick<ApiDeps, 'ring' | 'database'>, gone: Gone = untold): Middleware {
  return async function identifyCaller(ctx, next) {
    const [, token] = /^Bearer +([\w.~+/-]+=*) *$/i.exec(ctx.get('Authorization')) ?? [];
    const claims = token === undefined ? undefined : await verifyToken(ring, token);
    if (!claims) throw new RefusedError('unauthorised');
    const [application, account] = await Promise.all([
      findApplication(database, claims.applicationId),
      findAccount(database, claims.accountId),
    ]);
    if (!application || application.disabled) throw new RefusedError(gone.application);
    if (application.epoch !== claims.epoch || application.accountId !== claims.accountId) {
      throw new RefusedError('unauthorised');
    }
    const live = liveSecrets(application.secrets, Date.now());
    if (!live.some(({ hash }) => secretIdOf(hash) === claims.secretId)) throw new RefusedError('unauthorised');
    if (!account || account.closed) throw new RefusedError(gone.account);
    noteSecretUse(database, application, claims.secretId);
    ctx.state.caller = { application, account };
    await next();
  };
}
