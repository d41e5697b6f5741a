// Carriers through the management API: put, listed, paused, deleted; secrets go in and never come out.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCarrierSecrets, sealCarrierSecrets } from '../../admin/carrier-secrets.ts';
import { assertSandboxAlone, typeProblem } from '../../admin/carrier-surroundings.ts';
import { receiptSecretMatches } from '../../secrets/receipt-secret.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { fixedRing } from '../support/key-rings.ts';
import { createStack, type Stack } from '../support/stack.ts';

const SECRET = 'the-password-nobody-may-see';

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
beforeEach(async () => {
  await Promise.all([stack.database.carriers.deleteMany({}), stack.database.routes.deleteMany({})]);
});

const put = (name: string, fields: object = {}) =>
  chief.get('PUT', `/admin/carriers/${name}`, { type: 'sandbox', ...fields });
const refused = async (method: string, path: string, body?: unknown, by = chief) => {
  const { status, body: answer } = await by.ask(method, path, body);
  return [status, answer.code, answer.properties];
};
const acts = async (name: string) =>
  (await chief.get('GET', '/admin/audit?size=100')).content.filter(
    ({ details }: { details: { carrier?: string } }) => details.carrier === name,
  );
/** As one whose type has secrets; the sandbox has none. */
const withSecret = async (name: string) => {
  await put(name);
  const secrets = sealCarrierSecrets(stack.ring, name, { password: SECRET });
  await stack.database.carriers.updateOne({ _id: name }, { $set: { secrets } });
};

describe('a carrier', () => {
  test('is put, shown, listed by name and changed; the same again leaves no second row in the trail', async () => {
    const fields = { settings: { delayInSeconds: 1 }, messagesPerSecond: 5 };
    const shown = await put('second', fields);
    expect(shown).toEqual({
      name: 'second',
      type: 'sandbox',
      settings: { delayInSeconds: 1 },
      secretNames: [],
      messagesPerSecond: 5,
      paused: false,
      from: 'management API',
      createdAt: expect.any(String),
      workers: [],
    });
    await put('first');
    await put('second', fields);
    const { content, totalElements } = await chief.get('GET', '/admin/carriers?size=1&page=1');
    expect([totalElements, content]).toEqual([2, [shown]]);
    await put('second', { settings: {} });
    expect(await chief.get('GET', '/admin/carriers/second')).not.toHaveProperty('messagesPerSecond');
    const rows = (await acts('second')).reverse();
    expect(rows.map(({ details }: { details: object }) => details)).toEqual([
      {
        carrier: 'second',
        before: null,
        after: { type: 'sandbox', ...fields },
        secrets: 'none',
      },
      {
        carrier: 'second',
        before: { type: 'sandbox', ...fields },
        after: { type: 'sandbox', settings: {}, messagesPerSecond: null },
        secrets: 'unchanged',
      },
    ]);
    expect(rows[0]).toMatchObject({ actor: 'Chief', action: 'carrier.put' });
  });

  test('is paused and resumed, each once in the trail', async () => {
    await put('held');
    expect((await chief.get('POST', '/admin/carriers/held/pause')).paused).toBe(true);
    await chief.get('POST', '/admin/carriers/held/pause');
    await put('held', { messagesPerSecond: 1 });
    expect((await chief.get('GET', '/admin/carriers/held')).paused).toBe(true);
    expect((await chief.get('POST', '/admin/carriers/held/resume')).paused).toBe(false);
    const done = (await acts('held')).map(({ action }: { action: string }) => action);
    expect(done.reverse()).toEqual(['carrier.put', 'carrier.pause', 'carrier.put', 'carrier.resume']);
  });

  test('is deleted, but not while a route needs it (400005000)', async () => {
    await put('gone');
    await chief.get('PUT', '/admin/routes/all/GR', { steps: [{ carrier: 'gone', method: 'sms' }] });
    expect(await refused('DELETE', '/admin/carriers/gone')).toEqual([
      400,
      '400005000',
      { name: 'is needed by the route all/GR: change that first' },
    ]);
    await chief.get('DELETE', '/admin/routes/all/GR');
    expect(await chief.get('DELETE', '/admin/carriers/gone')).toMatchObject({ name: 'gone' });
    expect((await refused('GET', '/admin/carriers/gone'))[1]).toBe('404000000');
    expect((await acts('gone'))[0]).toMatchObject({
      action: 'carrier.delete',
      details: { before: { type: 'sandbox' } },
    });
  });

  test('that is in CARRIERS_FILE is changed there (400005000), but for a pause', async () => {
    await put('filed');
    await stack.database.carriers.updateOne({ _id: 'filed' }, { $set: { from: 'file' } });
    const there = { name: 'is in CARRIERS_FILE: change it there' };
    expect(await refused('PUT', '/admin/carriers/filed', { type: 'sandbox' })).toEqual([400, '400005000', there]);
    expect(await refused('DELETE', '/admin/carriers/filed')).toEqual([400, '400005000', there]);
    expect(await chief.get('POST', '/admin/carriers/filed/pause')).toMatchObject({ paused: true, from: 'file' });
  });

  test.each([
    ['second', {}, 'type'],
    ['second', { type: 'pigeon' }, 'type'],
    ['sandbox', { type: 'sandbox' }, 'name'],
    ['Second', { type: 'sandbox' }, 'name'],
    ['2nd', { type: 'sandbox' }, 'name'],
    [`a${'b'.repeat(32)}`, { type: 'sandbox' }, 'name'],
    ['second', { type: 'sandbox', settings: { speed: 1 } }, 'settings.speed'],
    ['second', { type: 'sandbox', settings: { delayInSeconds: 61 } }, 'settings.delayInSeconds'],
    ['second', { type: 'sandbox', settings: 7 }, 'settings'],
    ['second', { type: 'sandbox', secrets: { password: SECRET } }, 'secrets.password'],
    ['second', { type: 'sandbox', messagesPerSecond: 0 }, 'messagesPerSecond'],
    ['second', { type: 'sandbox', messagesPerSecond: 'many' }, 'messagesPerSecond'],
  ])('%s with %j is refused (400005000), and no value is quoted', async (name, fields, field) => {
    const [status, code, properties] = await refused('PUT', `/admin/carriers/${name}`, fields);
    expect([status, code, Object.keys(properties)]).toEqual([400, '400005000', [field]]);
    expect(JSON.stringify(properties)).not.toContain(SECRET);
    expect(await stack.database.carriers.countDocuments()).toBe(0);
  });

  test('of the type sandbox is refused where the sandbox is off (400005000)', async () => {
    const off = await startAdmin(stack, [], { sandbox: false });
    const { body } = await off.as(chief.token).ask('PUT', '/admin/carriers/second', { type: 'sandbox' });
    expect(body.properties).toEqual({ type: 'is there only where SANDBOX is enabled' });
    await off.close();
  });

  test('to a real network is refused beside the sandbox in production, and no process starts with both', async () => {
    const production = { sandbox: true, production: true };
    const real = 'smpp';
    expect(typeProblem(production, 'operator-a', real)).toContain('SANDBOX=disabled');
    expect(typeProblem({ ...production, production: false }, 'operator-a', real)).toBeUndefined();
    expect(typeProblem({ ...production, sandbox: false }, 'operator-a', real)).toBeUndefined();
    await put('second');
    await assertSandboxAlone(stack.database, production);
    await stack.database.carriers.updateOne({ _id: 'second' }, { $set: { type: real } });
    await expect(assertSandboxAlone(stack.database, production)).rejects.toThrow(/second.*SANDBOX=disabled/);
    await assertSandboxAlone(stack.database, { ...production, production: false });
  });
});

