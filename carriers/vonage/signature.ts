// The signatures of Vonage's reports: `sig` among the parameters of the SMS API, and a token over the body from all its other APIs.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import type { CarrierRequest } from '../carrier-request.ts';
import type { SmsSignature } from './settings.ts';

/** What was signed longer ago is not taken: it may be a repeat by somebody else. */
const MOST_AGE_SECONDS = 300;
/** Vonage repeats a report that we could not take for three days at most; by somebody else, too, a repeat changes nothing. */
export const REPORT_AGE_SECONDS = 73 * 3_600;
const CLOCKS_APART_SECONDS = 30;

/** The signature over all parameters but `sig`, in hex. */
export function smsSignature(
  parameters: Readonly<Record<string, string>>,
  method: SmsSignature,
  secret: string,
): string {
  const signed = Object.keys(parameters)
    .filter((name) => name !== 'sig')
    .sort()
    .map((name) => `&${name}=${(parameters[name] ?? '').replace(/[&=]/g, '_')}`)
    .join('');
  if (method === 'md5hash') return createHash('md5').update(`${signed}${secret}`).digest('hex');
  return createHmac(method, secret).update(signed).digest('hex');
}

/** Whether a delivery receipt of the SMS API was signed by Vonage, and lately. */
export function isSignedSmsReport(
  parameters: Readonly<Record<string, string>>,
  method: SmsSignature,
  secret: string,
  now = Date.now(),
  mostAge = MOST_AGE_SECONDS,
): boolean {
  const age = now / 1000 - Number(parameters.timestamp ?? Number.NaN);
  if (!(age <= mostAge && age >= -CLOCKS_APART_SECONDS)) return false;
  return sameText((parameters.sig ?? '').toLowerCase(), smsSignature(parameters, method, secret));
}

/** What a token of Vonage's says; undefined for one that is forged, or was not made lately. */
export async function webhookClaims(
  authorization: string,
  secret: string,
  now = Date.now(),
  mostAge = MOST_AGE_SECONDS,
): Promise<JWTPayload | undefined> {
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret), {
      algorithms: ['HS256'],
      maxTokenAge: mostAge,
      clockTolerance: CLOCKS_APART_SECONDS,
      currentDate: new Date(now),
    });
    return payload;
  } catch {
    return undefined;
  }
}

/** Whether the request holds a token of Vonage's over this very body. */
export async function isSignedWebhook(
  { headers, rawBytes }: Pick<CarrierRequest, 'headers' | 'rawBytes'>,
  secret: string,
  now = Date.now(),
  mostAge = MOST_AGE_SECONDS,
): Promise<boolean> {
  const claims = await webhookClaims(String(headers.authorization ?? ''), secret, now, mostAge);
  const hash = createHash('sha256').update(rawBytes).digest('hex');
  return claims !== undefined && sameText(String(claims.payload_hash ?? '').toLowerCase(), hash);
}

function sameText(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
