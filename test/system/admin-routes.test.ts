// Routes through the management API: put in their places, walked by the next verification, taken away.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findRoute } from '../../store/routes.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  chief = await admin.operator({ name: 'Chief' });
  await chief.get('PUT', '/admin/carriers/second', { type: 'sandbox' });
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});
beforeEach(async () => {
  await stack.database.routes.deleteMany({});
});

const step = (fields: object = {}) => ({ carrier: 'second', method: 'sms', ...fields });
const put = (place: string, ...steps: object[]) => chief.get('PUT', `/admin/routes/${place}`, { steps });

describe('a route', () => {
  test('is put, shown, listed, changed and taken away, with what was before and after in the trail', async () => {
    const steps = [step({ originator: 'Acme', waitForReceiptSeconds: 30 }), { carrier: 'sandbox', method: 'voice' }];
    const shown = await put('all/gr', ...steps);
    expect(shown).toEqual({ applicationId: 'all', place: 'GR', steps, from: 'management API' });
    await put('all/GR', ...steps);
    expect(await chief.get('GET', '/admin/routes/all/GR')).toEqual(shown);
    await put('all/everywhere', step());
    expect((await chief.get('GET', '/admin/routes')).content).toHaveLength(2);
    await put('all/GR', step());
    expect((await chief.get('DELETE', '/admin/routes/all/GR')).steps).toEqual([step()]);
    expect((await chief.ask('GET', '/admin/routes/all/GR')).body.code).toBe('404000000');
    const { content } = await chief.get('GET', '/admin/audit?size=100');
    const rows = content.filter(({ details }: { details: { route?: string } }) => details.route === 'all/GR').reverse();
    expect(rows.map(({ action, details }: { action: string; details: object }) => [action, details])).toEqual([
      ['route.put', { route: 'all/GR', before: null, after: steps }],
      ['route.put', { route: 'all/GR', before: steps, after: [step()] }],
      ['route.delete', { route: 'all/GR', before: [step()] }],
    ]);
  });

  test('holds for the most specific place of a number: its application, its beginning, its country', async () => {
    const { applicationId } = await stack.addApplication();
    const named = (originator: string) => step({ originator });
    await put('all/everywhere', named('all'));
    await put('all/GB', named('country'));
    await put('all/+4474', named('beginning'));
    await put(`${applicationId}/everywhere`, named('own'));
    const found = async (id: string, country: string, number: string) =>
      (await findRoute(stack.database, id, country, number))[0]?.originator;
    expect(await found(applicationId, 'GB', '+447400123456')).toBe('own');
    expect(await found('another', 'GB', '+447400123456')).toBe('beginning');
    expect(await found('another', 'GB', '+447911123456')).toBe('country');
    expect(await found('another', 'GR', '+306948530920')).toBe('all');
  });

  test.each([
    ['all/Greece', [step()], 'place'],
    ['all/UK', [step()], 'place'],
    ['all/ZZ', [step()], 'place'],
    ['all/EU', [step()], 'place'],
    ['all/44', [step()], 'place'],
    ['all/%C3%9F', [step()], 'place'],
    ['all/%EF%AC%81', [step()], 'place'],
    ['all/+0', [step()], 'place'],
    ['all/+1234567890123456', [step()], 'place'],
    ['nobody/GR', [step()], 'applicationId'],
    ['all/GR', [], 'steps'],
    ['all/GR', 'second', 'steps'],
    ['all/GR', Array.from({ length: 11 }, () => step()), 'steps'],
    ['all/GR', [step(), { carrier: 'third', method: 'sms' }], 'steps.1.carrier'],
    ['all/GR', [{ carrier: 'second' }], 'steps.0.method'],
    ['all/GR', [step({ method: 'fax' })], 'steps.0.method'],
    ['all/GR', [step({ originator: 'far too long a name' })], 'steps.0.originator'],
    ['all/GR', [step({ waitForReceiptSeconds: 0 })], 'steps.0.waitForReceiptSeconds'],
    ['all/GR', [step({ waitForReceiptSeconds: 3601 })], 'steps.0.waitForReceiptSeconds'],
    ['all/GR', [step({ waitForReceiptSeconds: 1.5 })], 'steps.0.waitForReceiptSeconds'],
    ['all/GR', [step({ waitForReceipt: 30 })], 'steps.0.waitForReceipt'],
    ['all/GR', [step({ options: { tlv: '1' } })], 'steps.0.options.tlv'],
    ['all/GR', [step({ options: { tlv: 7 } })], 'steps.0.options.tlv'],
  ])('%s with %j is refused, and %s is named', async (place, steps, field) => {
    const { status, body } = await chief.ask('PUT', `/admin/routes/${place}`, { steps });
    const code = field === 'applicationId' ? '404000000' : '400005000';
    expect([status, body.code, Object.keys(body.properties)]).toEqual([Number(code.slice(0, 3)), code, [field]]);
    expect(await stack.database.routes.countDocuments()).toBe(0);
  });

  test('that waits for receipts of a carrier that sends none is refused, and one that does not wait is put (400005000)', async () => {
    const settings = { host: '127.0.0.1', port: 1, systemId: 'twostep', registeredDelivery: 0 };
    const acme = (fields: object) => ({
      type: 'smpp',
      settings: { ...settings, ...fields },
      secrets: { password: 'x' },
    });
    const waiting = { carrier: 'acme', method: 'sms', waitForReceiptSeconds: 30 };
    await chief.get('PUT', '/admin/carriers/acme', acme({}));
    const { status, body } = await chief.ask('PUT', '/admin/routes/all/GR', { steps: [step(), waiting] });
    expect([status, body.code]).toEqual([400, '400005000']);
    expect(body.properties).toEqual({ 'steps.1.waitForReceiptSeconds': expect.stringContaining('no receipts') });
    await put('all/GR', { carrier: 'acme', method: 'sms' });
    await chief.get('PUT', '/admin/carriers/acme', acme({ registeredDelivery: 1 }));
    await put('all/GR', waiting);
  });

  test('with a method that its carrier does not have is refused (400005000)', async () => {
    const settings = { host: '127.0.0.1', port: 1, systemId: 'twostep' };
    await chief.get('PUT', '/admin/carriers/acme', { type: 'smpp', settings, secrets: { password: 'x' } });
    const { body } = await chief.ask('PUT', '/admin/routes/all/GR', { steps: [{ carrier: 'acme', method: 'voice' }] });
    expect([body.code, body.properties]).toEqual([
      '400005000',
      { 'steps.0.method': 'cannot go through this carrier, which does sms alone' },
    ]);
  });

  test('that is in CARRIERS_FILE is changed there (400005000)', async () => {
    await put('all/GR', step());
    await stack.database.routes.updateOne({ _id: '*:GR' }, { $set: { from: 'file' } });
    for (const [method, body] of [['PUT', { steps: [step()] }], ['DELETE']] as const) {
      const answer = await chief.ask(method, '/admin/routes/all/GR', body);
      expect(answer.body).toMatchObject({
        code: '400005000',
        properties: { place: expect.stringContaining('CARRIERS_FILE') },
      });
    }
  });

  test('through the sandbox is refused where the sandbox is off (400005000)', async () => {
    const off = await startAdmin(stack, [], { sandbox: false });
    const steps = [{ carrier: 'sandbox', method: 'sms' }];
    const { body } = await off.as(chief.token).ask('PUT', '/admin/routes/all/GR', { steps });
    expect(body.properties).toEqual({ 'steps.0.carrier': 'is unknown: put the carrier first' });
    await off.close();
  });
});
