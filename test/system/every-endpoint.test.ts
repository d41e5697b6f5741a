// Every endpoint by every error it has: one row each, so that none is told otherwise than the contract says.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorsOf } from '../../api/openapi/errors.ts';
import { publicOperations } from '../../api/routes.ts';
import { type ErrorName, errorRow } from '../../domain/errors.ts';
import { type ApiAnswer, send, wrongCode } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let owner: TestApplication;
let poor: TestApplication;
/** One of each ending, and one that is pending. */
const ids = { pending: '', verified: '', expired: '' };

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  owner = await stack.addApplication();
  poor = await stack.addApplication({ balance: 0 });
  const { api } = client();
  ids.expired = await api.open({ lifetimeInSeconds: 1 });
  ids.verified = await api.open();
  await api.confirm(ids.verified, await api.code(ids.verified));
  ids.pending = await api.open();
  await eventually('one has expired', async () => (await api.status(ids.expired)).body.status === 'Expired');
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const client = () => ({ api: app.client(owner), poor: app.client(poor) });
const json = { 'Content-Type': 'application/json' };
const none = randomUUID();
const tooLong = JSON.stringify({ text: 'x'.repeat(65_537) });

type Ask = () => Promise<ApiAnswer>;
const get = (path: () => string) => () => client().api.request('GET', path());
const post =
  (path: () => string, body: string, headers: Record<string, string> = json) =>
  () =>
    client().api.request('POST', path(), { headers, body });
const plain = { 'Content-Type': 'text/plain' };

/** The errors of an endpoint that reads a body, whatever it does with it. */
const ofBodies = (path: () => string): Record<string, Ask> => ({
  '400005000 for malformed JSON': post(path, '{'),
  '413000000 for more than 64 kB': post(path, tooLong),
  '415000000 for another media type': post(path, 'x', plain),
});
const ofIds = (suffix: string, method: string): Record<string, Ask> => ({
  '404011006 for an unknown id': () => client().api.request(method, `/2step/${none}${suffix}`),
  '404011006 for no id at all': () => client().api.request(method, `/2step/nothing${suffix}`),
});
const startWith = (fields: object) => post(() => '/2step', JSON.stringify(fields));
const sms = { method: 'sms', recipient: '+306948530920' };

const table: Record<string, Record<string, Ask>> = {
  'POST /2step': {
    ...ofBodies(() => '/2step'),
    '400005000 for no method': startWith({ recipient: sms.recipient }),
    '400011001 for a template without a code': startWith({ ...sms, template: 'none' }),
    '400001009 for too little balance': () => client().poor.start(),
    async '409000000 for a key that was used with another body'() {
      const keyed = (fields: object) =>
        client().api.request('POST', '/2step', {
          headers: { ...json, 'Idempotency-Key': 'every' },
          body: JSON.stringify(fields),
        });
      await keyed(sms);
      return await keyed({ ...sms, digits: 5 });
    },
  },
  'POST /2step/:trackingId': {
    ...ofBodies(() => `/2step/${ids.pending}`),
    ...ofIds('?answer=1', 'POST'),
    '400005000 for no answer': post(() => `/2step/${ids.pending}`, '{}'),
    async '400011005 for a wrong answer'() {
      const { api } = client();
      const trackingId = await api.open();
      return await api.confirm(trackingId, wrongCode(await api.code(trackingId)));
    },
    async '400011004 for the last wrong answer'() {
      const { api } = client();
      const trackingId = await api.open({ maxRetries: 0 });
      return await api.confirm(trackingId, wrongCode(await api.code(trackingId)));
    },
    '400011003 when it has expired': () => client().api.confirm(ids.expired, '123456'),
    '400011002 when it is verified': () => client().api.confirm(ids.verified, '123456'),
  },
  'GET /2step/:trackingId': ofIds('', 'GET'),
  'DELETE /2step/:trackingId': {
    ...ofIds('', 'DELETE'),
    '400011003 when it has expired': () => client().api.cancel(ids.expired),
    '400011002 when it is verified': () => client().api.cancel(ids.verified),
  },
  'POST /2step/:trackingId/resend': {
    ...ofBodies(() => `/2step/${ids.pending}/resend`),
    ...ofIds('/resend', 'POST'),
    '400005000 for a method that is none': post(() => `/2step/${ids.pending}/resend`, '{"method":"pigeon"}'),
    '429000000 within the cool-down': post(() => `/2step/${ids.pending}/resend`, '{}'),
    '400011003 when it has expired': post(() => `/2step/${ids.expired}/resend`, '{}'),
    '400011002 when it is verified': post(() => `/2step/${ids.verified}/resend`, '{}'),
  },
  'GET /2step/:trackingId/timeline': ofIds('/timeline', 'GET'),
  'GET /2step/reports': { '400005000 for a time that is none': get(() => '/2step/reports?from=yesterday') },
  'GET /2step/reports/applications/:applicationId': {
    '404010002 for an unknown application': get(() => '/2step/reports/applications/abc'),
    "404010002 for another account's application": get(() => `/2step/reports/applications/${poor.applicationId}`),
    '400005000 for a time that is none': get(() => `/2step/reports/applications/${owner.applicationId}?to=1`),
  },
  'GET /accounts/me/ledger': {
    '400005000 for a page that is none': get(() => '/accounts/me/ledger?page=-1'),
    '400005000 for a page too large': get(() => '/accounts/me/ledger?size=101'),
  },
  'GET /accounts/me/transactions': {
    '400005000 for a page that is none': get(() => '/accounts/me/transactions?page=x'),
    '400005000 for a time that is none': get(() => '/accounts/me/transactions?from=x'),
  },
  'GET /system/prices': {
    '400005000 for a code that is none': get(() => '/system/prices?mcc=x'),
    '400005000 for another currency': get(() => '/system/prices?currency=USD'),
  },
  'GET /sandbox/messages': { '400005000 for no number': get(() => '/sandbox/messages') },
};

