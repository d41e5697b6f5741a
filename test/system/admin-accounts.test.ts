// Accounts and money through the management API: opened, closed, topped up, corrected, limited, listed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
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

const open = async (fields = {}) =>
  (await chief.get('POST', '/admin/accounts', { name: 'Acme', currency: 'EUR', ...fields })).accountId;
const trail = async (accountId: string) =>
  (await chief.get('GET', `/admin/audit?accountId=${accountId}&size=100`)).content.reverse();

describe('a body is read here as it is by the public API:', () => {
  const json = 'application/json';
  test.each<[string, string | Buffer, string, string, string[]]>([
    ['400005000', Buffer.from('{"name": "Caf\u00e9", "currency": "EUR"}', 'latin1'), json, 'in Latin-1', ['body']],
    ['415000000', '{"name": "Acme", "currency": "EUR"}', `${json}; charset=ISO-8859-1`, 'in a charset not read', []],
    ['415000000', 'name=Acme&currency=EUR', 'application/x-www-form-urlencoded', 'as a form', []],
    ['400005000', '{"name": "Acme", "currency": "EUR", "name": "Acme"}', json, 'with a name given twice', ['name']],
    ['400005000', '{"name": "A\\ud83d", "currency": "EUR"}', json, 'with half a surrogate pair', ['name']],
    ['400005000', '{"name": "Acme", "currency": ""}', '', 'without a type', ['currency']],
  ])('%s for %j', async (code, sent, type, _, named) => {
    const headers = { Authorization: `Bearer ${chief.token}`, ...(type !== '' && { 'Content-Type': type }) };
    const { body } = await send(`${admin.url}/admin/accounts`, { method: 'POST', headers, body: Buffer.from(sent) });
    expect([body.code, Object.keys(body.properties ?? {})]).toEqual([code, named]);
  });
});

describe('an account', () => {
  test('is opened empty, read, and listed newest first, a page at a time', async () => {
    const ids = [await open(), await open(), await open()];
    expect(await chief.get('GET', `/admin/accounts/${ids[0]}`)).toMatchObject({
      accountId: ids[0],
      name: 'Acme',
      currency: 'EUR',
      closed: false,
      balance: 0,
      creditLimit: 0,
      lowBalance: 'none',
    });
    const pages = [
      await chief.get('GET', '/admin/accounts?size=2'),
      await chief.get('GET', '/admin/accounts?size=2&page=1'),
    ];
    const listed = pages.flatMap(({ content }) => content.map(({ accountId }: { accountId: string }) => accountId));
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed).toEqual(expect.arrayContaining(ids));
    expect(pages[0]).toMatchObject({ size: 2, number: 0, first: true, numberOfElements: 2 });
  });

  test('may have an id of its own, once (400005000)', async () => {
    expect(await open({ accountId: 'acme-1' })).toBe('acme-1');
    const { body } = await chief.ask('POST', '/admin/accounts', { accountId: 'acme-1', name: 'x', currency: 'EUR' });
    expect([body.code, body.properties]).toEqual(['400005000', { accountId: 'is taken' }]);
  });

  test.each([
    [{ name: undefined }, 'name'],
    [{ currency: undefined }, 'currency'],
    [{ currency: 'EURO' }, 'currency'],
    [{ currency: 'XYZ' }, 'currency'],
    [{ accountId: 'A:b' }, 'accountId'],
    [{ accountId: 7 }, 'accountId'],
  ])('is refused with %o (400005000)', async (fields, field) => {
    const { body } = await chief.ask('POST', '/admin/accounts', { name: 'x', currency: 'usd', ...fields });
    expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', [field]]);
  });

  test('is renamed and closed, keeps its currency, and turns its applications away until it is opened again', async () => {
    const { accountId, ...application } = await stack.addApplication();
    const client = app.client({ accountId, ...application });
    const balance = () => client.request('GET', '/accounts/me/balance');
    expect((await balance()).body.balance).toBe(1000);
    await chief.get('PATCH', `/admin/accounts/${accountId}`, { name: 'New', closed: true });
    expect((await balance()).body.code).toBe('401000000');
    expect((await client.start()).body.code).toBe('404001001');
    expect((await chief.get('GET', '/admin/accounts?closed=true')).content).toHaveLength(1);
    await chief.get('PATCH', `/admin/accounts/${accountId}`, { closed: false, currency: 'eur' });
    expect((await balance()).body.balance).toBe(1000);
    const { body } = await chief.ask('PATCH', `/admin/accounts/${accountId}`, { currency: 'USD' });
    expect(body.properties).toEqual({ currency: 'cannot be changed' });
    expect(
      (await trail(accountId)).map(({ action, details }: { action: string; details: object }) => [action, details]),
    ).toEqual([
      [
        'account.change',
        { accountId, before: { name: accountId, closed: false }, after: { name: 'New', closed: true } },
      ],
      ['account.change', { accountId, before: { closed: true }, after: { closed: false } }],
    ]);
  });

  test('that is not there is 404000000 everywhere', async () => {
    const asks: [string, string, object?][] = [
      ['GET', ''],
      ['PATCH', '', { name: 'x' }],
      ['POST', '/top-ups', { amount: 1, reference: 'r' }],
      ['POST', '/adjustments', { amount: 1, reference: 'r' }],
      ['PATCH', '/limits', { creditLimit: 1 }],
      ['PATCH', '/limits', {}],
      ['GET', '/ledger'],
    ];
    for (const [method, path, fields] of asks) {
      for (const id of ['nobody', '%00', 'a'.repeat(300), '%FF']) {
        const { status, body } = await chief.ask(method, `/admin/accounts/${id}${path}`, fields);
        expect([status, body.code, body.developerMessage]).toEqual([404, '404000000', 'There is no such account.']);
      }
    }
  });
});

