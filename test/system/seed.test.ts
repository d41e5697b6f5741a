// The seed of the local stack: what it finds it keeps, and a lost secret is replaced without ending the one before.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAdmin } from '../support/admin.ts';
import { send } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { runFile } from '../support/command.ts';
import { createStack, type Stack } from '../support/stack.ts';

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

interface Seeded {
  readonly created: boolean;
  readonly operatorToken?: string;
  readonly demo: { readonly accountId: string; readonly applicationId: string; readonly applicationSecret?: string };
}

async function seed(...args: string[]): Promise<Seeded> {
  const { code, stdout, stderr } = await runFile('worker/seed-demo.ts', args, stack.env);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

async function tokenStatus({ demo }: Seeded): Promise<number> {
  const basic = btoa(`${demo.applicationId}:${demo.applicationSecret}`);
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const headers = { Authorization: `Basic ${basic}` };
  return (await send(`${app.url}/oauth/token`, { method: 'POST', headers, body })).status;
}

test('a secret is made once, another only when asked for, and then the newest earlier one stays valid', async () => {
  const first = await seed();
  expect(first).toMatchObject({ created: true, demo: { accountId: 'demo' } });
  expect(await tokenStatus(first)).toBe(200);

  const { applicationId } = first.demo;
  expect(await seed()).toEqual({ created: false, demo: { accountId: 'demo', applicationId } });

  const second = await seed('--new-secret');
  expect(second).toMatchObject({ created: true, demo: { applicationId } });
  expect(second.demo.applicationSecret).not.toBe(first.demo.applicationSecret);
  expect([await tokenStatus(first), await tokenStatus(second)]).toEqual([200, 200]);

  const third = await seed('--new-secret');
  expect(await Promise.all([first, second, third].map(tokenStatus))).toEqual([401, 200, 200]);

  expect(await stack.database.applications.countDocuments({ accountId: 'demo' })).toBe(1);
  expect(await stack.database.accounts.findOne({ _id: 'demo' })).toMatchObject({ available: 1_000_000_000, seq: 1 });
});

test("an operator's token is made once, another only when asked for, which ends the one before", async () => {
  const admin = await startAdmin(stack);
  const works = async (token = '') => (await admin.as(token).ask('GET', '/admin/accounts')).status;
  try {
    const first = (await seed('--new-token')).operatorToken;
    expect(await seed()).not.toHaveProperty('operatorToken');
    const second = (await seed('--new-token')).operatorToken;
    expect(await Promise.all([first, second].map(works))).toEqual([401, 200]);
    expect(await stack.database.operators.countDocuments({ revokedAt: { $exists: false } })).toBe(1);
  } finally {
    await admin.close();
  }
});

test('prices that an operator changed stay as they are', async () => {
  await stack.database.prices.updateOne({ _id: 'GR:sms' }, { $set: { price: 1 } });
  await stack.database.prices.deleteOne({ _id: 'GR:voice' });
  await seed();
  expect(await stack.database.prices.findOne({ _id: 'GR:sms' })).toMatchObject({ price: 1 });
  expect(await stack.database.prices.findOne({ _id: 'GR:voice' })).toMatchObject({ price: 55_000 });
});