/** Told of every route elsewhere: without a database (contract-outage), and what nobody foresees (test/api/errors). */
const elsewhere: readonly ErrorName[] = ['unauthorised', 'unavailable', 'internal'];
/** Only a start tells a disabled application and a closed account from a bad token (contract-bearer). */
const inBearer: readonly ErrorName[] = ['applicationNotFound', 'accountNotFound'];

/** Known only when the cool-down is over (resend.test.ts). */
const inResend: readonly ErrorName[] = ['insufficientBalance', 'invalidTemplate'];

test.each(
  publicOperations({ sandbox: true })
    .filter(({ security }) => security === 'token')
    .map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const),
)('%s has a row for each error that its description names', (route, operation) => {
  const rows = Object.keys(table[route] ?? {});
  const skipped = [
    ...elsewhere,
    ...(route === 'POST /2step' ? inBearer : []),
    ...(route.endsWith('/resend') ? inResend : []),
  ];
  const codes = errorsOf(operation)
    .filter((name) => !skipped.includes(name))
    .map((name) => errorRow(name).code);
  expect(codes.filter((code) => !rows.some((row) => row.startsWith(code)))).toEqual([]);
});

describe.each(Object.entries(table))('%s', (_route, errors) => {
  test.each(Object.entries(errors))('is %s', async (title, ask) => {
    const [code = ''] = title.split(' ');
    const { status, body, headers } = await ask();
    expect([body.code, status]).toEqual([code, Number(code.slice(0, 3))]);
    expect(body.developerMessage).toMatch(/\w/);
    if (code === '400005000') expect(Object.keys(body.properties).length).toBeGreaterThan(0);
    if (code === '429000000') expect(headers.get('Retry-After')).toMatch(/^[1-9]\d*$/);
  });
});

describe.each([...Object.keys(table), 'GET /accounts/me/balance'])('%s', (route) => {
  const path = () => route.replace(/^\w+ /, '').replace(':trackingId', ids.pending).replace(':applicationId', 'x');

  test('is 401000000 without a token', async () => {
    const [method = ''] = route.split(' ');
    const { status, body, headers } = await send(`${app.url}${path()}`, { method });
    expect([status, body.code, headers.get('WWW-Authenticate')]).toEqual([401, '401000000', 'Bearer']);
  });

  test('is 405000000 for a method it does not know', async () => {
    const { status, body, headers } = await client().api.request('PATCH', path());
    expect([status, body.code]).toEqual([405, '405000000']);
    expect(headers.get('Allow')).toContain(route.split(' ')[0]);
  });
});
