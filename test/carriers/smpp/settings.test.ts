// What an operator may say of an SMSC: defaults that work, and bounds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSmppCarrier } from '../../../carriers/smpp/carrier.ts';
import { smppSecrets, smppSettings } from '../../../carriers/smpp/settings.ts';

const least = { host: 'smsc.example', systemId: 'twostep' };

test('host and system id are enough', () => {
  expect(smppSettings.parse(least)).toEqual({
    ...least,
    port: 2775,
    systemType: '',
    bindMode: 'transceiver',
    binds: 1,
    serviceType: '',
    source: { alphanumeric: { ton: 5, npi: 0 }, shortCode: { ton: 3, npi: 0 }, longNumber: { ton: 1, npi: 1 } },
    destination: { ton: 1, npi: 1 },
    defaultAlphabet: 'gsm7',
    ucs2DataCoding: 8,
    longMessages: 'udh',
    registeredDelivery: 1,
    messageReference: false,
    messageIds: { response: 'text', receipt: 'text' },
    statuses: {},
    receiptStates: {},
    window: 10,
    enquireLinkSeconds: 30,
    responseTimeoutSeconds: 8,
    reconnectMaxSeconds: 30,
  });
});

describe('is refused', () => {
  test.each([
    ['a host with a path', { host: 'smsc.example/x' }],
    ['a host with its port', { host: 'smsc.example:2775' }],
    ['port 0', { port: 0 }],
    ['a system id of 16 characters', { systemId: 'x'.repeat(16) }],
    ['a system id beyond ASCII', { systemId: 'ü' }],
    ['a window of 101', { window: 101 }],
    ['a response time-out beyond the send’s own', { responseTimeoutSeconds: 13 }],
    ['TON 7', { destination: { ton: 7 } }],
    ['TLS without check of certificates', { tls: { rejectUnauthorized: false } }],
    ['a name it does not know', { windw: 5 }],
    ['a status that is no number', { statuses: { ESME_RTHROTTLED: 'fault' } }],
  ])('%s', (_what, changes) => expect(smppSettings.safeParse({ ...least, ...changes }).success).toBe(false));

  test('a password of 9 characters, which SMPP 3.4 has no room for', () => {
    expect(smppSecrets.safeParse({ password: '123456789' }).success).toBe(false);
    expect(smppSecrets.parse({ password: '12345678' })).toEqual({ password: '12345678' });
  });
});

test.each(['message', 'part', undefined] as const)(
  'receiptsFor %s is what its carrier says of receipts',
  async (receiptsFor) => {
    const changes = { host: '127.0.0.1', systemId: 'twostep', ...(receiptsFor && { receiptsFor }) };
    const deps = { takeReceipt: async () => undefined };
    const carrier = createSmppCarrier('operator', smppSettings.parse(changes), { password: 'x' }, deps);
    expect(carrier.receiptsSpeakFor).toBe(receiptsFor);
    await carrier.close?.();
  },
);

test('TLS that is named is on', () => {
  expect(smppSettings.parse({ ...least, tls: {} }).tls).toEqual({ enabled: true });
});

test('every setting can be said, with its description, in JSON Schema', () => {
  const { properties = {} } = z.toJSONSchema(smppSettings, { io: 'input' });
  expect(Object.keys(properties)).toEqual(Object.keys(smppSettings.shape));
  for (const property of Object.values(properties)) expect(property).toHaveProperty('description');
});

test('the guide has a row for every setting, and its example works', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/carriers-smpp.md'), 'utf8');
  const named = guide
    .split('\n')
    .flatMap((line) => (/^\| ([^|]*)\|/.exec(line)?.[1] ?? '').match(/(?<=`)\w+(?=`)/g) ?? []);
  expect(Object.keys(smppSettings.shape).filter((name) => !named.includes(name))).toEqual([]);
  const { settings, secrets } = JSON.parse(/```json\n(.*?)```/s.exec(guide)?.[1] ?? '');
  expect(smppSettings.safeParse(settings).error).toBeUndefined();
  expect(smppSecrets.safeParse(secrets).error).toBeUndefined();
});
