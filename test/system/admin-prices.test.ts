// Prices through the management API: listed, put, taken away, imported with a preview.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
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

const priceOf = async (country: string, method: string) =>
  (await chief.get('GET', `/admin/prices?country=${country}&method=${method}`)).content[0];
const changes = async () => (await chief.get('GET', '/admin/audit?action=price.change&size=100')).content;

describe('a price', () => {
  test('is listed by country and method, page by page', async () => {
    const first = await chief.get('GET', '/admin/prices?size=2');
    expect(first.totalElements).toBeGreaterThan(400);
    expect(first.content.map(({ country }: { country: string }) => country)).toEqual(['AC', 'AC']);
    const { content, totalElements } = await chief.get('GET', '/admin/prices?country=gr');
    expect([totalElements, content]).toEqual([
      2,
      [
        { country: 'GR', method: 'sms', price: 0.045 },
        { country: 'GR', method: 'voice', price: 0.055 },
      ],
    ]);
  });

  test('is put, what it was stands in the trail, and customers are shown it; its networks stay', async () => {
    const networks = [{ mcc: '202', mnc: '01', network: 'Cosmote', price: 46_000 }];
    await stack.database.prices.updateOne({ _id: 'GR:sms' }, { $set: { networks } });
    const put = await chief.get('PUT', '/admin/prices/gr/SMS', { price: '0.046', cost: 0.03 });
    const shown = [{ mcc: '202', mnc: '01', network: 'Cosmote', price: 0.046 }];
    expect(put).toEqual({ country: 'GR', method: 'sms', price: 0.046, cost: 0.03, networks: shown });
    expect(await priceOf('GR', 'sms')).toEqual(put);
    const rows = await changes();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ actor: 'Chief', details: { price: 'GR:sms', source: 'management API' } });
    await chief.get('PUT', '/admin/prices/GR/sms', { price: 0.046, cost: 0.03 });
    expect(await changes()).toHaveLength(1);
    const client = app.client(await stack.addApplication());
    const { body } = await client.request('GET', '/system/prices?mcc=202&service=TwoStep');
    expect(body.twoStep.SmsVerification).toBe(0.046);
  });

  test('is taken away, and numbers of that country are no longer served (400005000)', async () => {
    expect(await chief.get('DELETE', '/admin/prices/IN/sms')).toMatchObject({ price: 0.004 });
    const client = app.client(await stack.addApplication());
    expect((await client.start({ recipient: '+919123456789' })).body.properties).toHaveProperty('recipient');
    const { status, body } = await chief.ask('DELETE', '/admin/prices/IN/sms');
    expect([status, body.code]).toEqual([404, '404000000']);
  });

  test.each([
    ['/admin/prices/Greece/sms', { price: 1 }, 'country'],
    ['/admin/prices/ZZ/sms', { price: 1 }, 'country'],
    ['/admin/prices/UK/sms', { price: 1 }, 'country'],
    ['/admin/prices/EU/voice', { price: 1 }, 'country'],
    ['/admin/prices/YU/sms', { price: 1 }, 'country'],
    ['/admin/prices/GR/sms', { price: 1, cots: 2 }, 'cots'],
    ['/admin/prices/%C3%9F/sms', { price: 1 }, 'country'],
    ['/admin/prices/%EF%AC%81/sms', { price: 1 }, 'country'],
    ['/admin/prices/%2BG/sms', { price: 1 }, 'country'],
    ['/admin/prices/GR/fax', { price: 1 }, 'method'],
    ['/admin/prices/GR/sms', {}, 'price'],
    ['/admin/prices/GR/sms', { price: -1 }, 'price'],
    ['/admin/prices/GR/sms', { price: 0.1234567 }, 'price'],
    ['/admin/prices/GR/sms', { price: 1, cost: 'x' }, 'cost'],
  ])('%s with %o is refused (400005000)', async (path, fields, field) => {
    const { status, body } = await chief.ask('PUT', path, fields);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [field]]);
  });
});

describe('an import', () => {
  const csv = 'country;method;price\nTV;sms;0.2\nFR;sms;0.062\nDE;sms;0.07';
  const send = (fields: object) => chief.get('POST', '/admin/prices/import', fields);

  test('only shows what it would change until it is applied', async () => {
    const shown = await send({ csv });
    expect(shown).toMatchObject({ applied: false, added: [], unchanged: 1, removed: [] });
    expect(shown.changed.map(({ place }: { place: string }) => place)).toEqual(['TV:sms', 'DE:sms']);
    expect((await priceOf('DE', 'sms')).price).toBe(0.075);
    expect(await send({ csv, apply: true })).toEqual({ ...shown, applied: true });
    expect((await priceOf('DE', 'sms')).price).toBe(0.07);
    expect(await send({ csv, apply: true })).toMatchObject({ changed: [], unchanged: 3 });
  });

  test('by objects says the same, and with replace what it would remove', async () => {
    const shown = await send({ prices: [{ country: 'DE', method: 'sms', price: 0.07 }], replace: true });
    expect(shown).toMatchObject({ applied: false, unchanged: 1, kept: 0 });
    expect(shown.removed.length).toBeGreaterThan(400);
  });

  test.each([
    [{}, ['csv']],
    [{ csv, prices: [] }, ['csv']],
    [{ prices: [] }, ['line 1']],
    [{ csv: 'country,price\nGR,1' }, ['line 1']],
    [{ csv: 'country,method,price\nGR,sms,1\nGreece,sms,1\nGR,fax,1' }, ['line 3', 'line 4']],
    [{ prices: [7, { country: 'GR', method: 'sms', price: {} }] }, ['line 1', 'line 2']],
    [{ apply: false, csv: 'country,method,price\nZZ,sms,1\nXK,sms,1\nUK,voice,1' }, ['line 2', 'line 4']],
    [{ apply: false, prices: [{ country: 'ZZ', method: 'sms', price: 1 }] }, ['line 1']],
    [{ csv, aply: true }, ['aply']],
    [{ prices: 'x' }, ['prices']],
    [{ csv, apply: 'perhaps' }, ['apply']],
  ])('of %j is refused whole (400005000), each bad line named', async (fields, named) => {
    const { status, body } = await chief.ask('POST', '/admin/prices/import', { apply: true, ...fields });
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', named]);
    expect((await priceOf('GR', 'sms')).price).not.toBe(1);
  });
});
