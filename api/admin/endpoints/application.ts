// GET, PATCH and DELETE /admin/applications/{applicationId}: reads, renames, disables, deletes an application.
import { z } from 'zod';
import { changeApplication, deleteApplication } from '../../../admin/applications.ts';
import { applicationBody, applicationId, existingApplication, showApplication } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { flag, nameField, optional } from '../fields.ts';

const path = '/admin/applications/:applicationId';
const params = z.object(applicationId);
const tag = 'Applications';

export const getApplication = endpoint(
  {
    id: 'readApplication',
    method: 'get',
    path,
    tag,
    summary: 'Read an application',
    scope: 'applications:read',
    params,
    answer: applicationBody,
  },
  async ({ database }, asked) => showApplication(await existingApplication(database, asked.params.applicationId)),
);

const fields = z.object({
  name: optional(nameField('A new name')).describe('A new name, up to 100 characters.'),
  disabled: optional(flag).describe('true turns it away and ends its access tokens for good; false lets it in again.'),
});

export const patchApplication = endpoint(
  {
    id: 'changeApplication',
    method: 'patch',
    path,
    tag,
    summary: 'Rename, disable or enable an application',
    description: 'What is left out stays. Verifications under way go on to their ends.',
    scope: 'applications:write',
    params,
    body: { schema: fields, types: ['json'] },
    answer: applicationBody,
  },
  async (_, asked) => showApplication(await changeApplication(asked.operator, asked.params.applicationId, asked.body)),
);

export const removeApplication = endpoint(
  {
    id: 'deleteApplication',
    method: 'delete',
    path,
    tag,
    summary: 'Delete an application',
    description: 'It cannot be brought back. Its verifications under way go on to their ends; reports and ledger stay.',
    scope: 'applications:write',
    params,
    answer: applicationBody,
  },
  async (_, asked) => showApplication(await deleteApplication(asked.operator, asked.params.applicationId)),
);
