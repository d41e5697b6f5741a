// Ranges that an operator vouches for, over HTTP: put and taken back with a trace, and what starts make of them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import type { ApiClient } from '../support/api-client.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let chief: TestOperator;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  [admin] = await Promise.all([startAdmin(stack), stack.startApi(), stack.startWorker()]);
  chief = await admin.operator({ name: 'Chief' });
  ({ api } = await stack.addApplication());
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

const put = (prefix: string, body: object) =>
  chief.ask('PUT', `/admin/number-ranges/${encodeURIComponent(prefix)}`, body);

test('a possible number under a range is taken, charged by its country, and refused again once the word is taken back', async () => {
  const recipient = '+14362345678';
  const refused = await api.start({ recipient });
  expect([refused.status, refused.body.properties]).toEqual([400, { recipient: 'is not a valid phone number' }]);

  expect((await put('+1436', { type: 'Mobile', country: 'us' })).body).toEqual({
    prefix: '+1436',
    type: 'mobile',
    country: 'US',
  });
  const trackingId = await api.open({ recipient });
  const row = await stack.database.verifications.findOne({ _id: trackingId });
  expect(row).toMatchObject({ country: 'US', price: 9_000 });
  expect((await chief.get('POST', '/admin/verifications/search', { recipient })).content).toHaveLength(1);

  // The longest prefix counts.
  await put('+143623', { type: 'fixedLine', country: 'US' });
  expect((await api.start({ recipient })).body.properties).toEqual({
    recipient: 'cannot receive SMS: give a mobile number or use voice',
  });
  expect((await api.start({ recipient, method: 'voice' })).status).toBe(200);
  expect((await api.start({ recipient: '+14369345678' })).status).toBe(200);

  expect((await chief.get('GET', '/admin/number-ranges')).content).toEqual([
    { prefix: '+1436', type: 'mobile', country: 'US' },
    { prefix: '+143623', type: 'fixedLine', country: 'US' },
  ]);
  await chief.get('DELETE', '/admin/number-ranges/+143623');
  await chief.get('DELETE', '/admin/number-ranges/%2B1436');
  expect((await chief.ask('DELETE', '/admin/number-ranges/%2B1436')).status).toBe(404);
  expect((await api.start({ recipient })).status).toBe(400);
  // Those who look for what was sent there find it all the same.
  expect((await chief.get('POST', '/admin/verifications/search', { recipient })).content).toHaveLength(2);

  const trail = (await chief.get('GET', '/admin/audit?size=100')).content;
  const acts = trail.filter(({ action }: { action: string }) => action.startsWith('numberRange.'));
  expect(
    acts.map(({ action, details }: { action: string; details: { prefix: string } }) => [action, details.prefix]),
  ).toEqual([
    ['numberRange.delete', '+1436'],
    ['numberRange.delete', '+143623'],
    ['numberRange.put', '+143623'],
    ['numberRange.put', '+1436'],
  ]);
  expect(acts[3].details).toEqual({ prefix: '+1436', before: null, after: { type: 'mobile', country: 'US' } });
});

test.each([
  ['+1436', { type: 'mobile', country: 'ZZ' }, 'country'],
  ['+1436', { type: 'mobile', country: 'GR' }, 'country'],
  ['+1436', { type: 'landline', country: 'US' }, 'type'],
  ['+1436', { country: 'US' }, 'type'],
  ['+1436', { type: 'mobile', country: 'US', note: 'x' }, 'note'],
  ['+999', { type: 'mobile', country: 'US' }, 'prefix'],
  ['1436', { type: 'mobile', country: 'US' }, 'prefix'],
])('400005000 for %s with %j, naming %s', async (prefix, body, field) => {
  const { status, body: answer } = await put(prefix, body);
  expect([status, answer.code, Object.keys(answer.properties)]).toEqual([400, '400005000', [field]]);
});
