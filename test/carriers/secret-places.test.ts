// Which changes of settings would lead kept secrets to where they were not given for, for every type of carrier.
import { describe, expect, test } from 'vitest';
import { movedSecrets } from '../../carriers/secret-settings.ts';
import { type CarrierType, carrierSchemas } from '../../carriers/settings.ts';

const key = '{{secret.apiKey}}';
const send = {
  url: '/send?key={{secret.apiKey}}',
  headers: { 'X-Key': `App ${key}` },
  body: { json: { to: '{{recipient}}', text: '{{text}}', auth: { key } } },
};
const base: Readonly<Record<CarrierType, object>> = {
  sandbox: {},
  smpp: { host: 'smsc.example.com', systemId: 'twostep', tls: { enabled: true } },
  twilio: { accountSid: `AC${'1'.repeat(32)}` },
  vonage: { apiKey: 'abcd1234', applicationId: '11111111-1111-4111-8111-111111111111' },
  http: { baseUrl: 'https://gateway.example.com', requests: { sms: send } },
};
const http = (sms: object, more: object = {}) => ({ ...base.http, requests: { sms: { ...send, ...sms } }, ...more });

describe('secrets would move by', () => {
  test.each<[CarrierType, object, string[]]>([
    ['smpp', { host: 'evil.example.com' }, ['host']],
    ['smpp', { port: 2776 }, ['port']],
    ['smpp', { receiverPort: 2776, bindMode: 'pair' }, ['receiverPort']],
    ['smpp', { tls: undefined }, ['tls']],
    ['smpp', { tls: { enabled: false } }, ['tls']],
    ['smpp', { tls: { enabled: true, servername: 'evil.example.com' } }, ['tls']],
    ['smpp', { tls: { enabled: true, ca: '-----BEGIN CERTIFICATE-----' } }, ['tls']],
    ['smpp', { systemId: 'other' }, ['systemId']],
    ['smpp', { host: 'evil.example.com', port: 1 }, ['host', 'port']],
    ['twilio', { baseUrl: 'https://evil.example.com' }, ['baseUrl']],
    ['twilio', { accountSid: `AC${'2'.repeat(32)}` }, ['accountSid']],
    ['twilio', { region: 'ie1', edge: 'dublin' }, ['region', 'edge']],
    ['vonage', { apiUrl: 'https://evil.example.com' }, ['apiUrl']],
    ['vonage', { restUrl: 'https://evil.example.com' }, ['restUrl']],
    ['vonage', { apiKey: 'efgh5678' }, ['apiKey']],
    ['vonage', { applicationId: '22222222-2222-4222-8222-222222222222' }, ['applicationId']],
    ['http', { baseUrl: 'https://evil.example.com' }, ['requests.sms']],
    ['http', { baseUrl: 'http://gateway.example.com' }, ['requests.sms']],
    ['http', { baseUrl: 'https://gateway.example.com:8443' }, ['requests.sms']],
    ['http', http({ url: 'https://evil.example.com/' }), ['requests.sms']],
    ['http', http({ url: '/other' }), ['requests.sms']],
    ['http', http({ headers: { 'X-Debug': key } }), ['requests.sms']],
    ['http', http({ query: { echo: key } }), ['requests.sms']],
    ['http', http({ body: { json: { to: '{{recipient}}', text: key } } }), ['requests.sms']],
    ['http', http({ body: { text: key } }), ['requests.sms']],
    ['http', http({}, { lookup: { url: `https://evil.example.com/${key}`, answer: { rules: [] } } }), ['lookup']],
    ['http', http({}, { conversion: { url: '/c', query: { key } } }), ['conversion']],
    ['http', http({}, { authentication: { bearer: key } }), ['requests.sms']],
    ['http', http({}, { authentication: { basic: { username: 'me', password: key } } }), ['requests.sms']],
    ['http', http({}, { authentication: { hmac: { header: 'X-Sign', secret: 'apiKey' } } }), ['requests.sms']],
  ])('%s %j', (type, changes, moved) => {
    const after = JSON.parse(JSON.stringify({ ...base[type], ...changes }));
    expect(carrierSchemas[type].settings.safeParse(after).error).toBeUndefined();
    expect(movedSecrets(type, base[type], after)).toEqual(moved);
  });

  test('authentication, once another address is asked', () => {
    const before = http({}, { authentication: { bearer: '{{secret.token}}' } });
    const after = { ...before, conversion: { url: 'https://evil.example.com/' } };
    expect(movedSecrets('http', before, after)).toEqual(['conversion']);
  });

  test('anything, where the settings before are not usable any more', () => {
    expect(movedSecrets('smpp', { host: 5 }, base.smpp)).toEqual(['host', 'port', 'receiverPort', 'tls', 'systemId']);
  });
});

describe('secrets stay with', () => {
  test.each<[CarrierType, object]>([
    ['smpp', { port: 2775, window: 20, systemType: 'x', binds: 3 }],
    ['twilio', { callerId: '+12025550123', responseTimeoutSeconds: 5, sender: 'pool' }],
    ['vonage', { apiUrl: 'https://api.nexmo.com/', restUrl: 'https://rest.nexmo.com', conversions: true }],
    ['vonage', { callerId: '+12025550123', smsSignature: 'sha256' }],
    ['sandbox', { receipts: true }],
    ['http', { timeoutSeconds: 5, languages: { el: 'greek' } }],
    ['http', http({ body: { json: { to: '{{recipientDigits}}', text: '{{text}}', auth: { key } } } })],
    ['http', http({ headers: { 'X-Key': `App ${key}`, Accept: 'application/json' } })],
    ['http', http({ headers: {} })],
    ['http', { requests: { sms: send, voice: send } }],
    ['http', { requests: { voice: send } }],
    ['http', { ...base.http, conversion: { url: 'https://elsewhere.example.com/' } }],
    ['http', { baseUrl: undefined, requests: { sms: { ...send, url: `https://gateway.example.com${send.url}` } } }],
  ])('%s %j', (type, changes) => {
    expect(movedSecrets(type, base[type], JSON.parse(JSON.stringify({ ...base[type], ...changes })))).toEqual([]);
  });
});
