// What an operator may say of a gateway: what is refused says where and why, and quotes nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readCarriersFile } from '../../../admin/carriers-file-format.ts';
import { configurationProblems } from '../../../admin/configuration-problems.ts';
import { stepProblems } from '../../../admin/routes.ts';
import { meaningOf } from '../../../carriers/http/answer.ts';
import { createHttpCarrier } from '../../../carriers/http/carrier.ts';
import { httpSecrets, httpSettings } from '../../../carriers/http/settings.ts';
import { valueNames } from '../../../carriers/http/values.ts';
import { exampleOf } from './example.ts';

const least = { requests: { sms: { url: 'https://gateway.example/send' } } };
const withSms = (sms: object) => ({ requests: { sms: { ...least.requests.sms, ...sms } } });
const guide = readFileSync(join(import.meta.dirname, '../../../docs/carriers-http.md'), 'utf8');

test('a URL is enough', () => {
  expect(httpSettings.parse(least)).toEqual({
    requests: { sms: { method: 'POST', url: 'https://gateway.example/send', query: {}, headers: {} } },
    answer: { format: 'json', rules: [] },
    encodings: { gsm7: 'GSM-7', ucs2: 'UCS-2' },
    languages: {},
    timeoutSeconds: 10,
  });
});

describe('is refused, at its place', () => {
  const rule = (given: object) => ({ ...least, answer: { rules: [given] } });
  test.each<[string, object, string]>([
    ['no request at all', { requests: {} }, 'requests'],
    [
      'a place for an unknown value',
      withSms({ body: { json: { a: [{ b: '{{txt}}' }] } } }),
      'requests.sms.body.json.a.0.b',
    ],
    [
      'an option in a look-up',
      { ...least, lookup: { url: 'https://a.example/{{option.a}}', answer: { rules: [] } } },
      'lookup.url',
    ],
    ['the text in a conversion', { ...least, conversion: { url: 'https://a.example/{{text}}' } }, 'conversion.url'],
    ['a recipient in the password', { ...least, authentication: { bearer: '{{recipient}}' } }, 'authentication.bearer'],
    ['a host out of a value', withSms({ url: 'https://{{option.host}}/send' }), 'requests.sms.url'],
    [
      'a host that a value makes longer',
      withSms({ url: 'https://gateway.example{{option.host}}/' }),
      'requests.sms.url',
    ],
    ['a user in a URL', withSms({ url: 'https://user:pw@gateway.example/' }), 'requests.sms.url'],
    ['a fragment', withSms({ url: 'https://gateway.example/#a' }), 'requests.sms.url'],
    ['another scheme', withSms({ url: 'file:///etc/passwd' }), 'requests.sms.url'],
    ['half a URL without its base', withSms({ url: '/send' }), 'requests.sms.url'],
    [
      'another host in half a URL',
      { baseUrl: 'https://a.example', ...withSms({ url: '//b.example/' }) },
      'requests.sms.url',
    ],
    ['a base with a query', { baseUrl: 'https://a.example/?a=1', ...withSms({ url: '/b' }) }, 'baseUrl'],
    ['two bodies', withSms({ body: { json: {}, text: '' } }), 'requests.sms.body'],
    ['a body with GET', withSms({ method: 'GET', body: { text: 'a' } }), 'requests.sms.body'],
    ['XML that is none', withSms({ body: { xml: '<a>{{text}}' } }), 'requests.sms.body.xml'],
    [
      'an id that a number cannot hold',
      withSms({ body: { json: { a: '{{contentTemplateId:number}}' } } }),
      'requests.sms.body.json.a',
    ],
    ['a number outside JSON', withSms({ query: { a: '{{parts:number}}' } }), 'requests.sms.query.a'],
    [
      'a header of the connection',
      withSms({ headers: { 'Content-Length': '1' } }),
      'requests.sms.headers.Content-Length',
    ],
    [
      'a media type in two places',
      withSms({ headers: { 'content-type': 'a/b' }, body: { text: '' } }),
      'requests.sms.headers.content-type',
    ],
    [
      'who asks in two places',
      { ...withSms({ headers: { authorization: 'a' } }), authentication: { bearer: 'a' } },
      'requests.sms.headers.authorization',
    ],
    ['a header that is none', withSms({ headers: { 'a b': '' } }), 'requests.sms.headers.a b'],
    [
      'two ways to authenticate',
      { ...least, authentication: { bearer: 'a', basic: { username: 'a', password: 'b' } } },
      'authentication',
    ],
    ['a rule without a condition', rule({ means: 'accepted' }), 'answer.rules.0'],
    ['a rule with a path alone', rule({ status: 200, path: 'a', means: 'accepted' }), 'answer.rules.0'],
    ['a meaning there is not', rule({ status: 200, means: 'delivered' }), 'answer.rules.0.means'],
    ['a status there is not', rule({ status: 99, means: 'accepted' }), 'answer.rules.0.status'],
    ['a path that is none', rule({ path: 'a..b', exists: true, means: 'accepted' }), 'answer.rules.0.path'],
    ['a pattern with look-around', rule({ matches: '(?=a)', means: 'accepted' }), 'answer.rules.0.matches'],
    ['a pattern for JSON', { ...least, answer: { pattern: 'a' } }, 'answer.pattern'],
    ['receipts without states', { ...least, receipts: { states: [] } }, 'receipts.states'],
    [
      'a status in a receipt',
      { ...least, receipts: { states: [{ status: 200, means: 'delivered' }] } },
      'receipts.states',
    ],
    [
      'a signature of no kind',
      { ...least, receipts: { states: [{ path: 'a', equals: 1, means: 'delivered' }], signature: {} } },
      'receipts.signature',
    ],
    [
      'a digest of a body that a query has not',
      {
        ...least,
        receipts: {
          format: 'query',
          states: [{ path: 'a', equals: 1, means: 'delivered' }],
          signature: { hmac: { header: 'X-Signature', secret: 'key' } },
        },
      },
      'receipts.signature.hmac',
    ],
    [
      'a text that is a form, whose values could add fields',
      withSms({ body: { text: 'text={{text}}', type: 'application/x-www-form-urlencoded' } }),
      'requests.sms.body.text',
    ],
    [
      'a text that is JSON',
      withSms({ body: { text: '{"text":"{{text}}"}', type: 'application/json; charset=utf-8' } }),
      'requests.sms.body.text',
    ],
    ['a wait beyond a send’s own time', { ...least, timeoutSeconds: 13 }, 'timeoutSeconds'],
    ['a name it does not know', withSms({ bdy: {} }), 'requests.sms.bdy'],
  ])('%s', (_, settings, place) => {
    const problems = configurationProblems('http', settings, {}, false);
    expect(Object.keys(problems)).toContain(`settings.${place}`);
    for (const sentence of Object.values(problems)) expect(sentence).not.toMatch(/passwd|user:pw/);
  });

  test.each([99, 600, '2x', true])('a status such as %j, with what a status is', (status) => {
    const problems = configurationProblems('http', rule({ status, means: 'accepted' }), {}, false);
    expect(problems).toEqual({
      'settings.answer.rules.0.status': 'must be a status such as 404, or all of a hundred such as 5xx',
    });
  });

  test.each([[{ 'api-key': 'a' }], [{ key: '' }], [{ key: 7 }]])('the secrets %j', (secrets) => {
    expect(httpSecrets.safeParse(secrets).success).toBe(false);
  });
});

