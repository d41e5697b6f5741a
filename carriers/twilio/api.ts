// Requests to Twilio's API: forms in, JSON out, and what a refusal means.
import { CarrierOutcomeUnknown } from '../carrier.ts';
import type { AskHttp } from '../http-request.ts';
import { LONGEST_LOOK_UP_MS } from '../look-up.ts';
import { refusal } from './codes.ts';
import type { TwilioSecrets, TwilioSettings } from './settings.ts';

/** Fields of a form or a query, in their order; a name may come more than once. */
export type Fields = readonly (readonly [name: string, value: string])[];

export type Resource = Readonly<Record<string, unknown>>;

export interface TwilioApi {
  /** Makes something. @throws what `carrier.ts` names; CarrierOutcomeUnknown, too, where the answer is not JSON */
  post(path: string, fields: Fields): Promise<Resource>;
  /** Reads. @throws the same */
  get(path: string, query: Fields): Promise<Resource>;
}

const VERSION = '2010-04-01';

/** Where the API is. */
export function apiUrl({ baseUrl, region, edge }: Pick<TwilioSettings, 'baseUrl' | 'region' | 'edge'>): string {
  if (baseUrl !== undefined) return baseUrl.replace(/\/+$/, '');
  return region !== undefined && edge !== undefined
    ? `https://api.${edge}.${region}.twilio.com`
    : 'https://api.twilio.com';
}

export function createTwilioApi(settings: TwilioSettings, secrets: TwilioSecrets, askHttp: AskHttp): TwilioApi {
  const { accountSid, responseTimeoutSeconds } = settings;
  const [user, password] =
    secrets.apiKeySid !== undefined && secrets.apiKeySecret !== undefined
      ? [secrets.apiKeySid, secrets.apiKeySecret]
      : [accountSid, secrets.authToken];
  const headers = {
    Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    Accept: 'application/json',
  };
  const account = `${apiUrl(settings)}/${VERSION}/Accounts/${accountSid}`;
  const timeoutMs = responseTimeoutSeconds * 1000;

  async function ask(method: 'GET' | 'POST', path: string, fields: Fields): Promise<Resource> {
    const form = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
    const url = `${account}/${path}`;
    const answer = await askHttp(
      method === 'GET'
        ? { method, url: `${url}?${form}`, headers, timeoutMs: Math.min(timeoutMs, LONGEST_LOOK_UP_MS) }
        : {
            method,
            url,
            headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
            body: form,
            timeoutMs,
          },
    );
    const body = readJson(answer.text);
    if (answer.status >= 200 && answer.status < 300) {
      if (body) return body;
      throw new CarrierOutcomeUnknown('Twilio took it, and its answer could not be read');
    }
    const code = typeof body?.code === 'number' ? body.code : undefined;
    const words = typeof body?.message === 'string' ? body.message : undefined;
    throw refusal(answer.status, code, retryAfterMs(answer.headers.get('retry-after')), words);
  }

  return { post: (path, fields) => ask('POST', path, fields), get: (path, query) => ask('GET', path, query) };
}

function readJson(text: string): Resource | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Resource) : undefined;
  } catch {
    return undefined;
  }
}

/** Seconds; a date is not what Twilio sends. */
function retryAfterMs(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds * 1000) : undefined;
}
