// What an operator may say of an SMSC: defaults that work, and bounds.
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSmppCarrier } from '../../../carriers/smpp/carrier.ts';
import { smppProblem, smppSecrets, smppSettings } from '../../../carriers/smpp/settings.ts';
import { selfSigned } from '../../support/certificate.ts';

const least = { host: 'smsc.example', systemId: 'twostep' };

test('host and system id are enough', () => {
  expect(smppSettings.parse(least)).toEqual({
    ...least,
    port: 2775,
    systemType: '',
    bindMode: 'transceiver',
    interfaceVersion: '3.4',
    bindAddress: { ton: 0, npi: 0, range: '' },
    binds: 1,
    serviceType: '',
    source: { alphanumeric: { ton: 5, npi: 0 }, shortCode: { ton: 3, npi: 0 }, longNumber: { ton: 1, npi: 1 } },
    destination: { ton: 1, npi: 1 },
    defaultAlphabet: 'gsm7',
    defaultDataCoding: 0,
    ucs2DataCoding: 8,
    longMessages: 'udh',
    esmClass: 0,
    priority: 0,
    validity: 'relative',
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
    ['binds that are no kind of theirs', { bindMode: 'both' }],
    ['a version nobody speaks', { interfaceVersion: '4.0' }],
    ['an address range of 41 characters', { bindAddress: { range: '1'.repeat(41) } }],
    ['data_coding 256', { defaultDataCoding: 256 }],
    ['priority 4', { priority: 4 }],
    ['a messaging mode of its own', { esmClass: 1 }],
    ['a certificate that is none', { tls: { certificate: 'x' } }],
    ['a status that is no number', { statuses: { ESME_RTHROTTLED: 'fault' } }],
  ])('%s', (_what, changes) => expect(smppSettings.safeParse({ ...least, ...changes }).success).toBe(false));

  test.each([
    ['a password of 65 characters', { password: 'x'.repeat(65) }],
    ['one beyond ASCII', { password: 'pässword' }],
    ['one with a NUL in it', { password: 'a\0b' }],
    ['none', {}],
    ['a key that is none', { password: 'x', tlsKey: 'key' }],
  ])('%s', (_what, secrets) => expect(smppSecrets.safeParse(secrets).success).toBe(false));
});

describe('a password', () => {
  const created = async (password: string) => {
    const log: string[] = [];
    const logger = { info: () => undefined, warn: (message: string) => void log.push(message) };
    const changes = { host: '127.0.0.1', systemId: 'twostep', port: 1 };
    const deps = { takeReceipt: async () => undefined, logger };
    const carrier = createSmppCarrier('operator', smppSettings.parse(changes), smppSecrets.parse({ password }), deps);
    await carrier.close?.();
    return log.filter((line) => line.includes('password'));
  };

  test.each([9, 12, 16, 20, 64])(
    'of %d characters, which SMPP 3.4 has no room for, is taken with a warning',
    async (length) => {
      const log = await created('p'.repeat(length));
      expect(log).toEqual([expect.stringContaining('longer than the 8 characters')]);
      expect(log.join()).not.toContain('ppp');
    },
  );

  test.each([0, 1, 8])('of %d characters is taken without', async (length) => {
    expect(await created('p'.repeat(length))).toEqual([]);
  });
});

test('a certificate of ours and its key belong together', () => {
  const { cert: certificate, key: tlsKey } = selfSigned('twostep.test');
  const problem = (tls: object, secrets: object) =>
    smppProblem(smppSettings.parse({ ...least, tls }), smppSecrets.parse({ password: 'x', ...secrets }));
  expect(problem({ certificate }, {})).toContain('belong together');
  expect(problem({}, { tlsKey })).toContain('belong together');
  expect([problem({}, {}), problem({ certificate }, { tlsKey })]).toEqual([undefined, undefined]);
  const cannot = 'settings.tls.certificate and secrets.tlsKey cannot be used';
  const encrypted = createPrivateKey(tlsKey).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  });
  for (const [cert, key] of [
    [certificate, selfSigned('twostep.test').key],
    [certificate, String(encrypted)],
    [certificate, '-----BEGIN PRIVATE KEY-----'],
    ['-----BEGIN CERTIFICATE-----', tlsKey],
    [certificate.slice(0, -60), tlsKey],
  ]) {
    expect(problem({ certificate: cert }, { tlsKey: key })).toContain(cannot);
  }
});

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY', 'OPENSSH PRIVATE KEY'])(
  'a %s is no setting, since settings are shown: neither beside our certificate nor beside those to trust',
  (name) => {
    const both = `-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n-----BEGIN ${name}-----\nS3CRET`;
    for (const tls of [{ certificate: both }, { ca: both }]) {
      const { error } = smppSettings.safeParse({ ...least, tls });
      expect(error?.issues[0]?.message).toContain('a private key is the secret `tlsKey`');
      expect(error?.message).not.toContain('S3CRET');
    }
  },
);

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
