// Access tokens: JWTs (RFC 7519) with one fixed algorithm, a key id and an audience, carrying the application's epoch and naming its secret.
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import type { KeyRing } from './key-ring.ts';

const ALGORITHM = 'HS256';
const AUDIENCE = 'twostep:2step';
/** What is there counts only where it is there: without `exp` a token would never end. */
const REQUIRED = ['exp', 'iat', 'sub', 'acc', 'epoch', 'sec'];

export interface TokenClaims {
  readonly applicationId: string;
  readonly accountId: string;
  /** Raised to end every token of the application. */
  readonly epoch: number;
  /** The name of the secret it was made with, and ends with. */
  readonly secretId: string;
}

/** Signs a token that lives `lifetimeInSeconds` from now. */
export async function signToken(ring: KeyRing, claims: TokenClaims, lifetimeInSeconds: number): Promise<string> {
  return await new SignJWT({ acc: claims.accountId, epoch: claims.epoch, sec: claims.secretId })
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
    const { payload } = await jwtVerify(token, key.token, {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      requiredClaims: REQUIRED,
    });
    const { sub, acc, epoch, sec } = payload;
    if (typeof sub !== 'string' || typeof acc !== 'string' || typeof epoch !== 'number') return undefined;
    return typeof sec === 'string' ? { applicationId: sub, accountId: acc, epoch, secretId: sec } : undefined;
  } catch {
    return undefined;
  }
}
