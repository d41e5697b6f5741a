// Access tokens: JWTs (RFC 7519) with one fixed algorithm, a key id and an audience, carrying the application's epoch.
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import type { KeyRing } from './key-ring.ts';

const ALGORITHM = 'HS256';
const AUDIENCE = 'twostep:2step';

export interface TokenClaims {
  readonly applicationId: string;
  readonly accountId: string;
  /** Raised to end every token of the application. */
  readonly epoch: number;
}

/** Signs a token that lives `lifetimeInSeconds` from now. */
export async function signToken(ring: KeyRing, claims: TokenClaims, lifetimeInSeconds: number): Promise<string> {
  return await new SignJWT({ acc: claims.accountId, epoch: claims.epoch })
    .setProtectedHeader({ alg: ALGORITHM, kid: ring.maker.id })
    .setSubject(claims.applicationId)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeInSeconds)
    .sign(ring.maker.token);
}

/** The claims of a valid token, or `undefined` for any other text. */
export async function verifyToken(ring: KeyRing, token: string): Promise<TokenClaims | undefined> {
  try {
    const { kid } = decodeProtectedHeader(token);
    const key = kid === undefined ? undefined : ring.byId(kid);
    if (!key) return undefined;
    const { payload } = await jwtVerify(token, key.token, { algorithms: [ALGORITHM], audience: AUDIENCE });
    const { sub, acc, epoch } = payload;
    if (typeof sub !== 'string' || typeof acc !== 'string' || typeof epoch !== 'number') return undefined;
    return { applicationId: sub, accountId: acc, epoch };
  } catch {
    return undefined;
  }
}
