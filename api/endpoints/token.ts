// POST /oauth/token: application credentials for an access token (RFC 6749, client credentials).
import type { Context } from 'koa';
import { signToken } from '../../secrets/access-token.ts';
import type { ApplicationDocument } from '../../store/documents.ts';
import type { ApiDeps } from '../deps.ts';
import { absent } from '../fields.ts';

/** Every scope an application has; asking for fewer or unknown ones changes nothing. */
const SCOPE = '2step account';
const PERMISSIONS = ['MT_ROLE_2STEP', 'MT_ROLE_ACCOUNT_FINANCE'];

/** Stands behind `credentials`, which leaves the application. */
export function createToken({ ring }: Pick<ApiDeps, 'ring'>) {
  return async function token(ctx: Context) {
    const { grant_type: inBody } = ctx.request.body as Record<string, unknown>;
    const grant = absent(inBody) ?? absent(ctx.query.grant_type);
    if (grant !== 'client_credentials') {
      ctx.status = 400;
      ctx.body =
        grant === undefined
          ? { error: 'invalid_request', error_description: 'Missing grant_type: send client_credentials' }
          : { error: 'unsupported_grant_type', error_description: 'Only client_credentials is supported' };
      return;
    }
    const { _id: applicationId, accountId, epoch, settings } = ctx.state.application as ApplicationDocument;
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
