// CONTRACT "Authorise": the Bearer token on every other endpoint, and who is told what when it serves no more.
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signToken, type TokenClaims } from '../../secrets/access-token.ts';
import { parseKeyRing } from '../../secrets/key-ring.ts';
import { send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, drawKey, type Stack, type TestApplication } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;

beforeAll(async () => {
  stack = await createStack();
  app = await startApp(stack);
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const start = 'POST /2step';
const endpoints = [
  start,
  `POST /2step/${randomUUID()}?answer=1`,
  `GET /2step/${randomUUID()}`,
  `DELETE /2step/${randomUUID()}`,
  'GET /accounts/me/balance',
  'GET /sandbox/messages?recipient=%2B306948530920',
];
const elsewhere = endpoints.filter((endpoint) => endpoint !== start);

const ask = (endpoint: string, authorization: string | undefined) => {
  const [method = '', path = ''] = endpoint.split(' ');
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization };
  return send(`${app.url}${path}`, { method, headers });
};
const claimsOf = ({ applicationId, accountId, secretId }: TestApplication): TokenClaims => ({
  applicationId,
  accountId,
  epoch: 1,
  secretId,
});
const bearer = async (claims: TokenClaims, lifetime = 60, ring = stack.ring) =>
  `Bearer ${await signToken(ring, claims, lifetime)}`;
const unauthorised = { code: '401000000', developerMessage: 'Missing, malformed or expired access token' };
const change = (collection: 'applications' | 'accounts', _id: string, $set: Record<string, unknown>) =>
  stack.database.db.collection<{ _id: string }>(collection).updateOne({ _id }, { $set });

/** Every endpoint but the start says 401; the start says `code`. */
async function expectOnlyStartTells(authorization: string, code: string, developerMessage: string) {
  const told = await ask(start, authorization);
  expect(told.body).toStrictEqual({ code, developerMessage });
  expect(told.status).toBe(404);
  for (const endpoint of elsewhere) expect((await ask(endpoint, authorization)).body).toStrictEqual(unauthorised);
}

async function expectUnauthorised(authorization: string | undefined) {
  for (const endpoint of endpoints) {
    const { status, body, headers } = await ask(endpoint, authorization);
    expect(status, endpoint).toBe(401);
    expect(body).toStrictEqual(unauthorised);
    expect(headers.get('WWW-Authenticate')).toBe('Bearer');
  }
}

test('a good token is taken by every endpoint, its scheme in any case', async () => {
  const authorization = await bearer(claimsOf(await stack.addApplication()));
  for (const endpoint of endpoints) expect((await ask(endpoint, authorization)).status).not.toBe(401);
  expect((await ask('GET /accounts/me/balance', authorization.replace('Bearer', 'bEARER'))).status).toBe(200);
});

describe('401000000 everywhere for a token that is', () => {
  let claims: TokenClaims;
  beforeAll(async () => {
    claims = claimsOf(await stack.addApplication());
  });

  test('missing, or under another scheme', async () => {
    await expectUnauthorised(undefined);
    await expectUnauthorised((await bearer(claims)).replace('Bearer', 'Basic'));
  });

  test.each([
    'Bearer',
    'Bearer x',
    'Bearer a.b.c',
    'Bearer ..',
    'Bearer eyJhbGciOiJIUzI1NiJ9.e30.',
    'Bearer x y',
    'Token x',
  ])('malformed: %s', expectUnauthorised);

  test('unsigned, or signed by another algorithm, even with our own key', async () => {
    const [, body] = (await bearer(claims)).split('.');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid: 'k1' })).toString('base64url');
    await expectUnauthorised(`Bearer ${unsigned}.${body}.`);
    const { sub, acc, epoch, sec, aud, iat, exp } = JSON.parse(Buffer.from(body ?? '', 'base64url').toString());
    const signed = (alg: string) =>
      new SignJWT({ sub, acc, epoch, sec, aud, iat, exp })
        .setProtectedHeader({ alg, kid: 'k1' })
        .sign(stack.ring.maker.token);
    expect((await ask('GET /accounts/me/balance', `Bearer ${await signed('HS256')}`)).status).toBe(200);
    await expectUnauthorised(`Bearer ${await signed('HS512')}`);
  });

  test('changed after it was signed', async () => {
    const [head, , signature] = (await bearer(claims)).split('.');
    const other = (await bearer(claimsOf(await stack.addApplication()))).split('.')[1];
    await expectUnauthorised(`${head}.${other}.${signature}`);
  });

  test('expired', async () => {
    await expectUnauthorised(await bearer(claims, -1));
  });

  test('signed under a foreign key, of the same id or another', async () => {
    for (const id of ['k1', 'k2']) {
      await expectUnauthorised(await bearer(claims, 60, parseKeyRing(JSON.stringify({ keys: [drawKey(id)] }))));
    }
  });

  test('of an earlier epoch', async () => {
    const application = await stack.addApplication();
    const authorization = await bearer(claimsOf(application));
    expect((await ask('GET /accounts/me/balance', authorization)).status).toBe(200);
    await change('applications', application.applicationId, { epoch: 2 });
    await expectUnauthorised(authorization);
  });

  test.each([
    ['none', undefined],
    ['a secret that is not there', '0123456789ab'],
    ['nothing', ''],
    ['a path', 'secrets.0'],
    ['what every object has', 'constructor'],
  ])('naming as its secret %s', async (_, secretId) => {
    await expectUnauthorised(await bearer({ ...claims, secretId: secretId as string }));
  });

  test("made out to another account than the application's", async () => {
    const other = await stack.addApplication();
    await expectUnauthorised(await bearer({ ...claims, accountId: other.accountId }));
  });
});

describe('only the start tells why a token serves no more:', () => {
  test('404010002 when the application is disabled', async () => {
    const application = await stack.addApplication();
    await change('applications', application.applicationId, { disabled: true });
    await expectOnlyStartTells(await bearer(claimsOf(application)), '404010002', 'Application not found.');
  });

  test('404010002 when the application is deleted', async () => {
    const application = await stack.addApplication();
    await stack.database.applications.deleteOne({ _id: application.applicationId });
    await expectOnlyStartTells(await bearer(claimsOf(application)), '404010002', 'Application not found.');
  });

  test('404001001 when the account is closed', async () => {
    const application = await stack.addApplication();
    await change('accounts', application.accountId, { closed: true });
    await expectOnlyStartTells(await bearer(claimsOf(application)), '404001001', 'Account not found.');
  });
});
