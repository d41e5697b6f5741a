// Another tenant's token gets nothing anywhere: every route of the table is tried with it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRouter, type RouteDeps } from '../../api/routes.ts';
import { drawWebhookSecret } from '../../secrets/webhook-signature.ts';
import { type ApiAnswer, type ApiClient, send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { fixedRing } from '../support/key-rings.ts';
import { createStack, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let owner: TestApplication;
let stranger: ApiClient;
let trackingId: string;
/** Whatever would betray the owner in an answer. */
let secrets: string[];

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  const callback = { url: 'https://example.com/', secrets: [drawWebhookSecret()] };
  owner = await stack.addApplication({ balance: 77, callback });
  const own = app.client(owner);
  stranger = app.client(await stack.addApplication({ balance: 5 }));
  trackingId = await own.open();
  secrets = [await own.code(trackingId), owner.applicationId, owner.accountId, trackingId, '306948530920', '***920'];
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const json = (path: string, body: unknown) => stranger.json('POST', path, body);
const unknown = ({ status, body }: ApiAnswer) => expect([status, body.code]).toEqual([404, '404011006']);
const nothingOfTheOwner = ({ status, body }: ApiAnswer) => {
  expect(status).toBe(200);
  for (const secret of secrets) expect(JSON.stringify(body)).not.toContain(secret);
};

/** For each route what a stranger asks, and what must come of it. */
const probes: Record<string, [() => Promise<ApiAnswer>, (answer: ApiAnswer) => void]> = {
  'POST /2step/:trackingId': [() => stranger.confirm(trackingId, secrets[0] ?? ''), unknown],
  'GET /2step/:trackingId': [() => stranger.status(trackingId), unknown],
  'DELETE /2step/:trackingId': [() => stranger.cancel(trackingId), unknown],
  'POST /2step/:trackingId/resend': [() => json(`/2step/${trackingId}/resend`, {}), unknown],
  'GET /2step/:trackingId/timeline': [() => stranger.request('GET', `/2step/${trackingId}/timeline`), unknown],
  'GET /2step/reports': [() => stranger.request('GET', '/2step/reports'), nothingOfTheOwner],
  'GET /2step/reports/applications/:applicationId': [
    () => stranger.request('GET', `/2step/reports/applications/${owner.applicationId}`),
    ({ status, body }) => expect([status, body.code]).toEqual([404, '404010002']),
  ],
  'GET /accounts/me/balance': [() => stranger.request('GET', '/accounts/me/balance'), nothingOfTheOwner],
  'GET /accounts/me/ledger': [() => stranger.request('GET', '/accounts/me/ledger'), nothingOfTheOwner],
  'GET /accounts/me/transactions': [() => stranger.request('GET', '/accounts/me/transactions'), nothingOfTheOwner],
  'GET /system/prices': [() => stranger.request('GET', '/system/prices'), nothingOfTheOwner],
  'GET /sandbox/messages': [
    () => stranger.request('GET', '/sandbox/messages?recipient=%2B306948530920'),
    nothingOfTheOwner,
  ],
};

/** Routes that know no tenant, or make what is the caller's own. */
const open = [
  'POST /oauth/token',
  'POST /2step',
  'GET /livez',
  'GET /readyz',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/:file',
  // For carriers, by a secret of their own (contract-receipts.test.ts).
  'POST /carriers/:name/receipts/:secret',
  'GET /carriers/:name/receipts/:secret',
  // For carriers, by what is sealed in the path (contract-calls.test.ts).
  'POST /carriers/:name/calls/:call',
  'GET /carriers/:name/calls/:call',
];

const routes = createRouter({ sandbox: true, ring: fixedRing('k1') } as RouteDeps).stack.flatMap(({ methods, path }) =>
  methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${String(path)}`),
);

describe("another tenant's token", () => {
  test('is tried on every route there is', () => {
    expect(routes.sort()).toEqual([...Object.keys(probes), ...open].sort());
  });

  test.each(Object.keys(probes))('gets nothing from %s (404011006, 404010002 or its own data)', async (route) => {
    const [ask, judge] = probes[route] ?? [];
    const answer = await ask?.();
    if (answer) judge?.(answer);
    expect.hasAssertions();
  });

  test('leaves the verification as it was: Pending, untried, not cancelled', async () => {
    expect((await app.client(owner).status(trackingId)).body).toMatchObject({ status: 'Pending', timesTried: 0 });
  });

  test.each(Object.keys(probes))('is needed: without one %s is 401000000', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    const url = `${app.url}${path.replace(':trackingId', trackingId).replace(':applicationId', owner.applicationId)}`;
    const { status, body } = await send(url, { method });
    expect([status, body.code]).toEqual([401, '401000000']);
  });
});
