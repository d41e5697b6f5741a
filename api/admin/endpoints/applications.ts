// POST and GET /admin/applications: makes an application, and lists those there are.
import { z } from 'zod';
import { createApplication } from '../../../admin/applications.ts';
import { listApplications } from '../../../store/accounts.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { applicationBody, showApplication } from '../application-body.ts';
import { endpoint } from '../endpoint.ts';
import { nameField, optional, pageAnswer, pageQuery, required } from '../fields.ts';

const fields = z.object({
  accountId: required(z.string('must be a string')).describe('The account that pays.'),
  name: required(nameField('What people call it')).describe('What people call it, up to 100 characters.'),
});

export const postApplication = endpoint(
  {
    id: 'createApplication',
    method: 'post',
    path: '/admin/applications',
    tag: 'Applications',
    summary: 'Make an application',
    description: 'Its secret is in this answer and nowhere else.',
    scope: 'applications:write',
    body: { schema: fields, types: ['json'] },
    answer: applicationBody.extend({
      applicationSecret: z.string().describe('The password for an access token, shown this once.'),
    }),
  },
  async ({ ring }, { operator, body }) => {
    const { application, secret } = await createApplication(operator, ring, body);
    return { ...showApplication(application), applicationSecret: secret };
  },
);

const query = z.object({
  ...pageQuery,
  accountId: optional(z.string('must be given once')).describe('Only those of this account.'),
});

export const getApplications = endpoint(
  {
    id: 'listApplications',
    method: 'get',
    path: '/admin/applications',
    tag: 'Applications',
    summary: 'List applications',
    scope: 'applications:read',
    query,
    answer: pageAnswer(applicationBody),
  },
  async ({ database }, { query: { page, size, ...filter } }) => {
    const asked = pageOf({ page, size });
    const { rows, total } = await listApplications(database, filter, asked);
    return pageBody(rows.map(showApplication), total, asked);
  },
);
