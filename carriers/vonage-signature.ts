// The signatures of Vonage's reports: `sig` among the parameters of the SMS API, and a token over the body from all its other APIs.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { CarrierRequest } from './carrier-request.ts';
import type { SmsSignature } from './vonage-settings.ts';

/** What was signed longer ago than this, or is signed later than now by as much, is not taken: it may be a repeat by somebody else. */
const MOST_AGE_SECONDS = 300;

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
): boolean {
  const age = now / 1000 - Number(parameters.timestamp ?? Number.NaN);
  if (!(Math.abs(age) <= MOST_AGE_SECONDS)) return false;
  return sameText((parameters.sig ?? '').toLowerCase(), smsSignature(parameters, method, secret));
}

/** Whether the request holds a token of Vonage's, made lately and over this very body. */
export async function isSignedWebhook(
  { headers, rawBody }: Pick<CarrierRequest, 'headers' | 'rawBody'>,
  secret: string,
  now = Date.now(),
): Promise<boolean> {
  const token = /^Bearer (\S+)$/i.exec(String(headers.authorization ?? ''))?.[1] ?? '';
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret), {
      algorithms: ['HS256'],
      maxTokenAge: MOST_AGE_SECONDS,
      clockTolerance: MOST_AGE_SECONDS / 10,
      currentDate: new Date(now),
    });
    const hash = createHash('sha256').update(rawBody).digest('hex');
    return sameText(String(payload.payload_hash ?? '').toLowerCase(), hash);
  } catch {
    return false;
  }
}

function sameText(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
