// Vonage's signatures against examples Vonage published itself, and against what is forged, altered or late.
import { describe, expect, test } from 'vitest';
import { type SmsSignature, smsSignatures } from '../../../carriers/vonage/settings.ts';
import { isSignedSmsReport, isSignedWebhook, smsSignature, webhookClaims } from '../../../carriers/vonage/signature.ts';
import { webhookToken } from './mock-reports.ts';

/** https://github.com/Vonage/vonage-node-sdk/blob/main/packages/sms/__tests__/__dataSets__/signature.ts */
const inbound = {
  'message-timestamp': '2013-11-21 15:27:30',
  messageId: '020000001B0FE827',
  msisdn: '14843472194',
  text: 'Test again',
  timestamp: '1385047698',
  to: '13239877404',
  type: 'text',
};
const inboundSecret = 'my_secret_key_for_testing';
const inboundSignatures: Readonly<Record<SmsSignature, string>> = {
  md5hash: 'd2e7b1dc968737c5998ad624e02f90b7',
  md5: 'DDEBD46008C2D4E93CCE578A332A52D5',
  sha1: '27D0D05C2876C7CB1720DBCDBA4D492E1E55C09A',
  sha256: 'DDB8397C2B90AAC7F3882D306475C9A5058C92322EEF43C92B298B6E0FC0D330',
  sha512:
    'E0D3C650F8C9D1A5C174D10DDDBFB003E561F59B265616208B0487C5D819481CD3C311D59CF6165ECD1139622D5BA3A256C0D763AC4A9AD9144B5A426B94FE82',
};

/** https://github.com/Vonage/vonage-php-sdk-core/blob/main/test/Client/SignatureTest.php */
const outbound = {
  api_key: 'fake_api_key',
  to: '14155550100',
  from: 'AcmeInc',
  text: 'Test From Nexmo',
  type: 'text',
  timestamp: '1540924779',
};
const outboundSecret = '71efab63122f1d179f51c46bac838fb5';
const withAmpersand = {
  keyword: 'TEST',
  'message-timestamp': '2017-04-04 22:57:47',
  messageId: '0B00000042AC53BD',
  msisdn: '14843472194',
  nonce: '929d6744-bd28-42c8-b6cf-31d5b4f43732',
  sig: 'e06d9763e3fd0b9c31beb5fc2fcb011c',
  text: 'Test with & and =',
  timestamp: '1491346667',
  to: '12192259404',
  type: 'text',
};

describe('a signature of the SMS API', () => {
  test.each(smsSignatures)('by %s is as Vonage publishes it', (method) => {
    expect(smsSignature(inbound, method, inboundSecret)).toBe(inboundSignatures[method].toLowerCase());
  });

  test.each([
    ['md5', '51CDAFEBB4BBCE9525B195C1617CB8D2'],
    ['sha1', '0162AEC64BC183B2E1256545951FE5639DC98020'],
    ['sha256', '9FEC5EF6D0F2B3D2BB7558B6E4042569823CAB9EA0DD30503472B7B304601975'],
    [
      'sha512',
      '40BD12B9A4B6000AD1138EEFD24FFE9FBD72AEE13C3FA04B32BB69DBC256AD0A04A463B1A9AF6660D10F6E1E769EE14B9CFF6A635502E93AFCD0BFAB29F38F87',
    ],
  ] as const)('by %s is as Vonage publishes it, of parameters in any order', (method, published) => {
    expect(smsSignature(outbound, method, outboundSecret)).toBe(published.toLowerCase());
  });

  test('leaves itself out, and has an underscore for & and =', () => {
    expect(smsSignature(withAmpersand, 'md5hash', inboundSecret)).toBe(withAmpersand.sig);
  });

  const at = Number(inbound.timestamp) * 1000;
  const genuine = (changes: object, secret = inboundSecret, now = at, method: SmsSignature = 'sha256') =>
    isSignedSmsReport({ ...inbound, sig: inboundSignatures[method], ...changes }, method, secret, now);

  test.each(smsSignatures)('by %s is taken, in capitals or not', (method) => {
    expect(genuine({}, inboundSecret, at, method)).toBe(true);
    expect(genuine({ sig: inboundSignatures[method].toLowerCase() }, inboundSecret, at, method)).toBe(true);
  });

  test.each<[string, object, string?]>([
    ['another secret', {}, 'another'],
    ['another value', { messageId: '020000001B0FE828' }],
    ['another parameter', { status: 'delivered' }],
    ['another signature', { sig: inboundSignatures.md5 }],
    ['no signature', { sig: undefined }],
    ['no time', { timestamp: undefined }],
    ['a time that is none', { timestamp: 'now' }],
  ])('is not taken with %s', (_, changes, secret) => expect(genuine(changes, secret)).toBe(false));

  test('is taken for five minutes, and never long before it was made', () => {
    expect(genuine({}, inboundSecret, at + 300_000)).toBe(true);
    expect(genuine({}, inboundSecret, at + 301_000)).toBe(false);
    expect(genuine({}, inboundSecret, at - 30_000)).toBe(true);
    expect(genuine({}, inboundSecret, at - 31_000)).toBe(false);
  });
});

