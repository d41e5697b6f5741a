// What production alone asks of carriers is asked on both ways in: through the management API, and by CARRIERS_FILE.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CarrierFields } from '../../admin/carrier-fields.ts';
import type { Surroundings } from '../../admin/carrier-surroundings.ts';
import { putCarrier } from '../../admin/carriers.ts';
import { problemsOfFile } from '../../admin/carriers-file-check.ts';
import type { Database } from '../../store/database.ts';
import { fixedRing } from '../support/key-rings.ts';

/** Nothing stands in it; whatever would be written is an error, and no refusal. */
const database = { carriers: { findOne: async () => null } } as unknown as Database;
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const applicationId = '11111111-1111-4111-8111-111111111111';
const account = { apiKey: 'abcd1234' };
const apiSecret = 's';
const twilio = { accountSid: `AC${'0'.repeat(32)}` };

const surroundings = (production: boolean): Surroundings => ({
  ring: fixedRing('k1'),
  sandbox: false,
  production,
  carrierHosts: production ? [] : 'anywhere',
});

describe.each<[string, CarrierFields, string]>([
  [
    'calls by Vonage',
    { type: 'vonage', settings: { applicationId }, secrets: { privateKey } },
    'secrets.signatureSecret',
  ],
  [
    'SMS and calls by Vonage',
    { type: 'vonage', settings: { applicationId, ...account }, secrets: { privateKey, apiSecret } },
    'secrets.signatureSecret',
  ],
  [
    'the Messages API of Vonage',
    { type: 'vonage', settings: { applicationId, smsApi: 'messages' }, secrets: { privateKey } },
    'secrets.signatureSecret',
  ],
  [
    'Vonage at an address of this machine',
    { type: 'vonage', settings: { ...account, restUrl: 'http://127.0.0.1:1' }, secrets: { apiSecret } },
    'settings.restUrl',
  ],
  [
    'Twilio at a private address',
    { type: 'twilio', settings: { ...twilio, baseUrl: 'https://10.0.0.1' }, secrets: { authToken: 'token' } },
    'settings.baseUrl',
  ],
  [
    'an SMSC at a private address',
    { type: 'smpp', settings: { host: '10.0.0.1', systemId: 'twostep' }, secrets: { password: 'pa55word' } },
    'settings.host',
  ],
  [
    'an SMSC by the name of this machine',
    { type: 'smpp', settings: { host: 'localhost', systemId: 'twostep' }, secrets: { password: 'pa55word' } },
    'settings.host',
  ],
  [
    'a gateway where clouds tell their secrets',
    { type: 'http', settings: { requests: { sms: { url: 'http://169.254.169.254/' } } } },
    'settings.requests.sms.url',
  ],
])('%s', (_, fields, path) => {
  const put = putCarrier.bind(undefined, { database, actor: 'a test' });
  const inFile = (production: boolean) =>
    problemsOfFile(database, surroundings(production), { carriers: { acme: fields }, routes: [] }, standing);
  const standing = { carriers: [], routes: [] };

  test('is refused through the management API', async () => {
    await expect(put(surroundings(true), 'acme', fields, 'management API')).rejects.toMatchObject({
      name: 'OperatorRefusal',
      problems: { [path]: expect.any(String) },
    });
  });

  test('is refused in CARRIERS_FILE, and taken outside of production', async () => {
    expect(Object.keys(await inFile(true))).toEqual([`carriers.acme.${path}`]);
    expect(await inFile(false)).toEqual({});
  });
});
