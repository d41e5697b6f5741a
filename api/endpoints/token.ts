// POST /oauth/token: application credentials for an access token (RFC 6749, client credentials).
import type { Context } from 'koa';
import { signToken } from '../../secrets/access-token.ts';
import { secretMatches } from '../../secrets/credentials.ts';
import { findAccount, findApplication } from '../../store/accounts.ts';
import type { ApplicationDocument } from '../../store/documents.ts';
import type { ApiDeps } from '../deps.ts';

/** Every scope an application has; asking for fewer or unknown ones changes nothing. */
const SCOPE = '2step account';
const PERMISSIONS = ['MT_ROLE_2STEP', 'MT_ROLE_ACCOUNT_FINANCE'];

export function createToken({ database, ring }: Pick<ApiDeps, 'database' | 'ring'>) {
  const known = async (credentials: Credentials): Promise<ApplicationDocument | undefined> => {
    const application = await findApplication(database, credentials.id);
    // Compared for unknown ids too, so that the time taken tells nothing.
    const matches = secretMatches(ring, credentials.id, credentials.secret, application?.secrets ?? [nobody]);
    if (!matches || !application || application.disabled) return undefined;
    const account = await findAccount(database, application.accountId);
    return account && !account.closed ? application : undefined;
  };
  const nobody = { keyId: ring.maker.id, hash: '' };

  return async function token(ctx: Context) {
    ctx.set('Cache-Control', 'no-store');
    const credentials = readBasic(ctx.get('Authorization'));
    const application = credentials && (await known(credentials));
    if (!application) {
      ctx.status = 401;
      ctx.set('WWW-Authenticate', 'Basic realm="twostep"');
      ctx.body = {
        timestamp: new Date().toISOString(),
        status: 401,
        error: 'Unauthorized',
        message: 'Unknown application id or secret',
        path: '/oauth/token',
      };
      return;
    }
    const grant = (ctx.request.body as Record<string, unknown>).grant_type ?? ctx.query.grant_type;
    if (grant !== 'client_credentials') {
      ctx.status = 400;
      ctx.body = grant
        ? { error: 'unsupported_grant_type', error_description: 'Only client_credentials is supported' }
        : { error: 'invalid_request', error_description: 'Missing grant_type: send client_credentials' };
      return;
    }
    const { _id: applicationId, accountId, epoch, settings } = application;
    const lifetime = settings.tokenLifetimeInSeconds;
    ctx.body = {
      access_token: await signToken(ring, { applicationId, accountId, epoch }, lifetime),
      token_type: 'bearer',
      expires_in: lifetime,
      scope: SCOPE,
      permissions: PERMISSIONS,
    };
  };
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** White space inside the base64 text is dropped, since a known client breaks its lines. */
function readBasic(header: string): Credentials | undefined {
  const [, base64] = /^Basic\s+([A-Za-z0-9+/=_\-\s]+)$/i.exec(header) ?? [];
  if (base64 === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(base64.replace(/\s/g, ''), 'base64').toString('utf8').split(':');
  return { id: id.toLowerCase(), secret: secret.join(':') };
}
