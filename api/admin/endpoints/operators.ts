// POST and GET /admin/operators, DELETE /admin/operators/{operatorId}: who may use the management API.
import { z } from 'zod';
import { createOperator, revokeOperator } from '../../../admin/operators.ts';
import { operatorState, scopes } from '../../../domain/operator.ts';
import type { OperatorDocument } from '../../../store/operator-documents.ts';
import { listOperators } from '../../../store/operators.ts';
import { instant, pageBody, pageOf } from '../../paging.ts';
import { endpoint } from '../endpoint.ts';
import { idParam, instantOut, nameField, optional, pageAnswer, pageQuery, required } from '../fields.ts';

const tag = 'Operators';
const scope = 'operators:write';

const operatorBody = z.object({
  operatorId: z.string().describe('The public part of the token.'),
  name: z.string().describe('Who it is; stands in the audit trail.'),
  scopes: z.array(z.enum(scopes)).describe('What it may do.'),
  state: z.enum(['active', 'expired', 'revoked']).describe('Only an active one may do anything.'),
  createdAt: instantOut('When it was made'),
  createdBy: z.string().describe('The name of who made it, which anybody may bear.'),
  createdById: z.string().optional().describe('The operator who made it; none where a command did.'),
  lastUsedAt: instantOut('When it was last used')
    .nullable()
    .describe('When it was last used, to the minute; null for never.'),
  expiresAt: instantOut('When it ends by itself').optional(),
  revokedAt: instantOut('When it was revoked').optional(),
});

const fields = z.object({
  name: required(nameField('Who it is')).describe('Who it is, up to 100 characters; stands in the audit trail.'),
  scopes: z
    .array(z.enum(scopes, `must be one of ${scopes.join(', ')}`), 'must be an array of scopes')
    .min(1, 'must name at least one scope')
    .max(scopes.length * 2, 'must name each scope once')
    .describe('What it may do: no more than your own token.'),
  expiresAt: optional(instant).describe('When it ends by itself: no later than your own token. Never unless given.'),
});

export const postOperator = endpoint(
  {
    id: 'createOperator',
    method: 'post',
    path: '/admin/operators',
    tag,
    summary: 'Make an operator',
    description: 'The token is in this answer and nowhere else.',
    scope,
    body: { schema: fields, types: ['json'] },
    answer: operatorBody.extend({ token: z.string().describe('The token, shown this once.') }),
  },
  async ({ ring }, { operator, grants, body }) => {
    const { created, token } = await createOperator(operator, grants, ring, body);
    return { ...showOperator(created), token };
  },
);

export const getOperators = endpoint(
  {
    id: 'listOperators',
    method: 'get',
    path: '/admin/operators',
    tag,
    summary: 'List operators',
    description: 'Those that ended, too.',
    scope,
    query: z.object(pageQuery),
    answer: pageAnswer(operatorBody),
  },
  async ({ database }, { query }) => {
    const asked = pageOf(query);
    const { rows, total } = await listOperators(database, asked);
    return pageBody(rows.map(showOperator), total, asked);
  },
);

export const deleteOperator = endpoint(
  {
    id: 'revokeOperator',
    method: 'delete',
    path: '/admin/operators/:operatorId',
    tag,
    summary: 'Revoke an operator',
    description:
      'At once and for good; of one who may do no more than you, and never yourself. Operators he made stay: `createdById` tells which.',
    scope,
    params: z.object({ operatorId: idParam('operator') }),
    answer: operatorBody,
  },
  async (_, { operator, grants, params }) => showOperator(await revokeOperator(operator, grants, params.operatorId)),
);

function showOperator(document: OperatorDocument): z.output<typeof operatorBody> {
  const { _id, name, createdAt, createdBy, createdById, lastUsedAt, expiresAt, revokedAt } = document;
  return {
    operatorId: _id,
    name,
    scopes: [...document.scopes],
    state: operatorState(document, Date.now()),
    createdAt: createdAt.toISOString(),
    createdBy,
    ...(createdById !== undefined && { createdById }),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(revokedAt && { revokedAt: revokedAt.toISOString() }),
  };
}
