// The Vonage carrier as an operator sets it up: what must be given together, what it tells Vonage later, which voice it takes, and
// that the Vonage of these tests is as strict as it is meant to be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readCarrier } from '../../../carriers/registry.ts';
import { applicationAuthorization } from '../../../carriers/vonage/access.ts';
import { vonageSecrets, vonageSettings } from '../../../carriers/vonage/settings.ts';
import { voiceFor } from '../../../carriers/vonage/voices.ts';
import { account, accountSecrets, accountSettings } from './account.ts';
import { type Described, descriptionProblem } from './description.ts';
import { vonageSetup } from './setup.ts';

describe('a configuration', () => {
  const { apiKey, applicationId } = account;
  const { apiSecret, privateKey, signatureSecret } = accountSecrets;
  const make = (settings: object, secrets: object) => {
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    return () =>
      readCarrier('vonage', 'vonage', settings, secrets).create({
        allowedHosts: 'anywhere',
        logger,
        takeReceipt: async () => undefined,
        binds: 1,
      });
  };

  test.each<[string, object, object]>([
    ['an account', { apiKey }, { apiSecret }],
    ['an application', { applicationId }, { privateKey }],
    [
      'both, and signatures',
      { apiKey, applicationId, smsSignature: 'md5hash' },
      { apiSecret, privateKey, signatureSecret },
    ],
  ])('of %s makes a carrier', (_, settings, secrets) => {
    expect(make(settings, secrets)()).toMatchObject({ name: 'vonage', receipts: false });
  });

  test.each<[string, object, object, string]>([
    ['no credentials', {}, {}, 'it has no credentials'],
    ['half an account', { apiKey }, {}, 'belong together'],
    ['half an application', { applicationId }, { apiSecret, privateKey }, 'belong together'],
    ['a key nobody can read', { applicationId }, { privateKey: 'nonsense' }, 'in PEM'],
    ['signatures without a secret', { apiKey, smsSignature: 'sha1' }, { apiSecret }, 'needs secrets.signatureSecret'],
    ['an address that is none', { apiKey, restUrl: 'ftp://x' }, { apiSecret }, 'must be an https URL'],
    ['an address in clear', { apiKey, apiUrl: 'http://proxy.example' }, { apiSecret }, 'http only to this machine'],
    ['an address with a query', { apiKey, apiUrl: 'https://example.com/?a=1' }, { apiSecret }, 'without a query'],
    ['an API that is none', { apiKey, smsApi: 'rcs' }, { apiSecret }, 'must be sms or messages'],
    ['a field that is none', { apiKey, apiUri: 'x' }, { apiSecret }, 'apiUri'],
  ])('with %s is refused with a sentence that quotes no value', (_, settings, secrets, sentence) => {
    expect(make(settings, secrets)).toThrow(sentence);
    expect(make(settings, secrets)).not.toThrow(/nonsense|ftp:|example/);
  });

  test('has a description for every setting and secret, a row in the guide for each, and the guide’s example works', () => {
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/carriers-vonage.md'), 'utf8');
    const named = guide
      .split('\n')
      .flatMap((line) => (/^\| ([^|]*)\|/.exec(line)?.[1] ?? '').match(/(?<=`)\w+(?=`)/g) ?? []);
    for (const schema of [vonageSettings, vonageSecrets]) {
      const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
      expect(Object.keys(properties).filter((name) => !named.includes(name))).toEqual([]);
      for (const property of Object.values(properties)) expect(property).toHaveProperty('description');
    }
    const { carriers, routes } = JSON.parse(/```json\n(.*?)```/s.exec(guide)?.[1] ?? '');
    const { settings, secrets } = carriers.vonage;
    expect(vonageSettings.safeParse(settings).error).toBeUndefined();
    expect(Object.keys(secrets)).toEqual(Object.keys(vonageSecrets.shape));
    expect(routes[0].steps.map(({ carrier }: { carrier: string }) => carrier)).toEqual(['vonage', 'vonage']);
  });
});

test('an application proves itself with a token of its own for each request, good for two minutes', async () => {
  const authorize = applicationAuthorization(accountSettings('https://vonage.test'), accountSecrets);
  const tokens = await Promise.all([authorize?.(), authorize?.()]);
  const [one, other] = tokens.map((token = '') => token.replace('Bearer ', ''));
  expect(decodeProtectedHeader(one ?? '')).toEqual({ alg: 'RS256', typ: 'JWT' });
  const { application_id, iat = 0, exp = 0, jti } = decodeJwt(one ?? '');
  expect([application_id, exp - iat]).toEqual([account.applicationId, 120]);
  expect(jti).not.toBe(decodeJwt(other ?? '').jti);
});