describe('the secrets of a carrier', () => {
  test('are named and never shown: not in answers, not in the trail, not in the log, not in the database', async () => {
    await withSecret('quiet');
    expect((await chief.get('GET', '/admin/carriers/quiet')).secretNames).toEqual(['password']);
    await chief.get('POST', '/admin/carriers/quiet/pause');
    const everything = JSON.stringify([
      await chief.get('GET', '/admin/carriers'),
      await chief.get('GET', '/admin/audit?size=100'),
      await stack.database.carriers.find().toArray(),
      await stack.database.audit.find().toArray(),
      admin.log,
    ]);
    expect(everything).toContain('quiet');
    expect(everything).not.toContain(SECRET);
  });

  test('open for their own carrier alone', async () => {
    await withSecret('mine');
    const mine = await stack.database.carriers.findOne({ _id: 'mine' });
    if (!mine) throw new Error('not there');
    expect(openCarrierSecrets(stack.ring, mine)).toEqual({ password: SECRET });
    expect(() => openCarrierSecrets(stack.ring, { ...mine, _id: 'yours' })).toThrow('key ring');
  });

  test('whose key has left the ring keep nothing from being put right: they are given again', async () => {
    await put('old');
    const sealed = sealCarrierSecrets(fixedRing('gone'), 'old', { password: SECRET });
    await stack.database.carriers.updateOne({ _id: 'old' }, { $set: { secrets: sealed } });
    expect((await chief.get('GET', '/admin/carriers/old')).secretNames).toEqual([]);
    expect(await refused('PUT', '/admin/carriers/old', { type: 'sandbox' })).toEqual([
      400,
      '400005000',
      { secrets: expect.stringContaining('give all of them again') },
    ]);
    await put('old', { secrets: {} });
    expect(await stack.database.carriers.findOne({ _id: 'old' })).not.toHaveProperty('secrets');
  });

  test('stay where they are left out, and one that is needed cannot be taken away (400005000)', async () => {
    const gateway = { type: 'smpp', settings: { host: 'smsc.example.com', systemId: 'twostep' } };
    const put = (fields: object) => chief.get('PUT', '/admin/carriers/kept', { ...gateway, ...fields });
    await put({ secrets: { password: 'hushhush' } });
    const shown = await put({ messagesPerSecond: 3 });
    expect(shown).toMatchObject({ secretNames: ['password'], messagesPerSecond: 3 });
    const kept = await stack.database.carriers.findOne({ _id: 'kept' });
    expect(kept && openCarrierSecrets(stack.ring, kept)).toEqual({ password: 'hushhush' });
    const without = { ...gateway, secrets: { password: null } };
    const refusal = await refused('PUT', '/admin/carriers/kept', without);
    expect(refusal).toEqual([400, '400005000', { 'secrets.password': expect.any(String) }]);
    await put({ secrets: { password: 'another' } });
    const rows = (await acts('kept')).map(({ details }: { details: { secrets: string } }) => details.secrets);
    expect(rows).toEqual(['changed', 'unchanged', 'set']);
    const everything = [shown, refusal, await acts('kept'), await stack.database.carriers.find().toArray(), admin.log];
    expect(JSON.stringify(everything)).not.toMatch(/hushhush|another/);
  });

  test('of another type do not stay', async () => {
    await withSecret('changed');
    const gateway = { type: 'smpp', settings: { host: 'smsc.example.com', systemId: 'twostep' } };
    expect((await refused('PUT', '/admin/carriers/changed', gateway))[2]).toHaveProperty(['secrets.password']);
  });
});

