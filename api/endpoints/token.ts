// POST /oauth/token: application credentials for an access token (RFC 6749, client credentials).

import type { Context } from 'koa';
import { z } from 'zod';
import { absent } from '../../domain/absent.ts';
import { signToken } from '../../secrets/access-token.ts';
import { secretIdOf } from '../../secrets/credentials.ts';
import { instant } from '../answers.ts';
import { queryOf } from '../body/form.ts';
import type { ApiDeps } from '../deps.ts';
import { optional } from '../fields.ts';
import type { Known } from '../middleware/credentials.ts';
import type { Operation } from '../operation.ts';

/** Every scope an application has; asking for fewer or unknown ones changes nothing. */
const SCOPE = '2step account';
const PERMISSIONS = ['MT_ROLE_2STEP', 'MT_ROLE_ACCOUNT_FINANCE'];

const GRANT = 'client_credentials';

const inBody = z.object({
  grant_type: optional(z.literal(GRANT)).describe(`\`${GRANT}\`; required, here or in the query.`),
  scope: z.unknown().optional().describe('Ignored: a token has every scope of its application.'),
});
/** Looked at only where the body says nothing, so that anything may stand here. */
const inQuery = z.object({
  grant_type: optional(z.string()).describe(`\`${GRANT}\`, where the body has none.`),
  scope: inBody.shape.scope,
});

const answer = z
  .object({
    access_token: z.string().describe('Goes into `Authorization: Bearer` of every other request.'),
    token_type: z.literal('bearer'),
    expires_in: z.int().min(1).describe('In seconds.'),
    scope: z.string(),
    permissions: z.array(z.string()),
  })
  .meta({ id: 'Token' });

export const tokenOperation: Operation = {
  id: 'createToken',
  method: 'post',
  path: '/oauth/token',
  tag: 'Authorisation',
  summary: 'Get an access token',
  description: 'Application id and secret go into `Authorization: Basic`, `grant_type` into the body or the query.',
  security: 'credentials',
  query: inQuery,
  body: { schema: inBody, types: ['form', 'json'] },
  answer,
  otherAnswers: {
    400: {
      description: 'A missing or other grant.',
      schema: z
        .object({ error: z.enum(['invalid_request', 'unsupported_grant_type']), error_description: z.string() })
        .meta({ id: 'GrantError' }),
    },
    401: {
      description: 'Unknown application id or secret.',
      schema: z
        .object({
          timestamp: instant,
          status: z.literal(401),
          error: z.string(),
          message: z.string(),
          path: z.string(),
        })
        .meta({ id: 'CredentialsError' }),
    },
  },
  errors: [],
};

/** Stands behind `credentials`, which leaves application and secret. */
export function createToken({ ring }: Pick<ApiDeps, 'ring'>) {
  return async function token(ctx: Context) {
    const { grant_type: given } = ctx.request.body as Record<string, unknown>;
    const grant = absent(given) ?? absent(queryOf(ctx).grant_type);
    if (grant !== GRANT) {
      ctx.status = 400;
      ctx.body =
        grant === undefined
          ? { error: 'invalid_request', error_description: 'Missing grant_type: send client_credentials' }
          : { error: 'unsupported_grant_type', error_description: 'Only client_credentials is supported' };
      return;
    }
    const { application, secret } = ctx.state.known as Known;
    const { _id: applicationId, accountId, epoch, settings } = application;
    const secretId = secretIdOf(secret.hash);
    const lifetime = Math.min(settings.tokenLifetimeInSeconds, secondsLeft(secret.endsAt));
    const body: z.output<typeof answer> = {
      access_token: await signToken(ring, { applicationId, accountId, epoch, secretId }, lifetime),
      token_type: 'bearer',
      expires_in: lifetime,
      scope: SCOPE,
      permissions: PERMISSIONS,
    };
    ctx.body = body;
  };
}

/** A token ends with its secret, and says so. */
function secondsLeft(endsAt: Date | undefined): number {
  if (endsAt === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor((endsAt.getTime() - Date.now()) / 1000));
}