describe('a right answer', () => {
  const settings = { conversions: true };

  test('is told to Vonage for each part of an SMS and for a call, by what they are', async () => {
    const { mock, carrier, send } = await vonageSetup({ settings });
    const sms = await send({ text: 'Ο κωδικός σας ακολουθεί. '.repeat(6) });
    const call = await send({ method: 'voice', speech: { text: '4, 8', language: 'en' } });
    await carrier.reportVerified?.(sms.messageIds);
    await carrier.reportVerified?.(call.messageIds);
    expect(mock.conversions).toEqual([
      ...sms.messageIds.map((messageId) => ({ kind: 'sms', messageId })),
      { kind: 'voice', messageId: call.messageIds[0] },
    ]);
  });

  test.each([
    ['nobody asked for that', {}],
    ['the Conversion API does not know the ids', { conversions: true, smsApi: 'messages' }],
  ])('is not told where %s', async (_, other) => {
    const { carrier } = await vonageSetup({ settings: other });
    expect(carrier.reportVerified).toBeUndefined();
  });

  test.each([
    [402, 'ask Vonage for it'],
    [401, 'HTTP 401'],
    [420, 'HTTP 420'],
  ])('that Vonage refuses with %i is a sentence', async (http, sentence) => {
    const { mock, carrier } = await vonageSetup({ settings });
    mock.next({ http });
    await expect(carrier.reportVerified?.(['0A0000000123ABCD1'])).rejects.toThrow(sentence);
  });
});

test.each([
  ['el', 'el-GR'],
  ['el-CY', 'el-GR'],
  ['en', 'en-US'],
  ['en-GB', 'en-GB'],
  ['en-CA', 'en-US'],
  ['es-419', 'es-ES'],
  ['pt', 'pt-BR'],
  ['pt-AO', 'pt-BR'],
  ['ar-EG', 'ar'],
  ['zh', 'cmn-CN'],
  ['zh-Hans-SG', 'cmn-CN'],
  ['zh-TW', 'cmn-TW'],
  ['zh-HK', 'yue-CN'],
  ['fr-BE', 'fr-FR'],
  ['sr-Latn', 'sr-RS'],
  ['sw', undefined],
])('%s is spoken by the voice %s', (tag, voice) => expect(voiceFor(tag)).toBe(voice));

describe('the Vonage of these tests', () => {
  const good = { from: 'Twostep', to: '306948530920', text: 'Hello', ttl: '20000' };
  const call = { to: [{ type: 'phone', number: '306948530920' }], random_from_number: true, ncco: [] };
  const talk = { action: 'talk', text: 'Hello', language: 'el-GR' };

  test.each<[Described, object]>([
    ['sms/request', good],
    ['voice/request', call],
    ['ncco', [talk]],
  ])('takes what is described as %s', (what, value) => expect(descriptionProblem(what, value)).toBeUndefined());

  test.each<[string, Described, unknown]>([
    ['a life that is too short', 'sms/request', { ...good, ttl: '19999' }],
    ['a life that is none', 'sms/request', { ...good, ttl: 'long' }],
    ['a number with a plus', 'sms/request', { ...good, to: '+30694853092012' }],
    ['a field that there is not', 'sms/request', { ...good, 'client-reference': 'x' }],
    ['no text', 'sms/request', { ...good, text: undefined }],
    ['a callback that is too long', 'sms/request', { ...good, callback: `https://example.com/${'x'.repeat(90)}` }],
    ['a channel that is none', 'messages/request', { channel: 'pigeon', message_type: 'text', to: '1', from: '2' }],
    ['two callers', 'voice/request', { ...call, from: { type: 'phone', number: '306948530920' } }],
    ['no caller', 'voice/request', { ...call, random_from_number: undefined }],
    ['a bell that rings too long', 'voice/request', { ...call, ringing_timer: 121 }],
    ['a field of another API', 'voice/request', { ...call, webhook_url: 'https://example.com' }],
    ['no action', 'ncco', []],
    ['a recording', 'ncco', [{ action: 'record' }]],
    ['a language nobody speaks', 'ncco', [{ ...talk, language: 'el' }]],
    ['too long a wait for a key', 'ncco', [{ action: 'input', type: ['dtmf'], dtmf: { timeOut: 11 } }]],
    ['half a conversion', 'conversion/query', { 'message-id': 'x' }],
  ])('refuses %s', (_, what, value) => expect(descriptionProblem(what, value)).toMatch(new RegExp(`^${what}: `)));
});
