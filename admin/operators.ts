// Who may use the management API: made, listed, revoked. A token is shown once; its keyed hash is all that is kept.
import { type Grants, grantedUntil, lackingScopes, type Scope } from '../domain/operator.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { drawOperatorToken, hashOperatorToken, operatorTokenText } from '../secrets/operator-token.ts';
import { changeAudited, insertAudited } from '../store/audited.ts';
import type { OperatorDocument } from '../store/operator-documents.ts';

import { activeOperators } from '../store/operators.ts';
import { actOf, invalid, notGranted, type Operator, unknown } from './operator.ts';

export interface NewOperator {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

/** Makes an operator who can do no more, and no longer, than the one who makes him. Returns his token, this once. */
export async function createOperator(
  operator: Operator,
  grantor: Grants,
  ring: KeyRing,
  { name, scopes, expiresAt: asked }: NewOperator,
): Promise<{ readonly created: OperatorDocument; readonly token: string }> {
  const lacking = lackingScopes(grantor, scopes);
  if (lacking.length > 0) {
    throw notGranted(`you lack ${lacking.join(', ')} yourself`);
  }
  const createdAt = new Date();
  const expiresAt = grantedUntil(grantor, asked);
  if (expiresAt === 'tooLong') throw invalid('expiresAt', 'must not be later than the end of your own token');
  if (expiresAt !== undefined && expiresAt <= createdAt) throw invalid('expiresAt', 'must be in the future');
  const token = drawOperatorToken();
  const created: OperatorDocument = {
    _id: token.id,
    name,
    scopes: [...new Set(scopes)],
    secret: hashOperatorToken(ring, token),
    createdAt,
    createdBy: operator.actor,
    ...(operator.operatorId !== undefined && { createdById: operator.operatorId }),
    ...(expiresAt && { expiresAt }),
  };
  const details = { createdId: token.id, name, scopes: created.scopes, expiresAt: expiresAt?.toISOString() ?? null };
  const { database } = operator;
  await insertAudited(database, database.operators, created, actOf(operator, 'operator.create', details));
  return { created, token: operatorTokenText(token) };
}

/**
 * Ends an operator's token at once and for good, of one who may do no more than the revoker; those he made stay. Nobody ends the token
 * he asks with: the last one gone, only a command makes another.
 */
export async function revokeOperator(
  operator: Operator,
  revoker: Pick<Grants, 'scopes'>,
  id: string,
): Promise<OperatorDocument> {
  const { database } = operator;
  if (id === operator.operatorId) {
    throw invalid('operatorId', 'is your own: make another operator, and revoke this one with that token');
  }
  const revoked = await changeAudited(database, database.operators, id, ({ name, revokedAt, scopes }) => {
    if (revokedAt) return undefined;
    const lacking = lackingScopes(revoker, scopes);
    if (lacking.length > 0) {
      throw notGranted(`of ${name} hold ${lacking.join(', ')}, which you lack`);
    }
    const act = actOf(operator, 'operator.revoke', { revokedId: id, name });
    return { set: { revokedAt: act.at }, act };
  });
  if (!revoked) throw unknown('operatorId', 'operator', id);
  return revoked;
}

/** Revokes what the same actor made under this name and makes it anew, with everything asked for. Returns the token. */
export async function replaceOperator(operator: Operator, ring: KeyRing, asked: NewOperator): Promise<string> {
  const { database, actor } = operator;
  for (const { _id } of await activeOperators(database, asked.name, actor)) await revokeOperator(operator, asked, _id);
  return (await createOperator(operator, asked, ring, asked)).token;
}
