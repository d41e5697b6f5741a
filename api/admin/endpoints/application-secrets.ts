// Secrets an application logs in with, and the end of all its tokens: POST and DELETE .../secrets, POST .../revoke-tokens.
import { z } from 'zod';
import { addSecret, removeSecret } from '../../../admin/application-secrets.ts';
import { revokeTokens } from '../../../admin/applications.ts';
import { applicationBody, applicationId, showApplication } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { idParam } from '../fields.ts';

const path = '/admin/applications/:applicationId';
const tag = 'Applications';
const scope = 'applications:write';

export const postSecret = endpoint(
  {
    id: 'addSecret',
    method: 'post',
    path: `${path}/secrets`,
    tag,
    summary: 'Add a secret to log in with',
    description: 'Two at most are live, so that an application changes over when it likes. Its access tokens end.',
    scope,
    params: z.object(applicationId),
    answer: z.object({
      secretId: z.string().describe('What it is listed and removed by.'),
      applicationSecret: z.string().describe('The secret, shown this once.'),
    }),
  },
  async ({ ring }, { operator, params }) => {
    const { secretId, secret } = await addSecret(operator, ring, params.applicationId);
    return { secretId, applicationSecret: secret };
  },
);

export const deleteSecret = endpoint(
  {
    id: 'removeSecret',
    method: 'delete',
    path: `${path}/secrets/:secretId`,
    tag,
    summary: 'Remove a secret',
    description: 'Nobody can log in with it any more, and all access tokens of the application end.',
    scope,
    params: z.object({ ...applicationId, secretId: idParam('secret') }),
    answer: applicationBody,
  },
  async (_, { operator, params }) =>
    showApplication(await removeSecret(operator, params.applicationId, params.secretId)),
);

export const postRevokeTokens = endpoint(
  {
    id: 'revokeTokens',
    method: 'post',
    path: `${path}/revoke-tokens`,
    tag,
    summary: 'End all access tokens of an application',
    description: 'Its secrets stay and get new ones.',
    scope,
    params: z.object(applicationId),
    answer: applicationBody,
  },
  async (_, { operator, params }) => showApplication(await revokeTokens(operator, params.applicationId)),
);
