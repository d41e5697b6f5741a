// How requests to Vonage prove whom they are from: the account by key and secret, its application by a token it signs.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { VonageSecrets, VonageSettings } from './settings.ts';

/** Each token is for one request, so it need not last. */
const TOKEN_SECONDS = 120;

export interface Account {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** The account's key and secret; undefined where the carrier has none. */
export function accountOf({ apiKey }: VonageSettings, { apiSecret }: VonageSecrets): Account | undefined {
  return apiKey === undefined || apiSecret === undefined ? undefined : { apiKey, apiSecret };
}

/** The header for the account. */
export function basicAuthorization({ apiKey, apiSecret }: Account): string {
  return `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
}

/** Makes the header for the application, anew for each request; undefined where the carrier has no application. */
export function applicationAuthorization(
  { applicationId }: VonageSettings,
  { privateKey }: VonageSecrets,
): (() => Promise<string>) | undefined {
  if (applicationId === undefined || privateKey === undefined) return undefined;
  const key = createPrivateKey(privateKey);
  return async () => {
    const token = new SignJWT({ application_id: applicationId })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} s`);
    return `Bearer ${await token.sign(key)}`;
  };
}
