// Secrets that sign an application's callbacks: POST, rotate and DELETE .../signing-secrets.
import { z } from 'zod';
import {
  addSigningSecret,
  listedSigningSecrets,
  removeSigningSecret,
  rotateSigningSecret,
} from '../../../admin/signing-secrets.ts';
import { applicationId } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { idParam } from '../fields.ts';
import { rotation, showSigningSecret, signingSecretBody, USUAL_GRACE_SECONDS } from '../secret-body.ts';

const path = '/admin/applications/:applicationId/signing-secrets';
const tag = 'Applications';
const scope = 'applications:write';

const newSecret = z.object({
  secretId: z.string().describe('What it is listed and removed by.'),
  signingSecret: z.string().describe('The secret as Standard Webhooks has it, `whsec_` and base64; shown this once.'),
});

export const postSigningSecret = endpoint(
  {
    id: 'addSigningSecret',
    method: 'post',
    path,
    tag,
    summary: 'Add a secret that signs callbacks',
    description:
      'With two live ones both sign, so that a receiver changes over when it likes; then remove the older one.',
    scope,
    params: z.object(applicationId),
    answer: newSecret,
  },
  async ({ ring }, { operator, params }) => {
    const { secretId, secret } = await addSigningSecret(operator, ring, params.applicationId);
    return { secretId, signingSecret: secret };
  },
);

export const postSigningSecretRotation = endpoint(
  {
    id: 'rotateSigningSecret',
    method: 'post',
    path: `${path}/rotate`,
    tag,
    summary: 'Put a new signing secret in the place of the old',
    description: 'Both sign until the grace is over; then the old one ends by itself.',
    scope,
    params: z.object(applicationId),
    body: { schema: rotation, types: ['json'] },
    answer: newSecret,
  },
  async ({ ring }, { operator, params, body }) => {
    const { graceSeconds = USUAL_GRACE_SECONDS } = body;
    const { secretId, secret } = await rotateSigningSecret(operator, ring, params.applicationId, graceSeconds);
    return { secretId, signingSecret: secret };
  },
);

export const deleteSigningSecret = endpoint(
  {
    id: 'removeSigningSecret',
    method: 'delete',
    path: `${path}/:secretId`,
    tag,
    summary: 'Remove a secret that signs callbacks',
    description: 'The last one that does not end by itself stays while there is a callback URL.',
    scope,
    params: z.object({ ...applicationId, secretId: idParam('secret') }),
    answer: z.object({ signingSecrets: z.array(signingSecretBody).describe('Those that are left, the newest first.') }),
  },
  async (_, { operator, params }) => ({
    signingSecrets: listedSigningSecrets(
      await removeSigningSecret(operator, params.applicationId, params.secretId),
    ).map(showSigningSecret),
  }),
);
