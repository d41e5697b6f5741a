// Templates through the management API: what is told of them when they are saved, and without saving them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let applicationId: string;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  chief = await admin.operator();
  applicationId = (await stack.addApplication()).applicationId;
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

const change = (fields: object) => chief.get('PATCH', `/admin/applications/${applicationId}/settings`, fields);
const check = (fields: object) => chief.ask('POST', '/admin/templates/check', fields);

describe('a template', () => {
  test('saved is answered with its encoding, what makes it so, its parts and its price by country', async () => {
    const sms = `“@@pin” ${'x'.repeat(70)}`;
    const { templates } = await change({ maxParts: 5, translations: { GR: { sms } } });
    const [usual, greek] = templates;
    const plain = { field: 'defaultTemplate', valid: true, encoding: 'GSM-7', ucs2Characters: [], parts: 1 };
    expect(usual).toMatchObject(plain);
    expect(usual.prices.length).toBeGreaterThan(200);
    expect(usual.prices).toContainEqual({ country: 'US', price: 0.009 });
    expect(greek).toEqual({
      field: 'translations.GR.sms',
      valid: true,
      problems: [],
      method: 'sms',
      placeholders: [],
      encoding: 'UCS-2',
      ucs2Characters: ['“', '”'],
      parts: 2,
      prices: [{ country: 'GR', price: 0.09 }],
    });
  });

  test('is checked without being saved, by the settings of an application or by those given', async () => {
    await change({ webOtpDomain: 'example.com', maxParts: 2 });
    const settings = await chief.get('GET', `/admin/applications/${applicationId}/settings`);
    const template = `@@pin for @@shop ${'x'.repeat(130)}`;
    const { body } = await check({ template, applicationId, maxParts: 1, countries: ['gr', 'US'] });
    expect(body).toMatchObject({ valid: false, parts: 2, placeholders: ['shop'] });
    expect(body.problems).toEqual(['takes 2 parts with 6 digits, and at most 1 are allowed']);
    expect(body.prices).toEqual([
      { country: 'GR', price: 0.09 },
      { country: 'US', price: 0.018 },
    ]);
    const without = await check({ template, applicationId, webOtpDomain: null });
    expect(without.body).toMatchObject({ valid: true, parts: 1 });
    const spoken = await check({ template, method: 'voice', countries: [] });
    expect(spoken.body).toMatchObject({ valid: true, parts: 1, prices: [] });
    expect((await check({ template: 'no code' })).body).toMatchObject({ valid: false });
    expect(await chief.get('GET', `/admin/applications/${applicationId}/settings`)).toEqual(settings);
  });

  test.each([
    ['template', {}],
    ['template', { template: 'x'.repeat(1_001) }],
    ['method', { template: '@@pin', method: 'fax' }],
    ['countries.0', { template: '@@pin', countries: ['XYZ'] }],
    ['digits', { template: '@@pin', digits: 40 }],
    ['applicationId', { template: '@@pin', applicationId: 'none' }],
  ])('cannot be checked with a bad %s (400005000): %j', async (field, fields) => {
    const { status, body } = await check(fields);
    expect([status, body.code, Object.keys(body.properties)]).toEqual([400, '400005000', [field]]);
  });
});
