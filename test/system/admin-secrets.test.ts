// Secrets to log in with and to sign with: listed with their dates, added, rotated, removed, and which tokens each act ends.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let app: TestApp;
let chief: TestOperator;

beforeAll(async () => {
  stack = await createStack();
  [admin, app] = await Promise.all([startAdmin(stack), startApp(stack)]);
  chief = await admin.operator({ name: 'Chief' });
});
afterAll(async () => {
  await Promise.all([admin?.close(), app?.close()]);
  await stack?.stop();
});

interface Login {
  readonly status: number;
  readonly token: string;
  readonly seconds: number;
}

async function made(settings = {}) {
  const { applicationId, applicationSecret, secretId } = await stack.addApplication({ settings });
  const path = `/admin/applications/${applicationId}`;
  const login = async (secret: string): Promise<Login> => {
    const { status, body } = await send(`${app.url}/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${applicationId}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    return { status, token: body.access_token, seconds: body.expires_in };
  };
  const document = async () => await stack.database.applications.findOne({ _id: applicationId });
  const change = async ($set: Record<string, unknown>) =>
    await stack.database.applications.updateOne({ _id: applicationId }, { $set });
  return { applicationId, applicationSecret, secretId, path, login, document, change };
}

const asked = async ({ token }: Login) =>
  (await send(`${app.url}/accounts/me/balance`, { headers: { Authorization: `Bearer ${token}` } })).status;
const rotatedAtOnce = (path: string) => chief.get('POST', `${path}/secrets/rotate`, { graceSeconds: 0 });
const secretsOf = async (path: string) => (await chief.get('GET', path)).secrets;

describe('a token made with the old secret, and one made with the new,', () => {
  type Made = Awaited<ReturnType<typeof made>>;
  type Added = { readonly secretId: string };
  /** Ends the grace now, whatever it was. */
  const overGrace = async ({ document, change }: Made) => {
    const secrets = (await document())?.secrets ?? [];
    await change({
      secrets: secrets.map((each) => (each.endsAt ? { ...each, endsAt: new Date(Date.now() - 1) } : each)),
    });
  };
  const rotated = (graceSeconds?: number) => (path: string) =>
    chief.get('POST', `${path}/secrets/rotate`, graceSeconds === undefined ? {} : { graceSeconds });
  const added = (path: string) => chief.get('POST', `${path}/secrets`);
  test.each<
    [
      string,
      (path: string) => Promise<Added & { applicationSecret: string }>,
      (it: Made, fresh: Added) => unknown,
      number,
      number,
    ]
  >([
    ['stay when one is added', added, () => {}, 200, 200],
    [
      'end and stay when the old one is removed',
      added,
      ({ path, secretId }) => chief.get('DELETE', `${path}/secrets/${secretId}`),
      401,
      200,
    ],
    [
      'stay and end when the new one is removed',
      added,
      ({ path }, fresh) => chief.get('DELETE', `${path}/secrets/${fresh.secretId}`),
      200,
      401,
    ],
    ['stay while the grace of a rotation runs', rotated(60), () => {}, 200, 200],
    ['stay under the usual grace', rotated(), () => {}, 200, 200],
    ['end and stay when that is over', rotated(60), overGrace, 401, 200],
    ['end and stay when there is none', rotated(0), () => {}, 401, 200],
    ['end both when tokens are revoked', added, ({ path }) => chief.get('POST', `${path}/revoke-tokens`), 401, 401],
    [
      'end both when the application is disabled',
      added,
      ({ path }) => chief.get('PATCH', path, { disabled: true }),
      401,
      401,
    ],
    ['end both when it is deleted', added, ({ path }) => chief.get('DELETE', path), 401, 401],
  ])('%s', async (_, renew, act, old, fresh) => {
    const it = await made();
    const before = await it.login(it.applicationSecret);
    expect(await asked(before)).toBe(200);
    const renewed = await renew(it.path);
    const after = await it.login(renewed.applicationSecret);
    await act(it, renewed);
    expect([await asked(before), await asked(after)]).toEqual([old, fresh]);
  });
});

describe('secrets', () => {
  test('that are gone leave no last use behind, however they went', async () => {
    const it = await made();
    const uses = async () => Object.keys((await it.document())?.secretUses ?? {});
    await it.login(it.applicationSecret);
    await eventually('its use is noted', async () => (await uses()).length === 1);
    const { secretId, applicationSecret } = await rotatedAtOnce(it.path);
    expect(await uses()).toEqual([]);
    await it.login(applicationSecret);
    await eventually('its use is noted', async () => (await uses()).length === 1);
    await chief.get('POST', `${it.path}/secrets`);
    expect(await uses()).toEqual([secretId]);
    await chief.get('DELETE', `${it.path}/secrets/${secretId}`);
    expect(await uses()).toEqual([]);
  });

  test('are listed, newest first, with when they were made, last used, and end', async () => {
    const it = await made();
    const [only] = await secretsOf(it.path);
    expect(only).toEqual({ secretId: it.secretId, createdAt: expect.any(String), lastUsedAt: null });
    const began = Date.now();
    await it.login(it.applicationSecret);
    await eventually('its use is noted', async () => (await secretsOf(it.path))[0].lastUsedAt !== null);
    const { secretId, application } = await chief.get('POST', `${it.path}/secrets/rotate`, { graceSeconds: 3600 });
    const [fresh, old] = application.secrets;
    expect([fresh.secretId, old.secretId]).toEqual([secretId, it.secretId]);
    expect([fresh.lastUsedAt, fresh.endsAt]).toEqual([null, undefined]);
    expect(Date.parse(fresh.createdAt)).toBeGreaterThanOrEqual(began);
    expect(Date.parse(old.lastUsedAt)).toBeGreaterThanOrEqual(began);
    expect(Date.parse(old.endsAt) - Date.parse(fresh.createdAt)).toBe(3_600_000);
    expect(await secretsOf(it.path)).toEqual(application.secrets);
  });

  test('that only tokens still use are told to be in use', async () => {
    const it = await made();
    const login = await it.login(it.applicationSecret);
    await eventually('its use is noted', async () => (await it.document())?.secretUses !== undefined);
    const longAgo = new Date('2020-01-01');
    await it.change({ [`secretUses.${it.secretId}`]: longAgo });
    const other = await startApp(stack, {
      database: { ...stack.database, applications: stack.database.db.collection('applications') },
    });
    try {
      await send(`${other.url}/accounts/me/balance`, { headers: { Authorization: `Bearer ${login.token}` } });
      await eventually('the use of its token is noted', async () => {
        const [{ lastUsedAt }] = await secretsOf(it.path);
        return Date.parse(lastUsedAt) > longAgo.getTime();
      });
    } finally {
      await other.close();
    }
  });

  test('cost one write a minute, however many tokens are got', async () => {
    const it = await made();
    const writes: unknown[] = [];
    const applications = new Proxy(stack.database.applications, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          if (name === 'updateOne') writes.push(given);
          return value.apply(target, given);
        };
      },
    });
    const own = await startApp(stack, { database: { ...stack.database, applications } });
    try {
      const headers = { Authorization: `Basic ${btoa(`${it.applicationId}:${it.applicationSecret}`)}` };
      const body = 'grant_type=client_credentials';
      const get = () =>
        send(`${own.url}/oauth/token`, {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
          body,
        });
      const answers = await Promise.all(Array.from({ length: 20 }, get));
      for (let more = 0; more < 5; more += 1) answers.push(await get());
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(writes).toHaveLength(1);
    } finally {
      await own.close();
    }
  });

  test('in their grace say in expires_in when their tokens end', async () => {
    const it = await made({ tokenLifetimeInSeconds: 7200 });
    expect((await it.login(it.applicationSecret)).seconds).toBe(7200);
    const { applicationSecret } = await chief.get('POST', `${it.path}/secrets/rotate`, { graceSeconds: 600 });
    const old = await it.login(it.applicationSecret);
    expect(old.seconds).toBeGreaterThan(500);
    expect(old.seconds).toBeLessThanOrEqual(600);
    expect((await it.login(applicationSecret)).seconds).toBe(7200);
  });

  test('are rotated where two are live only without a grace (400005000)', async () => {
    const it = await made();
    await chief.get('POST', `${it.path}/secrets/rotate`);
    const refused = await chief.ask('POST', `${it.path}/secrets/rotate`, { graceSeconds: 60 });
    expect([refused.status, refused.body.properties]).toEqual([
      400,
      { secrets: expect.stringContaining('graceSeconds 0') },
    ]);
    const { applicationSecret } = await chief.get('POST', `${it.path}/secrets/rotate`, { graceSeconds: 0 });
    expect(await secretsOf(it.path)).toHaveLength(1);
    expect([(await it.login(it.applicationSecret)).status, (await it.login(applicationSecret)).status]).toEqual([
      401, 200,
    ]);
  });

  test.each([-1, 1.5, 2_592_001, 'soon', true])(
    'are not rotated with a grace of %s (400005000)',
    async (graceSeconds) => {
      const it = await made();
      for (const kind of ['secrets', 'signing-secrets']) {
        const { status, body } = await chief.ask('POST', `${it.path}/${kind}/rotate`, { graceSeconds });
        expect([status, Object.keys(body.properties)]).toEqual([400, ['graceSeconds']]);
      }
      expect(await secretsOf(it.path)).toHaveLength(1);
    },
  );

  test('rotated many times at once leave two at most, and every change has its row', async () => {
    const it = await made();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => chief.ask('POST', `${it.path}/secrets/rotate`, { graceSeconds: 60 })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await it.document())?.secrets).toHaveLength(2);
  });
});

test('signing secrets are listed with their dates and rotated; the last one without an end stays', async () => {
  const it = await made();
  const settings = `${it.path}/settings`;
  const { signingSecrets } = await chief.get('PATCH', settings, { callbackUrl: 'https://example.com/' });
  const [old] = signingSecrets;
  expect(old).toEqual({ secretId: expect.any(String), createdAt: expect.any(String) });
  const fresh = await chief.get('POST', `${it.path}/signing-secrets/rotate`, { graceSeconds: 60 });
  expect((await chief.get('GET', settings)).signingSecrets).toEqual([
    { secretId: fresh.secretId, createdAt: expect.any(String) },
    { ...old, endsAt: expect.any(String) },
  ]);
  const last = await chief.ask('DELETE', `${it.path}/signing-secrets/${fresh.secretId}`);
  expect([last.status, Object.keys(last.body.properties)]).toEqual([400, ['secretId']]);
  await chief.get('DELETE', `${it.path}/signing-secrets/${old.secretId}`);
});

test("operators' tokens are listed with when they were last used", async () => {
  const clerk = await admin.operator({ name: 'Clerk', scopes: ['accounts:read'] });
  const row = async () => {
    const { content } = await chief.get('GET', '/admin/operators?size=100');
    return content.find(({ operatorId }: { operatorId: string }) => operatorId === clerk.operatorId);
  };
  expect((await row()).lastUsedAt).toBeNull();
  await clerk.get('GET', '/admin/accounts');
  await eventually('its use is noted', async () => (await row()).lastUsedAt !== null);
});

describe('a body where none is asked for', () => {
  const withBody = async (method: string, path: string, body: string) => {
    const headers = { Authorization: `Bearer ${chief.token}`, 'Content-Type': 'application/json' };
    return await send(`${admin.url}${path}`, { method, headers, body });
  };

  test.each<[string, string, unknown, Record<string, string>]>([
    ['POST', '/revoke-tokens', { secretId: 'abc' }, { secretId: 'is unknown: nothing is asked for here' }],
    ['POST', '/secrets', { graceSeconds: 0 }, { graceSeconds: 'is unknown: nothing is asked for here' }],
    ['POST', '/signing-secrets', { secret: 'x' }, { secret: 'is unknown: nothing is asked for here' }],
    ['POST', '/callbacks/pause', { minutes: 5 }, { minutes: 'is unknown: nothing is asked for here' }],
    ['DELETE', '', { dryRun: true }, { dryRun: 'is unknown: nothing is asked for here' }],
    ['POST', '/revoke-tokens', [], { body: 'is not asked for here: send none' }],
    ['POST', '/revoke-tokens', 'x'.repeat(70_000), { body: 'is not asked for here: send none' }],
  ])('%s %s is refused by name, and nothing is done', async (method, path, body, properties) => {
    const it = await made();
    const before = await it.document();
    const answer = await withBody(method, it.path + path, JSON.stringify(body));
    expect([answer.status, answer.body.code, answer.body.properties]).toEqual([400, '400005000', properties]);
    expect(await it.document()).toEqual(before);
  });

  test.each(['', ' ', '{}', ' {} '])('of %j says nothing, and is taken', async (body) => {
    const it = await made();
    expect((await withBody('POST', `${it.path}/revoke-tokens`, body)).status).toBe(200);
  });
});
