// Whether a request is Twilio's: X-Twilio-Signature is an HMAC-SHA1 under the auth token over URL and form.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'node:querystring';
import type { CarrierRequest } from '../carrier-request.ts';
import { repeated } from './repeats.ts';
import type { TwilioSecrets } from './settings.ts';

const HEADER = 'x-twilio-signature';
const standardPorts: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/** What a form or a query holds; a name that comes more than once has all its values. */
export type TwilioForm = Readonly<Record<string, string | readonly string[]>>;

/** The signature of a request: names in the order of their characters, each followed by its value, after the URL. */
export function twilioSignature(authToken: string, url: string, form: TwilioForm): string {
  const fields = Object.keys(form)
    .sort()
    .flatMap((name) => valuesOf(form[name]).map((value) => `${name}${value}`));
  return createHmac('sha1', authToken)
    .update(`${url}${fields.join('')}`)
    .digest('base64');
}

/** True for a request that one of the tokens signed. Takes as long whichever of them it was, and wherever it differs. */
export function isTwilios(request: CarrierRequest, { authToken, nextAuthToken }: TwilioSecrets): boolean {
  const given = request.headers[HEADER];
  if (typeof given !== 'string') return false;
  const form = request.method === 'POST' ? formOf(request.body) : {};
  if (!form) return false;
  const tokens = nextAuthToken === undefined ? [authToken] : [authToken, nextAuthToken];
  const right = tokens.flatMap((token) => writings(request.url).map((url) => twilioSignature(token, url, form)));
  return right.filter((each) => isSame(each, given)).length > 0;
}

/** The form; none at all is an empty one, and anything else than texts is none of Twilio's. */
export function formOf(body: unknown): TwilioForm | undefined {
  if (body === undefined) return {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const texts = Object.values(body).flat();
  return texts.every((each) => typeof each === 'string') ? (body as TwilioForm) : undefined;
}

/** Each value once, in order, as Twilio counts them. */
function valuesOf(value: string | readonly string[] | undefined): string[] {
  return value === undefined ? [] : [...new Set([value].flat())].sort();
}

/** Twilio signs with or without the standard port, and with the query as it was given to it or as it writes it itself. */
function writings(url: string): string[] {
  if (!URL.canParse(url)) return [url];
  const { protocol, port, pathname, search, username, password } = new URL(url);
  const { host, hostname } = new URL(url);
  const user = username === '' ? '' : `${username}${password === '' ? '' : `:${password}`}@`;
  const hosts = port === '' ? [host, `${hostname}:${standardPorts[protocol] ?? ''}`] : [host, hostname];
  const queries = search === '' ? [''] : [search, `?${stringify(parse(search.slice(1)))}`];
  const written = hosts.flatMap((each) => queries.map((query) => `${protocol}//${user}${each}${pathname}${query}`));
  // Its fragment stays with Twilio; should it ever count, it is the one that we gave.
  return [...new Set([url, ...written].flatMap((each) => [each, repeated(each)]))];
}

function isSame(right: string, given: string): boolean {
  const [a, b] = [Buffer.from(right), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
