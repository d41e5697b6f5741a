// The mistakes an operator makes with a carrier's settings and secrets: each is named where it stands, with what to do.
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { configurationProblems } from '../../admin/configuration-problems.ts';

const settings = { host: 'smsc.example.com', systemId: 'twostep' };
const secrets = { password: 'pa55word' };
const elsewhere = expect.stringContaining('{"env": "NAME"} is for CARRIERS_FILE');

test.each([
  ['what is right', settings, secrets, {}],
  [
    'nothing',
    {},
    {},
    {
      'settings.host': 'is missing',
      'settings.systemId': 'is missing',
      'secrets.password': 'is missing',
    },
  ],
  ['a slip of the pen', { ...settings, windw: 5 }, secrets, { 'settings.windw': 'is unknown' }],
  ['one further down', { ...settings, tls: { cert: 'x' } }, secrets, { 'settings.tls.cert': 'is unknown' }],
  [
    'a secret among settings',
    { ...settings, password: 'pa55word' },
    secrets,
    {
      'settings.password': 'is a secret: move it to secrets',
    },
  ],
  [
    'a setting among secrets',
    settings,
    { ...secrets, systemId: 'x' },
    {
      'secrets.systemId': 'is a setting: move it to settings',
    },
  ],
  [
    'a port with the host',
    { ...settings, host: 'smsc.example.com:2775' },
    secrets,
    {
      'settings.host': 'must be without the port: that is the setting `port`',
    },
  ],
  ['a variable to be read', settings, { password: { env: 'SMSC_PASSWORD' } }, { 'secrets.password': elsewhere }],
  [
    'a status in decimal',
    { ...settings, statuses: { 401: 'fault' } },
    secrets,
    {
      'settings.statuses.401': 'its name must be hexadecimal, such as 0x0401',
    },
  ],
  [
    'a password that is too long',
    settings,
    { password: 'pa55word9'.repeat(8) },
    {
      'secrets.password': 'must have at most 64 characters',
    },
  ],
])('%s', (_what, has, knows, problems) => {
  const found = configurationProblems('smpp', has, knows, false);
  expect(found).toEqual(problems);
  expect(JSON.stringify(found)).not.toContain('pa55word');
});

const application = { applicationId: '11111111-1111-4111-8111-111111111111' };
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const account = { apiKey: 'abcd1234' };

test.each<[string, boolean, object, object, boolean]>([
  ['calls without it', true, application, { privateKey }, true],
  ['calls and SMS without it', true, { ...application, ...account }, { privateKey, apiSecret: 's' }, true],
  ['the Messages API without it', true, { ...application, smsApi: 'messages' }, { privateKey }, true],
  [
    'calls without key presses and without it',
    true,
    { ...application, voice: { keyPress: false } },
    { privateKey },
    true,
  ],
  ['calls with it', true, application, { privateKey, signatureSecret: 's' }, false],
  ['SMS alone without it', true, account, { apiSecret: 's' }, false],
  ['calls without it, outside of production', false, application, { privateKey }, false],
])('Vonage needs a signatureSecret: %s', (_what, production, has, knows, needed) => {
  const found = configurationProblems('vonage', has, knows, production);
  expect(found).toEqual(needed ? { 'secrets.signatureSecret': expect.stringContaining('in production') } : {});
});
