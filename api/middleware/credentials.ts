// Finds out which application asks for a token from its Basic credentials, before the rest of the request is read.
import type { Middleware } from 'koa';
import { secretMatches } from '../../secrets/credentials.ts';
import { findAccount, findApplication } from '../../store/accounts.ts';
import type { ApplicationDocument } from '../../store/documents.ts';
import type { ApiDeps } from '../deps.ts';

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** Leaves `ctx.state.application`. Anybody unknown, disabled or closed gets the 401 body of the token endpoint. */
export function credentials({ database, ring }: Pick<ApiDeps, 'database' | 'ring'>): Middleware {
  const nobody = { keyId: ring.maker.id, hash: '' };
  const known = async ({ id, secret }: Credentials): Promise<ApplicationDocument | undefined> => {
    const application = await findApplication(database, id);
    // Compared for unknown ids too, so that the time taken tells nothing.
    const matches = secretMatches(ring, id, secret, application?.secrets ?? [nobody]);
    if (!matches || !application || application.disabled) return undefined;
    const account = await findAccount(database, application.accountId);
    return account && !account.closed ? application : undefined;
  };
  return async function identifyApplication(ctx, next) {
    // Old caches know no other word (RFC 6749 5.1).
    ctx.set('Pragma', 'no-cache');
    const given = readBasic(ctx.get('Authorization'));
    const application = given && (await known(given));
    if (application) {
      ctx.state.application = application;
      await next();
      return;
    }
    ctx.status = 401;
    ctx.set('WWW-Authenticate', 'Basic realm="twostep"');
    ctx.body = {
      timestamp: new Date().toISOString(),
      status: 401,
      error: 'Unauthorized',
      message: 'Unknown application id or secret',
      path: '/oauth/token',
    };
  };
}

/** White space inside the base64 text is dropped, since a known client breaks its lines. */
function readBasic(header: string): Credentials | undefined {
  const [, base64] = /^Basic\s([A-Za-z0-9+/=_\-\s]+)$/i.exec(header) ?? [];
  if (base64 === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(base64.replace(/\s/g, ''), 'base64').toString('utf8').split(':');
  return { id: id.toLowerCase(), secret: secret.join(':') };
}
