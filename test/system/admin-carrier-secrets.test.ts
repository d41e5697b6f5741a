// Kept secrets of a carrier: they stay with the place they were given for, and whoever moves it gives them again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCarrierSecrets } from '../../admin/carrier-secrets.ts';
import { startAdmin, type TestAdmin, type TestOperator } from '../support/admin.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let admin: TestAdmin;
let clerk: TestOperator;

beforeAll(async () => {
  stack = await createStack();
  admin = await startAdmin(stack);
  clerk = await admin.operator({ name: 'Clerk', scopes: ['carriers:read', 'carriers:write'] });
});
afterAll(async () => {
  await admin?.close();
  await stack?.stop();
});

const gateway = (host: string) => ({ requests: { sms: { url: `https://${host}/send?k={{secret.apiKey}}` } } });

describe.each([
  ['http', gateway('gateway.example.com'), { apiKey: 'SECRET-1' }, gateway('evil.example.com'), 'requests.sms'],
  [
    'twilio',
    { accountSid: `AC${'1'.repeat(32)}` },
    { authToken: 'SECRET-2', nextAuthToken: 'SECRET-3' },
    { accountSid: `AC${'1'.repeat(32)}`, baseUrl: 'https://evil.example.com' },
    'baseUrl',
  ],
  [
    'vonage',
    { apiKey: 'abcd1234' },
    { apiSecret: 'SECRET-4', signatureSecret: 'SECRET-5' },
    { apiKey: 'abcd1234', restUrl: 'https://evil.example.com' },
    'restUrl',
  ],
  [
    'smpp',
    { host: 'smsc.example.com', systemId: 'twostep' },
    { password: 'SECRET-6' },
    { host: 'evil.example.com', systemId: 'twostep' },
    'host',
  ],
  [
    'smpp',
    { host: 'smsc.example.com', systemId: 'twostep', tls: {} },
    { password: 'SECRET-7' },
    { host: 'smsc.example.com', systemId: 'twostep' },
    'tls',
  ],
] as const)('a carrier of type %s', (type, settings, secrets, moved, setting) => {
  const name = `c-${type}-${setting.replace(/\W/g, '').toLowerCase()}`;
  const path = `/admin/carriers/${name}`;
  const kept = async () => {
    const carrier = await stack.database.carriers.findOne({ _id: name });
    return carrier && openCarrierSecrets(stack.ring, carrier);
  };

  test('is moved with its secrets alone, all of them, and says what moved', async () => {
    await clerk.get('PUT', path, { type, settings, secrets });
    const alone = await clerk.ask('PUT', path, { type, settings: moved });
    const sentence = expect.stringContaining(`settings.${setting}`);
    const each = Object.fromEntries(Object.keys(secrets).map((secret) => [`secrets.${secret}`, sentence]));
    expect([alone.status, alone.body.code, alone.body.properties]).toEqual([400, '400005000', each]);
    expect(JSON.stringify(alone.body)).not.toContain('SECRET');
    expect([(await clerk.get('GET', path)).settings, await kept()]).toEqual([settings, secrets]);
    const anew = Object.fromEntries(Object.keys(secrets).map((secret) => [secret, 'anew1234']));
    await clerk.get('PUT', path, { type, settings: moved, secrets: anew });
    expect([(await clerk.get('GET', path)).settings, await kept()]).toEqual([moved, anew]);
  });

  test('keeps them where nothing of that changes', async () => {
    await clerk.get('PUT', path, { type, settings, secrets });
    await clerk.get('PUT', path, { type, settings, messagesPerSecond: 5 });
    expect(await kept()).toEqual(secrets);
  });
});

test('a secret that is taken away by null need not come again', async () => {
  const path = '/admin/carriers/null';
  const settings = { apiKey: 'abcd1234' };
  await clerk.get('PUT', path, { type: 'vonage', settings, secrets: { apiSecret: 'one', signatureSecret: 'two' } });
  const secrets = { apiSecret: 'three', signatureSecret: null };
  await clerk.get('PUT', path, { type: 'vonage', settings: { apiKey: 'efgh5678' }, secrets });
  expect((await clerk.get('GET', path)).secretNames).toEqual(['apiSecret']);
});
