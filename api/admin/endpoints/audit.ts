// GET /admin/audit: who did what and when, and what was before and after.
import { z } from 'zod';
import { findActs } from '../../../store/audit.ts';
import { completeTrail } from '../../../store/audited.ts';
import { pageBody, pageOf } from '../../paging.ts';
import { endpoint } from '../endpoint.ts';
import { instantOut, optional, pageAnswer, pageQuery, periodQuery } from '../fields.ts';

const text = optional(z.string('must be given once'));

const query = z.object({
  ...pageQuery,
  actor: text.describe('Only acts of this name.'),
  operatorId: text.describe('Only acts of this operator.'),
  action: text.describe('Only acts of this kind, such as application.settings.'),
  accountId: text.describe('Only acts on this account.'),
  applicationId: text.describe('Only acts on this application.'),
  ...periodQuery('Only acts'),
});

const act = z.object({
  id: z.string().describe('Its id.'),
  at: instantOut('When it was done'),
  actor: z.string().describe("Who did it: an operator's name, or that of a command."),
  operatorId: z.string().optional().describe('With a token of this API, its public part.'),
  action: z.string().describe('What was done, such as application.settings.'),
  details: z.record(z.string(), z.unknown()).describe('To what, and what was before and after; never a secret.'),
});

export const getAudit = endpoint(
  {
    id: 'readAuditTrail',
    method: 'get',
    path: '/admin/audit',
    tag: 'Audit',
    summary: 'Read the audit trail',
    description: 'Acts through this API and by operator commands.',
    scope: 'audit:read',
    query,
    answer: pageAnswer(act),
  },
  async ({ database }, { query: { page, size, ...filter } }) => {
    await completeTrail(database);
    const asked = pageOf({ page, size });
    const { rows, total } = await findActs(database, filter, asked);
    const content = rows.map(({ _id, at, actor, operatorId, action, details }) => ({
      id: _id,
      at: at.toISOString(),
      actor,
      ...(operatorId !== undefined && { operatorId }),
      action,
      details: { ...details },
    }));
    return pageBody(content, total, asked);
  },
);
