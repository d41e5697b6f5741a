// What an operator does about an application: makes, renames, disables, deletes it, and ends its tokens.

import { defaultSettings } from '../domain/settings.ts';
import { difference } from '../domain/settings-changes.ts';
import { drawApplicationId, drawApplicationSecret, hashSecret } from '../secrets/credentials.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { findAccount } from '../store/accounts.ts';
import { type Change, changeAudited, insertAudited } from '../store/audited.ts';
import type { ApplicationDocument } from '../store/documents.ts';
import { actOf, invalid, type Operator, unknown } from './operator.ts';

export interface ApplicationChanges {
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
}

/** Makes an application with its first secret, which is returned this once. */
export async function createApplication(
  operator: Operator,
  ring: KeyRing,
  { accountId, name }: { readonly accountId: string; readonly name: string },
): Promise<{ readonly application: ApplicationDocument; readonly secret: string }> {
  if (!(await findAccount(operator.database, accountId))) throw invalid('accountId', 'is unknown');
  const [applicationId, secret] = [drawApplicationId(), drawApplicationSecret()];
  const createdAt = new Date();
  const application: ApplicationDocument = {
    _id: applicationId,
    accountId,
    name,
    secrets: [{ ...hashSecret(ring, applicationId, secret), createdAt }],
    epoch: 1,
    disabled: false,
    settings: defaultSettings,
    createdAt,
  };
  const { database } = operator;
  const act = actOf(operator, 'application.create', { applicationId, accountId, name });
  await insertAudited(database, database.applications, application, act);
  return { application, secret };
}

/** Renames, disables or enables an application. Disabling ends its tokens for good. */
export async function changeApplication(
  operator: Operator,
  applicationId: string,
  { name, disabled }: ApplicationChanges,
): Promise<ApplicationDocument> {
  return await changeOne(operator, applicationId, (before) => {
    const after = { name: name ?? before.name, disabled: disabled ?? before.disabled };
    const changed = difference({ name: before.name, disabled: before.disabled }, after);
    if (!changed) return undefined;
    const ends = after.disabled && !before.disabled;
    return {
      set: { ...after, ...(ends && { epoch: before.epoch + 1 }) },
      act: actOf(operator, 'application.change', { applicationId, ...changed }),
    };
  });
}

/** Ends every access token of an application; its secrets get new ones. */
export async function revokeTokens(operator: Operator, applicationId: string): Promise<ApplicationDocument> {
  return await changeOne(operator, applicationId, ({ epoch }) => ({
    set: { epoch: epoch + 1 },
    act: actOf(operator, 'application.revokeTokens', { applicationId }),
  }));
}

/** Deletes an application: nobody can log in or be answered by it again. Verifications under way go on to their ends. */
export async function deleteApplication(operator: Operator, applicationId: string): Promise<ApplicationDocument> {
  return await changeOne(operator, applicationId, ({ epoch, name, accountId }) => ({
    set: { deletedAt: new Date(), disabled: true, secrets: [], epoch: epoch + 1 },
    unset: ['secretUses'],
    act: actOf(operator, 'application.delete', { applicationId, accountId, name }),
  }));
}

/** Changes an application that is not deleted. @throws OperatorRefusal where there is none. */
export async function changeOne(
  { database }: Operator,
  applicationId: string,
  decide: (application: ApplicationDocument) => Change | undefined,
): Promise<ApplicationDocument> {
  const changed = await changeAudited(database, database.applications, applicationId, (application) => {
    if (application.deletedAt) throw noApplication(applicationId);
    return decide(application);
  });
  if (!changed) throw noApplication(applicationId);
  return changed;
}

export const noApplication = (id: string) => unknown('applicationId', 'application', id);
