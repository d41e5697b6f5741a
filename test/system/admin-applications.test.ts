// Applications through the management API: made, disabled, deleted; their secrets and the end of their tokens.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { type ApiAnswer, ApiClient, send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let app: TestApp;
let chief: TestOperator;
let accountId: string;

beforeAll(async () => {
  stack = await createStack();
  [admin, app] = await Promise.all([startAdmin(stack), startApp(stack)]);
  chief = await admin.operator({ name: 'Chief' });
  accountId = (await chief.get('POST', '/admin/accounts', { name: 'Acme', currency: 'EUR' })).accountId;
});
afterAll(async () => {
  await Promise.all([admin?.close(), app?.close()]);
  await stack?.stop();
});

interface Made {
  readonly applicationId: string;
  readonly applicationSecret: string;
  readonly secrets: readonly { readonly secretId: string }[];
  readonly path: string;
}

const make = async (): Promise<Made> => {
  const made = await chief.get('POST', '/admin/applications', { accountId, name: 'Shop' });
  return { ...made, path: `/admin/applications/${made.applicationId}` };
};
const login = ({ applicationId }: Made, secret: string): ApiClient => new ApiClient(app.url, applicationId, secret);
const balance = (client: ApiClient) => client.request('GET', '/accounts/me/balance');
const tokenStatus = async ({ applicationId }: Made, secret: string) =>
  (
    await send(`${app.url}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${applicationId}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
  ).status;
const codeOf = ({ status, body }: ApiAnswer) => [status, body.code];

describe('an application', () => {
  test('is made with a secret that works at once, is read and listed without it', async () => {
    const made = await make();
    const { applicationSecret, path, ...shown } = made;
    expect(await chief.get('GET', path)).toEqual(shown);
    expect((await balance(login(made, made.applicationSecret))).status).toBe(200);
    const listed = await chief.get('GET', `/admin/applications?accountId=${accountId}&size=100`);
    expect(listed.content).toContainEqual({ ...shown, secrets: [expect.any(Object)] });
    const everything = [
      listed,
      await stack.database.applications.find().toArray(),
      await stack.database.audit.find().toArray(),
    ];
    expect(JSON.stringify([everything, admin.log])).not.toContain(applicationSecret);
    expect((await chief.get('GET', '/admin/applications?accountId=other')).content).toEqual([]);
  });

  test('of no account, or without a name, is refused (400005000)', async () => {
    for (const [fields, field] of [
      [{ accountId: 'nobody', name: 'x' }, 'accountId'],
      [{ accountId }, 'name'],
      [{ name: 'x' }, 'accountId'],
    ] as const) {
      const { body } = await chief.ask('POST', '/admin/applications', fields);
      expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', [field]]);
    }
  });

  test('that is disabled is turned away with the tokens it has, which stay dead when it is enabled again', async () => {
    const made = await make();
    const client = login(made, made.applicationSecret);
    await balance(client);
    expect(await chief.get('PATCH', made.path, { disabled: true, name: 'Closed' })).toMatchObject({
      disabled: true,
      name: 'Closed',
    });
    expect(codeOf(await balance(client))).toEqual([401, '401000000']);
    expect(codeOf(await client.start())).toEqual([404, '404010002']);
    expect(await tokenStatus(made, made.applicationSecret)).toBe(401);
    await chief.get('PATCH', made.path, { disabled: false });
    expect(codeOf(await balance(client))).toEqual([401, '401000000']);
    expect((await balance(login(made, made.applicationSecret))).status).toBe(200);
  });

  test('whose tokens are revoked gets new ones by the same secret', async () => {
    const made = await make();
    const client = login(made, made.applicationSecret);
    await balance(client);
    await chief.get('POST', `${made.path}/revoke-tokens`);
    expect(codeOf(await balance(client))).toEqual([401, '401000000']);
    expect((await balance(login(made, made.applicationSecret))).status).toBe(200);
  });

  test('that is deleted is gone for everybody, but for the retention of what it started', async () => {
    const made = await make();
    const client = login(made, made.applicationSecret);
    await balance(client);
    expect(await chief.get('DELETE', made.path)).toMatchObject({
      applicationId: made.applicationId,
      secrets: [],
    });
    expect(codeOf(await balance(client))).toEqual([401, '401000000']);
    expect(codeOf(await client.start())).toEqual([404, '404010002']);
    expect(await tokenStatus(made, made.applicationSecret)).toBe(401);
    const { content } = await chief.get('GET', `/admin/applications?size=100`);
    expect(JSON.stringify(content)).not.toContain(made.applicationId);
    for (const [method, path, fields] of [
      ['GET', ''],
      ['PATCH', '', { disabled: false }],
      ['DELETE', ''],
      ['POST', '/secrets'],
      ['POST', '/revoke-tokens'],
      ['GET', '/settings'],
      ['PATCH', '/settings', { digits: 5 }],
      ['POST', '/signing-secrets'],
    ] as const) {
      expect(codeOf(await chief.ask(method, `${made.path}${path}`, fields))).toEqual([404, '404000000']);
    }
    expect(await stack.database.applications.countDocuments({ _id: made.applicationId })).toBe(1);
  });
});

describe('a secret', () => {
  test('is never the third, also when many are added at once (400005000)', async () => {
    for (const kind of ['secrets', 'signing-secrets']) {
      const made = await make();
      const answers = await Promise.all(Array.from({ length: 8 }, () => chief.ask('POST', `${made.path}/${kind}`)));
      const added = answers.filter(({ status }) => status === 200);
      expect(added).toHaveLength(kind === 'secrets' ? 1 : 2);
      const refused = answers.filter(({ status }) => status !== 200);
      for (const { body } of refused)
        expect([body.code, body.properties]).toEqual([
          '400005000',
          { secrets: expect.stringMatching(/^are 2 already: remove one first/) },
        ]);
      const kept = await stack.database.applications.findOne({ _id: made.applicationId });
      expect([kept?.secrets.length, kept?.callback?.secrets.length]).toEqual(
        kind === 'secrets' ? [2, undefined] : [1, 2],
      );
      const acts = await chief.get('GET', `/admin/audit?applicationId=${made.applicationId}&size=100`);
      expect(acts.totalElements).toBe(1 + added.length);
    }
  });

  test('and a rename, made at once, are both kept', async () => {
    const made = await make();
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all([
      chief.get('POST', `${made.path}/secrets`),
      chief.get('PATCH', made.path, { disabled: true }),
      chief.get('PATCH', `${made.path}/settings`, { digits: 9 }),
      chief.get('PATCH', `${made.path}/settings`, { maxRetries: 0 }),
      chief.get('PATCH', `${made.path}/settings`, { translations: { GR: { sms: 'el @@pin' } } }),
      chief.get('PATCH', `${made.path}/settings`, { translations: { DE: { sms: 'de @@pin' } } }),
      chief.get('PATCH', `${made.path}/settings`, { callbackUrl: 'https://example.com/' }),
      ...names.map((name) => chief.get('PATCH', made.path, { name })),
    ]);
    const application = await chief.get('GET', made.path);
    expect(application).toMatchObject({ disabled: true });
    expect([application.secrets.length, names.includes(application.name)]).toEqual([2, true]);
    expect(await chief.get('GET', `${made.path}/settings`)).toMatchObject({
      digits: 9,
      maxRetries: 0,
      translations: { GR: { sms: 'el @@pin' }, DE: { sms: 'de @@pin' } },
      callbackUrl: 'https://example.com/',
    });
    // Whatever order they came in, each row begins where the one before it ended.
    const { content } = await chief.get(
      'GET',
      `/admin/audit?applicationId=${made.applicationId}&action=application.change&size=100`,
    );
    const names2 = content.flatMap(
      ({ details }: { details: { before: { name?: string }; after: { name?: string } } }) =>
        details.after.name === undefined ? [] : [[details.before.name, details.after.name]],
    );
    const befores = names2.map(([before]: string[]) => before);
    expect(new Set(befores).size).toBe(befores.length);
    expect(befores).toContain('Shop');
  });
});
