// Secrets an application logs in with, and the end of all its tokens: POST, rotate and DELETE .../secrets, POST .../revoke-tokens.
import { z } from 'zod';
import { addSecret, removeSecret, rotateSecret } from '../../../admin/application-secrets.ts';
import { revokeTokens } from '../../../admin/applications.ts';
import { applicationBody, applicationId, existingApplication, showApplication } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { idParam } from '../fields.ts';
import { rotation, USUAL_GRACE_SECONDS } from '../secret-body.ts';

const path = '/admin/applications/:applicationId';
const tag = 'Applications';
const scope = 'applications:write';

const newSecret = z.object({
  secretId: z.string().describe('What it is listed and removed by.'),
  applicationSecret: z.string().describe('The secret, shown this once.'),
});

export const postSecret = endpoint(
  {
    id: 'addSecret',
    method: 'post',
    path: `${path}/secrets`,
    tag,
    summary: 'Add a secret to log in with',
    description: 'Two at most are live. Nothing ends: neither the other secret nor any access token.',
    scope,
    params: z.object(applicationId),
    answer: newSecret,
  },
  async ({ ring }, { operator, params }) => {
    const { secretId, secret } = await addSecret(operator, ring, params.applicationId);
    return { secretId, applicationSecret: secret };
  },
);

export const postSecretRotation = endpoint(
  {
    id: 'rotateSecret',
    method: 'post',
    path: `${path}/secrets/rotate`,
    tag,
    summary: 'Put a new secret in the place of the old',
    description:
      'Both log in until the grace is over; then the old one ends by itself, with the access tokens made with it. ' +
      'With `graceSeconds` 0 it ends at once. Where two are live already, one has to be removed first, unless the grace is 0.',
    scope,
    params: z.object(applicationId),
    body: { schema: rotation, types: ['json'] },
    answer: newSecret.extend({ application: applicationBody.describe('The application, with both secrets listed.') }),
  },
  async ({ database, ring }, { operator, params, body }) => {
    const { graceSeconds = USUAL_GRACE_SECONDS } = body;
    const { secretId, secret } = await rotateSecret(operator, ring, params.applicationId, graceSeconds);
    const application = showApplication(await existingApplication(database, params.applicationId));
    return { secretId, applicationSecret: secret, application };
  },
);

export const deleteSecret = endpoint(
  {
    id: 'removeSecret',
    method: 'delete',
    path: `${path}/secrets/:secretId`,
    tag,
    summary: 'Remove a secret',
    description:
      'Nobody can log in with it any more, and the access tokens made with it end; no others do. The last one goes, too: ' +
      '`createdAt` and `lastUsedAt` tell which one that is still in use.',
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
