// A request of a configuration, with the values of one message in it.
import { CarrierRejected } from '../carrier.ts';
import type { HttpRequest } from '../http-request.ts';
import { digestOf } from './digest.ts';
import type { AuthenticationSettings, RequestSettings } from './request-settings.ts';
import type { HttpSecrets, HttpSettings } from './settings.ts';
import { asItIs, fill, fillAll, forUrl, forXml, numberIn, type Values, valueNamed } from './template.ts';

type Body = NonNullable<RequestSettings['body']>;

const ABSENT = Symbol('absent');

/**
 * @param values with the secrets
 * @throws CarrierRejected where a value cannot stand in a header
 */
export function outgoingRequest(
  request: RequestSettings,
  { baseUrl = '', authentication }: Pick<HttpSettings, 'baseUrl' | 'authentication'>,
  values: Values,
  secrets: HttpSecrets,
): HttpRequest {
  const body = request.body && bodyOf(request.body, values);
  const type = request.body && (request.body.type ?? usualType(request.body));
  const headers = {
    ...(type !== undefined && { 'Content-Type': type }),
    ...filled(authorisation(authentication, values), values),
    ...filled(request.headers, values),
    ...(authentication?.hmac && { [authentication.hmac.header]: digestOf(body ?? '', authentication.hmac, secrets) }),
  };
  if (!Object.values(headers).every(fitsHeader)) {
    throw new CarrierRejected('a header of the request cannot hold a value of this message');
  }
  return { method: request.method, url: urlOf(request, baseUrl, values), headers, ...(body !== undefined && { body }) };
}

function urlOf({ url, query }: RequestSettings, baseUrl: string, values: Values): string {
  const address = `${url.startsWith('/') ? baseUrl : ''}${fillAll(url, values, forUrl)}`;
  const fields = encoded(query, values);
  return fields === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${fields}`;
}

function bodyOf({ json, form, xml, text }: Body, values: Values): string {
  if (json !== undefined) return JSON.stringify(inJson(json, values) ?? null);
  if (form !== undefined) return encoded(form, values);
  if (xml !== undefined) return fillAll(xml, values, forXml);
  return fillAll(text ?? '', values, asItIs);
}

function usualType({ json, form, xml }: Body): string {
  if (json !== undefined) return 'application/json';
  if (form !== undefined) return 'application/x-www-form-urlencoded';
  return xml !== undefined ? 'application/xml; charset=utf-8' : 'text/plain; charset=utf-8';
}

const encoded = (fields: Readonly<Record<string, string>>, values: Values): string =>
  Object.entries(filled(fields, values))
    .map((field) => field.map(forUrl).join('='))
    .join('&');

/** The fields whose values this message has all. */
function filled(fields: Readonly<Record<string, string>>, values: Values): Record<string, string> {
  const found = Object.entries(fields).map(([name, template]) => [name, fill(template, values)] as const);
  return Object.fromEntries(found.filter((field): field is [string, string] => field[1] !== undefined));
}

/** Fields without a value are left out, and so are objects and lists that have nothing left. */
function inJson(template: unknown, values: Values): unknown {
  const value = jsonValue(template, values);
  return value === ABSENT ? undefined : value;
}

function jsonValue(template: unknown, values: Values): unknown {
  if (typeof template === 'string') return jsonText(template, values);
  if (typeof template !== 'object' || template === null) return template;
  const entries = Object.entries(template).map(([key, inside]) => [key, jsonValue(inside, values)] as const);
  const present = entries.filter(([, value]) => value !== ABSENT);
  if (present.length === 0 && entries.length > 0) return ABSENT;
  return Array.isArray(template) ? present.map(([, value]) => value) : Object.fromEntries(present);
}

function jsonText(template: string, values: Values): unknown {
  const number = numberIn(template);
  if (number === undefined) return fill(template, values) ?? ABSENT;
  const value = Number(valueNamed(values, number) ?? Number.NaN);
  return Number.isFinite(value) ? value : ABSENT;
}

function authorisation({ basic, bearer }: AuthenticationSettings = {}, values: Values): Record<string, string> {
  if (bearer !== undefined) return { Authorization: `Bearer ${bearer}` };
  if (!basic) return {};
  const pair = [basic.username, basic.password].map((template) => fillAll(template, values, asItIs)).join(':');
  return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** What HTTP can carry: no line breaks, and nothing beyond Latin-1. */
const fitsHeader = (value: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
