// Finds out which application asks for a token from its Basic credentials, before the rest of the request is read.
import type { Middleware } from 'koa';
import { liveSecrets } from '../../domain/live-secret.ts';
import { matchingSecret, secretIdOf } from '../../secrets/credentials.ts';
import { findAccount, findApplication } from '../../store/accounts.ts';
import type { ApplicationDocument, SecretDocument } from '../../store/documents.ts';
import { noteSecretUse } from '../../store/last-uses.ts';
import type { ApiDeps } from '../deps.ts';

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

export interface Known {
  /** As it stands in the database now. */
  readonly application: ApplicationDocument;
  readonly secret: SecretDocument;
}

/** Leaves `ctx.state.known`. Anybody unknown, disabled or closed gets the 401 body of the token endpoint. */
export function credentials({ database, ring }: Pick<ApiDeps, 'database' | 'ring'>): Middleware {
  const nobody = { keyId: ring.maker.id, hash: '' };
  const known = async ({ id, secret }: Credentials): Promise<Known | undefined> => {
    const application = await findApplication(database, id);
    const live = liveSecrets(application?.secrets ?? [], Date.now());
    // Compared where there is nothing to compare with, too, so that the time taken tells nothing.
    const matching = matchingSecret(ring, id, secret, live.length > 0 ? live : [nobody]);
    if (!matching || !application || application.disabled) return undefined;
    const account = await findAccount(database, application.accountId);
    if (!account || account.closed) return undefined;
    noteSecretUse(database, application, secretIdOf(matching.hash));
    return { application, secret: matching };
  };
  return async function identifyApplication(ctx, next) {
    // Old caches know no other word (RFC 6749 5.1).
    ctx.set('Pragma', 'no-cache');
    const given = readBasic(ctx.get('Authorization'));
    const found = given && (await known(given));
    if (found) {
      ctx.state.known = found;
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
