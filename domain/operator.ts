// Who may do what in the management API: the scopes of an operator's token, and what he may hand on.

export const scopes = [
  'accounts:read',
  'accounts:write',
  'money:write',
  'applications:read',
  'applications:write',
  'prices:read',
  'prices:write',
  'carriers:read',
  'carriers:write',
  'verifications:read',
  'subjects:erase',
  'operators:write',
  'audit:read',
] as const;
export type Scope = (typeof scopes)[number];

/** True for a scope's name, so that what comes from outside can be trusted. */
export function isScope(text: string): text is Scope {
  return scopes.some((scope) => scope === text);
}

/** What an operator has to hand on: his scopes, until his own end. */
export interface Grants {
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

/** The scopes asked for that the grantor lacks. */
export function lackingScopes(grantor: Pick<Grants, 'scopes'>, asked: readonly Scope[]): Scope[] {
  return asked.filter((scope) => !grantor.scopes.includes(scope));
}

/** When what is handed on ends: as asked, where that is within the grantor's own time; undefined is never. */
export function grantedUntil(grantor: Grants, asked: Date | undefined): Date | undefined | 'tooLong' {
  if (grantor.expiresAt === undefined) return asked;
  if (asked === undefined) return grantor.expiresAt;
  return asked > grantor.expiresAt ? 'tooLong' : asked;
}

export type OperatorState = 'active' | 'expired' | 'revoked';

/** Whether a token counts now. */
export function operatorState(
  { expiresAt, revokedAt }: { readonly expiresAt?: Date | undefined; readonly revokedAt?: Date | undefined },
  now: number,
): OperatorState {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && expiresAt.getTime() <= now ? 'expired' : 'active';
}
