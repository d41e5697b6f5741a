// Operators of the management API: who gets in, what for, for how long; and the command that makes the first one.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminOperations } from '../../api/admin/routes.ts';
import { scopes } from '../../domain/operator.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { send } from '../support/api-client.ts';
import { startApp } from '../support/app.ts';
import { runFile } from '../support/command.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  chief = await admin.operator({ name: 'Chief' });
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

const routes = adminOperations.map(
  (operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation] as const,
);
const codeOf = ({ status, body }: Awaited<ReturnType<TestOperator['ask']>>) => [status, body.code];
const unauthorised = [401, '401000000'];

describe('a request', () => {
  test.each(routes)('%s is 401000000 without a token, or with one of nobody', async (_name, { method, path }) => {
    const nobody = `twop_${'0'.repeat(24)}_${'A'.repeat(43)}`;
    const forged = chief.token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const Authorization of ['', 'Bearer', `Bearer ${nobody}`, `Bearer ${forged}`, `Basic ${chief.token}`]) {
      const { status, body, headers } = await send(`${admin.url}${path}`, {
        method: method.toUpperCase(),
        headers: Authorization === '' ? {} : { Authorization },
      });
      expect([status, body.code]).toEqual(unauthorised);
      expect(headers.get('WWW-Authenticate')).toBe('Bearer');
    }
  });

  test.each(routes)('%s is 403000000 with every scope but its own, and changes nothing', async (_name, operation) => {
    const { method, path, scope } = operation;
    const other = await admin.operator({ scopes: scopes.filter((each) => each !== scope) });
    const trail = await stack.database.audit.countDocuments();
    const { status, body } = await other.ask(method.toUpperCase(), path, method === 'get' ? undefined : {});
    expect([status, body.code, body.properties]).toEqual([403, '403000000', { scope }]);
    expect(await stack.database.audit.countDocuments()).toBe(trail);
  });

  test("with an application's access token is 401000000, and an operator's opens nothing of the public API", async () => {
    const app = await startApp(stack);
    try {
      const { applicationId, applicationSecret } = await stack.addApplication();
      const token = await send(`${app.url}/oauth/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa(`${applicationId}:${applicationSecret}`)}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
      expect(codeOf(await admin.as(token.body.access_token).ask('GET', '/admin/accounts'))).toEqual(unauthorised);
      const headers = { Authorization: `Bearer ${chief.token}` };
      expect((await send(`${app.url}/accounts/me/balance`, { headers })).body.code).toBe('401000000');
      expect((await send(`${app.url}/admin/accounts`, { headers })).body.code).toBe('404000000');
    } finally {
      await app.close();
    }
  });

  test('to no path of the API is 404000000, by another method 405000000, with another media type 415000000', async () => {
    const nowhere = await chief.ask('GET', '/admin/nothing');
    expect([...codeOf(nowhere), nowhere.body.developerMessage]).toEqual([404, '404000000', 'No such path']);
    expect(codeOf(await chief.ask('GET', '/2step/reports'))).toEqual([404, '404000000']);
    expect(codeOf(await chief.ask('PUT', '/admin/accounts', {}))).toEqual([405, '405000000']);
    const headers = { Authorization: `Bearer ${chief.token}`, 'Content-Type': 'text/plain' };
    const plain = await send(`${admin.url}/admin/accounts`, { method: 'POST', headers, body: 'x' });
    expect(codeOf(plain)).toEqual([415, '415000000']);
  });

  test('is never kept by a cache', async () => {
    expect((await chief.ask('GET', '/admin/operators')).headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('an operator', () => {
  test('is made with a token that works, shown once: lists and database hold none of it', async () => {
    const made = await chief.get('POST', '/admin/operators', { name: 'Support', scopes: ['audit:read'] });
    expect(made).toMatchObject({ name: 'Support', scopes: ['audit:read'], state: 'active', createdBy: 'Chief' });
    expect((await admin.as(made.token).ask('GET', '/admin/audit')).status).toBe(200);
    const secret = made.token.split('_').slice(2).join('_');
    const { content } = await chief.get('GET', '/admin/operators?size=100');
    expect(content.map(({ operatorId }: { operatorId: string }) => operatorId)).toContain(made.operatorId);
    expect(JSON.stringify(content)).not.toContain(secret);
    expect(JSON.stringify(await stack.database.operators.find().toArray())).not.toContain(secret);
    expect(JSON.stringify(await stack.database.audit.find().toArray())).not.toContain(secret);
    expect(admin.log.join('')).not.toContain(secret);
  });

  test('hands on no scope that he lacks (403000000), and no time beyond his own (400005000)', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const lesser = await admin.operator({ scopes: ['operators:write', 'audit:read'], expiresAt });
    const ask = (fields: object) =>
      lesser.ask('POST', '/admin/operators', { name: 'x', scopes: ['audit:read'], ...fields });
    const more = await ask({ scopes: ['audit:read', 'money:write', 'prices:read'] });
    expect(codeOf(more)).toEqual([403, '403000000']);
    expect(more.body.developerMessage).toBe('You lack a scope that this hands on or takes away.');
    expect(more.body.properties).toEqual({ scopes: 'you lack money:write, prices:read yourself' });
    const longer = await ask({ expiresAt: new Date(expiresAt.getTime() + 1).toISOString() });
    expect([longer.status, Object.keys(longer.body.properties)]).toEqual([400, ['expiresAt']]);
    expect((await ask({})).body.expiresAt).toBe(expiresAt.toISOString());
  });

  test('revokes nobody who may do more than he (403000000), and is named by his id in what he makes', async () => {
    const lesser = await admin.operator({ scopes: ['operators:write', 'audit:read'] });
    const chiefs = await chief.get('POST', '/admin/operators', { name: 'Deputy', scopes: ['money:write'] });
    const refused = await lesser.ask('DELETE', `/admin/operators/${chiefs.operatorId}`);
    expect(codeOf(refused)).toEqual([403, '403000000']);
    expect((await admin.as(chiefs.token).ask('GET', '/admin/operators')).body.properties).toEqual({
      scope: 'operators:write',
    });
    const made = (await lesser.ask('POST', '/admin/operators', { name: 'Deputy', scopes: ['audit:read'] })).body;
    expect(made.createdById).not.toBe(chiefs.createdById);
    expect((await lesser.ask('DELETE', `/admin/operators/${made.operatorId}`)).body.state).toBe('revoked');
  });

  test.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'a\u0007b' }],
    ['name', { name: undefined }],
    ['scopes', { scopes: undefined }],
    ['scopes', { scopes: [] }],
    ['scopes.0', { scopes: ['all'] }],
    ['scopes', { scopes: 'audit:read' }],
    ['expiresAt', { expiresAt: 'tomorrow' }],
    ['expiresAt', { expiresAt: '2020-01-01' }],
  ])('is refused for a bad %s (400005000): %o', async (field, fields) => {
    const { status, body } = await chief.ask('POST', '/admin/operators', {
      name: 'x',
      scopes: ['audit:read'],
      ...fields,
    });
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [field]]);
  });

  test('that is revoked or has expired is 401000000 at once; revoking again changes nothing', async () => {
    const revoked = await admin.operator();
    const first = await chief.get('DELETE', `/admin/operators/${revoked.operatorId}`);
    expect(first).toMatchObject({ state: 'revoked', revokedAt: expect.any(String) });
    expect(codeOf(await revoked.ask('GET', '/admin/accounts'))).toEqual(unauthorised);
    expect(await chief.get('DELETE', `/admin/operators/${revoked.operatorId}`)).toEqual(first);

    const expired = await admin.operator({ expiresAt: new Date(Date.now() + 60_000) });
    expect((await expired.ask('GET', '/admin/accounts')).status).toBe(200);
    const { operators } = stack.database;
    await operators.updateOne({ _id: expired.operatorId }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect(codeOf(await expired.ask('GET', '/admin/accounts'))).toEqual(unauthorised);
    const { content } = await chief.get('GET', '/admin/operators?size=100');
    const states = new Map(content.map((each: { operatorId: string; state: string }) => [each.operatorId, each.state]));
    expect([states.get(revoked.operatorId), states.get(expired.operatorId)]).toEqual(['revoked', 'expired']);
  });

  test('cannot revoke himself (400005000), however he asks; another can', async () => {
    const [himself, other] = [await admin.operator(), await admin.operator()];
    const id = himself.operatorId;
    const encoded = [...id].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('');
    const asked = [id, `${id}/`, encoded, `${id}?`, `${encoded}/`, id].map((each) =>
      himself.ask('DELETE', `/admin/operators/${each}`),
    );
    for (const { status, body } of await Promise.all(asked)) {
      expect([status, body.code, body.properties.operatorId]).toEqual([
        400,
        '400005000',
        'is your own: make another operator, and revoke this one with that token',
      ]);
    }
    expect((await himself.ask('GET', '/admin/operators')).status).toBe(200);
    expect((await other.ask('DELETE', `/admin/operators/${id}`)).body.state).toBe('revoked');
    expect((await himself.ask('GET', '/admin/operators')).status).toBe(401);
  });

  test('that nobody knows cannot be revoked: 404000000', async () => {
    const { status, body } = await chief.ask('DELETE', '/admin/operators/nobody');
    expect([status, body.code, body.properties]).toEqual([404, '404000000', { operatorId: 'is unknown' }]);
  });
});

describe('the command', () => {
  const run = (...args: string[]) => runFile('admin/operators-command.ts', args, { ...stack.env, USER: 'root' });

  test('makes the first operator, lists and revokes him', async () => {
    const made = await run('create', 'Maria', '--scopes', 'all');
    expect(made.stderr).toBe('');
    const token = /twop_\S+/.exec(made.stdout)?.[0] ?? '';
    const maria = admin.as(token);
    expect((await maria.ask('GET', '/admin/accounts')).status).toBe(200);
    const [, id = ''] = token.split('_');
    expect((await run('list')).stdout).toContain(`${id} Maria: active; ${scopes.join(' ')}`);
    expect((await run('revoke', id)).stdout).toContain(`${id} Maria: revoked`);
    expect(codeOf(await maria.ask('GET', '/admin/accounts'))).toEqual(unauthorised);
    const acts = await stack.database.audit.find({ actor: 'root' }).toArray();
    expect(acts.map(({ action }) => action).sort()).toEqual(['operator.create', 'operator.revoke']);
  });

  test('refuses what it does not understand with how to ask, and what is not there', async () => {
    for (const args of [[], ['create', 'x'], ['create', 'x', '--scopes', 'everything'], ['list', 'x'], ['make', 'x']]) {
      const { code, stderr } = await run(...args);
      expect([code, stderr]).toEqual([1, expect.stringContaining('Usage:\n  npm run operators -- create')]);
    }
    const [inPast, noDay] = await Promise.all(
      ['"2020-01-01T15:00 0200"', '2030-02-30'].map((at) => run('create', 'a', '--scopes', 'all', '--expires', at)),
    );
    expect(inPast?.stderr).not.toContain('ISO 8601');
    expect(noDay?.stderr).toBe('--expires names a day that does not exist: 2030-02-30');
    expect((await run('revoke', 'nobody')).stderr).toBe('There is no operator nobody');
  });
});