describe('a token over a webhook', () => {
  /** https://developer.vonage.com/en/getting-started/concepts/webhooks#decoding-signed-webhooks, signed in the tests of vonage-ruby-sdk: test/vonage/test.rb */
  const published =
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE1ODc0OTQ5NjIsImp0aSI6ImM1YmE4ZjI0LTFhMTQtNGMxMC1iZmRmLTNmYmU4Y2U1MTFiNSIsImlzcyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6ImQ2YzBlNzRiNTg1N2RmMjBlM2I3ZTUxYjMwYzBjMmE0MGVjNzNhNzc4NzliNmYwNzRkZGM3YTIzMTdkZDAzMWIiLCJhcGlfa2V5IjoiYTFiMmMzZCIsImFwcGxpY2F0aW9uX2lkIjoiYWFhYWFhYWEtYmJiYi1jY2NjLWRkZGQtMDEyMzQ1Njc4OWFiIn0.JQRKi1d0SQitmjPINfTWMpt3XZkGsLbD7EjCdXoNSbk';
  const publishedSecret = 'ZYtdTtGV3BCFN7tWmOWr1md66XsquMggr4W2cTtXtcPgfnI0Xw';
  const publishedAt = 1_587_494_962_000;

  test('as Vonage publishes it is genuine, and says what it is over', async () => {
    expect(await webhookClaims(`Bearer ${published}`, publishedSecret, publishedAt)).toEqual({
      iat: 1_587_494_962,
      jti: 'c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5',
      iss: 'Vonage',
      payload_hash: 'd6c0e74b5857df20e3b7e51b30c0c2a40ec73a77879b6f074ddc7a2317dd031b',
      api_key: 'a1b2c3d',
      application_id: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
    });
    expect(await webhookClaims(`Bearer ${published}`, publishedSecret.replace('nI0Xw', '55555'), publishedAt)).toBe(
      undefined,
    );
  });

  /** https://github.com/Vonage/vonage-java-sdk/blob/main/src/test/java/com/vonage/client/voice/VoiceClientTest.java */
  test('as the Java SDK has it is genuine with the right signature alone', async () => {
    const secret = 'XsA09z2MhUxYcdbXaUX3aTT7TzGmnCLfkdILf0NIyC9hN9criTEUdlI3OZ5hRjR';
    const unsigned =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJTaW5hIiwibmFtZSI6IkphdmFfU0RLIiwiaWF0IjoxNjk4NjgwMzkyfQ';
    const claims = (signature: string) => webhookClaims(`Bearer ${unsigned}.${signature}`, secret, 1_698_680_392_000);
    expect(await claims('4qJpi46NSYURiLI1xoLIfGRygA8IUI2QSG9P2Kus1Oo')).toMatchObject({ name: 'Java_SDK' });
    expect(await claims('XsaXHXqxe2kfIbPy-JH2J6hfbHnEv8jdWsOhEuvzU98')).toBeUndefined();
  });

  const body = '{"status":"delivered"}';
  const now = 1_764_000_000_000;
  const signed = async (token: Promise<string>, rawBody = body, at = now) =>
    isSignedWebhook(
      { headers: { authorization: `Bearer ${await token}` }, rawBytes: Buffer.from(rawBody) },
      publishedSecret,
      at,
    );
  const made = (text = body, secret = publishedSecret) => webhookToken(text, secret, now / 1000);

  test('is taken for five minutes over the very body it was made for', async () => {
    expect(await signed(made())).toBe(true);
    expect(await signed(made(), body, now + 300_000)).toBe(true);
    expect(await signed(made(), body, now + 331_000)).toBe(false);
    expect(await signed(made(), body, now - 31_000)).toBe(false);
  });

  test.each<[string, () => Promise<string>, string?]>([
    ['over another body', () => made(), '{"status":"failed"}'],
    ['of another secret', () => made(body, 'another secret')],
    ['that is none', async () => 'nonsense'],
    [
      'without a signature',
      async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await made()).split('.')[1]}.`,
    ],
  ])('%s is not taken', async (_, token, rawBody) => expect(await signed(token(), rawBody)).toBe(false));

  test('that is not there is not taken', async () => {
    expect(await isSignedWebhook({ headers: {}, rawBytes: Buffer.from(body) }, publishedSecret, now)).toBe(false);
  });
});
