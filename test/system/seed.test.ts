// The seed of the local stack: its own application is the one whose credentials are known, and prices are laid once.
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

async function seed(known?: Seeded, ...args: string[]): Promise<Seeded> {
  const credentials = known && `${known.demo.applicationId}:${known.demo.applicationSecret}`;
  const { code, stdout, stderr } = await runFile('worker/seed-demo.ts', args, {
    ...stack.env,
    DEMO_CREDENTIALS: credentials,
  });
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

async function tokenStatus({ demo }: Seeded): Promise<number> {
  const basic = btoa(`${demo.applicationId}:${demo.applicationSecret}`);
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const headers = { Authorization: `Basic ${basic}` };
  return (await send(`${app.url}/oauth/token`, { method: 'POST', headers, body })).status;
}

test('the demo application is made once: it stays while its known credentials log in', async () => {
  const first = await seed();
  expect(first).toMatchObject({ created: true, demo: { accountId: 'demo' } });
  expect(await tokenStatus(first)).toBe(200);

  const { applicationId } = first.demo;
  expect(await seed(first)).toEqual({ created: false, demo: { accountId: 'demo', applicationId } });
  expect(await tokenStatus(first)).toBe(200);
  expect(await stack.database.accounts.findOne({ _id: 'demo' })).toMatchObject({ available: 1_000_000_000, seq: 1 });
});

test.each([
  ['is deleted', { deletedAt: new Date(), disabled: true }],
  ['is disabled', { disabled: true }],
  ['has other secrets', { secrets: [] }],
  ['belongs to another account', { accountId: 'another' }],
])(
  'where the known application %s a new one is made, and the others of the account are left alone',
  async (_, change) => {
    const { applications } = stack.database;
    const [foreign, gone] = [await seed(), await seed()];
    await applications.updateOne({ _id: gone.demo.applicationId }, { $set: change });
    // Asking for a token, as below, notes when a secret was used last, and nothing else.
    const kept = { projection: { secretUses: 0 } };
    const before = await applications.find({}, kept).toArray();

    const next = await seed(gone);
    expect(next.created).toBe(true);
    expect(before.map(({ _id }) => _id)).not.toContain(next.demo.applicationId);
    expect(await tokenStatus(next)).toBe(200);
    expect(await tokenStatus(foreign)).toBe(200);
    expect(await applications.find({ _id: { $ne: next.demo.applicationId } }, kept).toArray()).toEqual(before);
  },
);

test("an operator's token is made once, another only when asked for, which ends the one before", async () => {
  const admin = await startAdmin(stack);
  const works = async (token = '') => (await admin.as(token).ask('GET', '/admin/accounts')).status;
  try {
    const first = (await seed(undefined, '--new-token')).operatorToken;
    expect(await seed()).not.toHaveProperty('operatorToken');
    const second = (await seed(undefined, '--new-token')).operatorToken;
    expect(await Promise.all([first, second].map(works))).toEqual([401, 200]);
    expect(await stack.database.operators.countDocuments({ revokedAt: { $exists: false } })).toBe(1);
  } finally {
    await admin.close();
  }
});

test('prices are laid once: what an operator changed or deleted stays so', async () => {
  const { prices } = stack.database;
  await prices.updateOne({ _id: 'GR:sms' }, { $set: { price: 1 } });
  await prices.deleteOne({ _id: 'GR:voice' });
  await seed();
  expect(await prices.findOne({ _id: 'GR:sms' })).toMatchObject({ price: 1 });
  expect(await prices.findOne({ _id: 'GR:voice' })).toBeNull();
});

test('prices a first run was stopped amid are completed by the next', async () => {
  const { accounts, prices } = stack.database;
  await accounts.deleteOne({ _id: 'demo' });
  await prices.deleteOne({ _id: 'GR:voice' });
  await seed();
  expect(await prices.findOne({ _id: 'GR:voice' })).toMatchObject({ price: 55_000 });
});
