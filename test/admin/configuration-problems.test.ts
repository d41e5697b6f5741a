// The mistakes an operator makes with a carrier's settings and secrets: each is named where it stands, with what to do.
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
  const found = configurationProblems('smpp', has, knows);
  expect(found).toEqual(problems);
  expect(JSON.stringify(found)).not.toContain('pa55word');
});
