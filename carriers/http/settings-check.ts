// What is wrong with the templates of a configuration: places for values that do not exist there, documents that are not well-formed.

import type { AuthenticationSettings, RequestSettings } from './request-settings.ts';
import type { HttpSettings } from './settings.ts';
import { asItIs, fillAll, namesIn, templateProblem } from './template.ts';
import { valueNames } from './values.ts';
import { readXml } from './xml.ts';

type Path = (string | number)[];
export interface TemplateProblem {
  readonly path: Path;
  readonly message: string;
}

type Kind = keyof typeof valueNames;
interface Template {
  readonly path: Path;
  readonly text: string;
}

type Checked = Pick<HttpSettings, 'baseUrl' | 'requests' | 'authentication' | 'lookup' | 'conversion' | 'receipts'>;

/** Every problem, by where it is. */
export function templateProblems(settings: Checked): TemplateProblem[] {
  return requestsOf(settings)
    .flatMap(({ path, kind, request }) => [
      ...templatesOf(request, path).flatMap((template) => problemsOf(template, kind)),
      ...formProblems(request, path, settings),
    ])
    .concat(authenticationTemplates(settings.authentication).flatMap((template) => problemsOf(template, 'none')));
}

/** The names of the secrets that a configuration needs. */
export function secretsNeeded(settings: Checked): Set<string> {
  const templates = [
    ...requestsOf(settings).flatMap(({ request, path }) => templatesOf(request, path)),
    ...authenticationTemplates(settings.authentication),
  ];
  const named = templates.flatMap(({ text }) => namesIn(text)).filter((name) => name.startsWith('secret.'));
  const { signature } = settings.receipts ?? {};
  const digests = [settings.authentication?.hmac, signature?.hmac, signature?.token].flatMap(
    (each) => each?.secret ?? [],
  );
  return new Set([...named.map((name) => name.slice('secret.'.length)), ...digests]);
}

/** The options of a route that its requests have places for. */
export function optionsKnown(settings: Checked): Set<string> {
  const names = requestsOf(settings).flatMap(({ request, path }) =>
    templatesOf(request, path).flatMap(({ text }) => namesIn(text)),
  );
  return new Set(names.filter((name) => name.startsWith('option.')).map((name) => name.slice('option.'.length)));
}

/** Every request that is configured, and where. */
export function requestsOf({
  requests,
  lookup,
  conversion,
}: Checked): { path: Path; kind: Kind; request: RequestSettings }[] {
  return [
    ...(requests.sms ? [{ path: ['requests', 'sms'], kind: 'message' as const, request: requests.sms }] : []),
    ...(requests.voice ? [{ path: ['requests', 'voice'], kind: 'message' as const, request: requests.voice }] : []),
    ...(lookup ? [{ path: ['lookup'], kind: 'question' as const, request: lookup }] : []),
    ...(conversion ? [{ path: ['conversion'], kind: 'conversion' as const, request: conversion }] : []),
  ];
}

/** The templates of a request, `path` being where it is. */
export function templatesOf({ url, query, headers, body }: RequestSettings, path: Path): Template[] {
  return [
    { path: [...path, 'url'], text: url },
    ...stringsIn(query, [...path, 'query']),
    ...stringsIn(headers, [...path, 'headers']),
    ...stringsIn(body, [...path, 'body']),
  ];
}

export const authenticationTemplates = (authentication: AuthenticationSettings | undefined): Template[] =>
  stringsIn({ basic: authentication?.basic, bearer: authentication?.bearer }, ['authentication']);

function stringsIn(value: unknown, path: Path): Template[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => stringsIn(inside, [...path, key]));
}

function problemsOf({ path, text }: Template, kind: Kind | 'none'): TemplateProblem[] {
  const names: readonly string[] = kind === 'none' ? [] : valueNames[kind];
  const isKnown = (name: string) =>
    names.includes(name) || name.startsWith('secret.') || (kind === 'message' && name.startsWith('option.'));
  const message = templateProblem(text, isKnown) ?? numberProblem(path, text);
  return message === undefined ? [] : [{ path, message }];
}

/** Only JSON tells numbers from texts. DLT ids have more digits than its numbers keep. */
function numberProblem(path: Path, text: string): string | undefined {
  const id = /\{\{(contentTemplateId|principalEntityId):number\}\}/.exec(text)?.[1];
  if (id !== undefined) return `has {{${id}:number}}, whose last digits a JSON number loses: leave :number out`;
  const inJson = path.includes('body') && path[path.indexOf('body') + 1] === 'json';
  return /:number\}\}/.test(text) && !inJson ? 'has a {{...:number}}, which is for JSON alone' : undefined;
}

function formProblems(
  { method, url, headers, body }: RequestSettings,
  path: Path,
  { baseUrl, authentication = {} }: Checked,
): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const add = (wrong: boolean, place: Path, message: string) => {
    if (wrong) problems.push({ path: [...path, ...place], message });
  };
  add(baseUrl === undefined && url.startsWith('/'), ['url'], 'needs a baseUrl');
  add(body !== undefined && method === 'GET', ['body'], 'cannot go with GET');
  const document = body?.xml;
  add(
    document !== undefined && readXml(fillAll(document, {}, asItIs)) === undefined,
    ['body', 'xml'],
    'is not well-formed XML',
  );
  add(
    body?.text !== undefined && /urlencoded|json|xml/i.test(body.type ?? ''),
    ['body', 'text'],
    'is of a type whose values have to be escaped: say it as form, json or xml',
  );
  const authorised = authentication.basic !== undefined || authentication.bearer !== undefined;
  for (const header of Object.keys(headers)) {
    const name = header.toLowerCase();
    add(name === 'content-type' && body !== undefined, ['headers', header], 'is the `type` of the body: say it there');
    add(name === 'authorization' && authorised, ['headers', header], 'is made from `authentication`: say it once');
  }
  return problems;
}
