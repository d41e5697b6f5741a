// An application as operators see it: never a secret, only what secrets are called.
import { z } from 'zod';
import { listedSecrets } from '../../admin/application-secrets.ts';
import { noApplication } from '../../admin/applications.ts';
import { findLive } from '../../store/accounts.ts';
import type { Database } from '../../store/database.ts';
import type { ApplicationDocument } from '../../store/documents.ts';
import { idParam, instantOut } from './fields.ts';
import { secretBody, showSecret } from './secret-body.ts';

export const applicationId = { applicationId: idParam('application') };

export const applicationBody = z.object({
  applicationId: z.string().describe('Its id, the user name for an access token.'),
  accountId: z.string().describe('The account that pays.'),
  name: z.string().describe('What people call it.'),
  disabled: z.boolean().describe('Whether it is turned away.'),
  secrets: z
    .array(secretBody)
    .describe('Its live secrets by name, the newest first; the secrets themselves are not kept.'),
  createdAt: instantOut('When it was made'),
});

export function showApplication(application: ApplicationDocument): z.output<typeof applicationBody> {
  const { _id, accountId, name, disabled, createdAt } = application;
  return {
    applicationId: _id,
    accountId,
    name,
    disabled,
    secrets: listedSecrets(application).map(showSecret),
    createdAt: createdAt.toISOString(),
  };
}

/** @throws OperatorRefusal where there is none, or it is deleted. */
export async function existingApplication(database: Database, id: string): Promise<ApplicationDocument> {
  const application = await findLive(database, id);
  if (!application) throw noApplication(id);
  return application;
}