test('a carrier whose secrets are missing is not made, and says which', () => {
  const { settings } = exampleOf('infobip', 'http://localhost');
  const make = () => createHttpCarrier('acme', httpSettings.parse(settings), { apikey: 'a' }, {});
  expect(make).toThrow('does not have: apiKey');
});

test('a route does not wait for receipts that were not agreed on', () => {
  const step = { carrier: 'acme', method: 'sms', waitForReceiptSeconds: 10 } as const;
  const problems = (settings: unknown) => stepProblems([step], new Map([['acme', { type: 'http', settings }]]));
  expect(problems(least)).toHaveProperty(['steps.0.waitForReceiptSeconds']);
  expect(problems(exampleOf('kannel', 'http://localhost').settings)).toEqual({});
});

describe('the guide', () => {
  const named = (heading: string) => {
    const section = guide.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
    return section
      .split('\n')
      .flatMap((line) => (/^\| ([^|]*)\|/.exec(line)?.[1] ?? '').match(/(?<=`)[\w.{}]+(?=`)/g) ?? []);
  };

  test('has a row for every setting, and every setting has its description in JSON Schema', () => {
    const { properties = {} } = z.toJSONSchema(httpSettings, { io: 'input' });
    expect(Object.keys(properties).filter((name) => !named('Settings').includes(name))).toEqual([]);
    for (const property of Object.values(properties)) expect(property).toHaveProperty('description');
  });

  test('has a row for every value', () => {
    const all = [...new Set(Object.values(valueNames).flat())].map((name) => `{{${name}}}`);
    expect(all.filter((name) => !named('Values').includes(name))).toEqual([]);
  });

  test('says of statuses what the code does', () => {
    const rows = [...guide.matchAll(/^\| `(\d[\dx]{2}(?:`, `\d[\dx]{2})*)` \| `(\w+)`/gm)];
    const said = new Map(
      rows.flatMap(([, statuses = '', means = '']) => statuses.split('`, `').map((status) => [status, means])),
    );
    const meaning = (status: number) => said.get(String(status)) ?? said.get(`${String(status)[0]}xx`);
    const wrong = Array.from({ length: 400 }, (_, index) => index + 200).filter(
      (status) => meaning(status) !== meaningOf(status),
    );
    expect(wrong).toEqual([]);
  });

  test.each(['infobip', 'kannel', 'esendex'])(
    'links the configuration of %s, which may stand in CARRIERS_FILE',
    (name) => {
      expect(guide).toContain(`(examples/carriers/${name}.json)`);
      const text = readFileSync(join(import.meta.dirname, '../../../docs/examples/carriers', `${name}.json`), 'utf8');
      const { file, problems } = readCarriersFile(`{"carriers": {"acme": ${text}}}`, {
        [`${name.toUpperCase()}_PASSWORD`]: 'a',
        INFOBIP_API_KEY: 'a',
      });
      expect(problems).toEqual({});
      const { settings = {}, secrets = {} } = file?.carriers.acme ?? {};
      expect(configurationProblems('http', settings, secrets, false)).toEqual({});
    },
  );

  test('shows a whole configuration that is usable', () => {
    const { settings, secrets } = JSON.parse(/```json\n(.*?)```/s.exec(guide)?.[1] ?? '');
    expect(configurationProblems('http', settings, secrets, false)).toEqual({});
  });
});
