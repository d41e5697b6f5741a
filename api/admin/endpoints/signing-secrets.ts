// Secrets that sign an application's callbacks: POST and DELETE /admin/applications/{applicationId}/signing-secrets.
import { z } from 'zod';
import { addSigningSecret, removeSigningSecret, signingSecretIds } from '../../../admin/application-secrets.ts';
import { applicationId } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { idParam } from '../fields.ts';

const path = '/admin/applications/:applicationId/signing-secrets';
const tag = 'Applications';
const scope = 'applications:write';

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
    answer: z.object({
      secretId: z.string().describe('What it is listed and removed by.'),
      signingSecret: z
        .string()
        .describe('The secret as Standard Webhooks has it, `whsec_` and base64; shown this once.'),
    }),
  },
  async ({ ring }, { operator, params }) => {
    const { secretId, secret } = await addSigningSecret(operator, ring, params.applicationId);
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
    description: 'The last one stays while there is a callback URL.',
    scope,
    params: z.object({ ...applicationId, secretId: idParam('secret') }),
    answer: z.object({ signingSecretIds: z.array(z.string()).describe('Those that are left, the newest first.') }),
  },
  async (_, { operator, params }) => ({
    signingSecretIds: signingSecretIds(await removeSigningSecret(operator, params.applicationId, params.secretId)),
  }),
);