describe('the URL for receipts', () => {
  test('is shown once, and only a keyed hash of its secret is kept; a new one ends it', async () => {
    await put('posted');
    const drawn = async () => (await chief.get('POST', '/admin/carriers/posted/receipt-secret')).receiptUrl as string;
    const [first, second] = [await drawn(), await drawn()];
    const [, secret = ''] = /\/carriers\/posted\/receipts\/([\w-]{43})$/.exec(second) ?? [];
    expect(second.startsWith(stack.apiUrl)).toBe(true);
    expect(first).not.toBe(second);
    const kept = (await stack.database.carriers.findOne({ _id: 'posted' }))?.receiptSecret;
    expect(receiptSecretMatches(stack.ring, 'posted', secret, kept)).toBe(true);
    const everywhere = [await stack.database.carriers.find().toArray(), await acts('posted'), admin.log];
    expect(JSON.stringify(everywhere)).not.toContain(secret);
  });
});

describe('whoever may not', () => {
  const changes: [string, string, unknown?][] = [
    ['PUT', '/admin/carriers/second', { type: 'sandbox' }],
    ['DELETE', '/admin/carriers/second'],
    ['POST', '/admin/carriers/second/pause'],
    ['POST', '/admin/carriers/second/resume'],
    ['POST', '/admin/carriers/second/test-message', { recipient: '+306948530920' }],
    ['POST', '/admin/carriers/second/receipt-secret'],
    ['PUT', '/admin/routes/all/GR', { steps: [{ carrier: 'second', method: 'sms' }] }],
    ['DELETE', '/admin/routes/all/GR'],
  ];
  const reads: [string, string][] = [
    ['GET', '/admin/carriers'],
    ['GET', '/admin/carriers/second'],
    ['GET', '/admin/routes'],
    ['GET', '/admin/routes/all/GR'],
  ];

  test.each(changes)('write is refused %s %s (403000000)', async (method, path, body) => {
    const reader = await admin.operator({ scopes: ['carriers:read'] });
    expect(await refused(method, path, body, reader)).toEqual([403, '403000000', { scope: 'carriers:write' }]);
  });

  test.each(reads)('read is refused %s %s (403000000)', async (method, path) => {
    const writer = await admin.operator({ scopes: ['carriers:write'] });
    expect(await refused(method, path, undefined, writer)).toEqual([403, '403000000', { scope: 'carriers:read' }]);
  });

  test.each([...changes, ...reads].filter(([method, path]) => method !== 'PUT' && /second|GR/.test(path)))(
    '%s %s of what is not there is 404000000',
    async (method, path, body?: unknown) => {
      expect((await refused(method, path, body)).slice(0, 2)).toEqual([404, '404000000']);
    },
  );
});