describe('money', () => {
  test('is added under a reference, the same once however often and however much at once it is asked for', async () => {
    const accountId = await open();
    const ask = (amount: unknown) =>
      chief.ask('POST', `/admin/accounts/${accountId}/top-ups`, { amount, reference: 'Invoice 7' });
    const answers = await Promise.all([ask(12.5), ask('12.50'), ask(12.5)]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({ kind: 'topUp', amount: 12.5, balanceBefore: 0, balanceAfter: 12.5 });
    const other = await ask(13);
    expect([other.status, other.body.developerMessage, other.body.properties]).toEqual([
      400,
      'Invalid data.',
      { reference: 'was used already, with 12.5: use another' },
    ]);
    const adjusted = await chief.get('POST', `/admin/accounts/${accountId}/adjustments`, {
      amount: '-20',
      reference: 'Chargeback',
    });
    expect(adjusted).toMatchObject({ kind: 'adjustment', amount: -20, balanceAfter: -7.5 });
    const { content, totalElements } = await chief.get('GET', `/admin/accounts/${accountId}/ledger`);
    expect([totalElements, content.map(({ number }: { number: number }) => number)]).toEqual([2, [2, 1]]);
    const acts = await trail(accountId);
    expect(acts.map(({ action, actor, operatorId }: Record<string, string>) => [action, actor, operatorId])).toEqual([
      ['account.create', 'Chief', chief.operatorId],
      ['account.topUp', 'Chief', chief.operatorId],
      ['account.adjustment', 'Chief', chief.operatorId],
    ]);
  });

  test.each([
    ['top-ups', { amount: 0 }, 'amount'],
    ['top-ups', { amount: -1 }, 'amount'],
    ['top-ups', { amount: '1,5' }, 'amount'],
    ['top-ups', { amount: 1e-7 }, 'amount'],
    ['top-ups', { amount: 1_000_000_000.1 }, 'amount'],
    ['top-ups', { amount: 1e300 }, 'amount'],
    ['top-ups', { amount: true }, 'amount'],
    ['top-ups', { amount: undefined }, 'amount'],
    ['top-ups', { reference: undefined }, 'reference'],
    ['top-ups', { reference: ' ' }, 'reference'],
    ['top-ups', { reference: 'x'.repeat(101) }, 'reference'],
    ['top-ups', { reference: 7 }, 'reference'],
    ['adjustments', { amount: 0 }, 'amount'],
    ['adjustments', { trackingId: 'x' }, 'trackingId'],
    ['adjustments', { trackingId: '8e0bade0-3529-41af-84a7-5845750be8d6' }, 'trackingId'],
  ])('by %s with %o is refused (400005000)', async (path, fields, field) => {
    const accountId = await open();
    const body = { amount: 1, reference: 'r', ...fields };
    const answer = await chief.ask('POST', `/admin/accounts/${accountId}/${path}`, body);
    expect([answer.status, answer.body.code, Object.keys(answer.body.properties)]).toEqual([400, '400005000', [field]]);
    expect((await chief.get('GET', `/admin/accounts/${accountId}`)).balance).toBe(0);
  });

  test('beyond what can be counted exactly is refused (400005000), and nothing is lost', async () => {
    const accountId = await open();
    const add = (n: number) =>
      chief.ask('POST', `/admin/accounts/${accountId}/top-ups`, { amount: 1_000_000_000, reference: `r${n}` });
    for (let n = 1; n <= 9; n += 1) expect((await add(n)).status).toBe(200);
    expect((await add(10)).body.properties).toEqual({ amount: 'makes a balance too large to be kept' });
    expect((await chief.get('GET', `/admin/accounts/${accountId}`)).balance).toBe(9_000_000_000);
  });

  test('has a credit limit and a mark, each set alone or both in one row, and words for none', async () => {
    const accountId = await open();
    const set = (fields: object) => chief.get('PATCH', `/admin/accounts/${accountId}/limits`, fields);
    expect(await set({ creditLimit: 10 })).toMatchObject({ creditLimit: 10, lowBalance: 'none' });
    expect(await set({ lowBalance: '50.5' })).toMatchObject({ creditLimit: 10, lowBalance: 50.5 });
    expect(await set({ creditLimit: 'unlimited', lowBalance: 'none' })).toMatchObject({
      creditLimit: 'unlimited',
      lowBalance: 'none',
    });
    await set({ creditLimit: 'unlimited', lowBalance: 'none' });
    for (const fields of [
      { creditLimit: -1 },
      { creditLimit: 'none' },
      { lowBalance: 'unlimited' },
      { lowBalance: [] },
    ]) {
      const { body } = await chief.ask('PATCH', `/admin/accounts/${accountId}/limits`, fields);
      expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', Object.keys(fields)]);
    }
    expect((await trail(accountId)).slice(1).map(({ details }: { details: object }) => details)).toEqual([
      { accountId, before: 0, after: 10 },
      { accountId, before: 'none', after: 50.5 },
      {
        accountId,
        before: { creditLimit: 10, lowBalance: 50.5 },
        after: { creditLimit: 'unlimited', lowBalance: 'none' },
      },
    ]);
  });
});
