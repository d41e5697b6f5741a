// What an account at Twilio is configured with: what is refused, and that the refusal quotes no value.
import { describe, expect, test } from 'vitest';
import { readCarrier } from '../../../carriers/registry.ts';
import { twilioOptions } from '../../../carriers/twilio/settings.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const authToken = 'a-secret-token';
const apiKeySid = `SK${'a'.repeat(32)}`;

const problem = (settings: object, secrets: object = { authToken }): string => {
  try {
    readCarrier('acme', 'twilio', { accountSid, ...settings }, secrets);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  {},
  { region: 'ie1', edge: 'dublin' },
  { baseUrl: 'https://twilio.proxy.example' },
  { baseUrl: 'http://127.0.0.1:8080' },
  { messagingServiceSid: `MG${'f'.repeat(32)}`, sender: 'originator', callerId: '+12025550123' },
  { voice: { keyPress: false, ringSeconds: 20 }, voices: { 'pt-BR': { language: 'pt-BR', voice: 'Polly.Camila' } } },
  { responseTimeoutSeconds: 5, contentRetention: 'discard', addressRetention: 'retain', riskCheck: 'enable' },
])('%o is usable', (settings) => expect(problem(settings)).toBe(''));

test.each([
  [{ accountSid: 'AC1' }, 'settings.accountSid must be AC and 32 hexadecimal digits'],
  [{ accountSid: apiKeySid }, 'settings.accountSid must be AC and 32 hexadecimal digits'],
  [{ region: 'ie1' }, 'settings.region and edge are given together'],
  [{ baseUrl: 'https://a.example', region: 'ie1', edge: 'dublin' }, 'settings.baseUrl says where Twilio is'],
  [{ baseUrl: 'http://twilio.proxy.example' }, 'settings.baseUrl must be an https URL'],
  [{ baseUrl: 'https://a.example/?x=1' }, 'settings.baseUrl must be an https URL'],
  [{ baseUrl: 'https://u:p@a.example' }, 'settings.baseUrl must be an https URL'],
  [{ baseUrl: 'https://u@a.example' }, 'settings.baseUrl must be an https URL'],
  [{ baseUrl: 'https://:p@a.example' }, 'settings.baseUrl must be an https URL'],
  [{ baseUrl: 'https:u:p@a.example' }, 'settings.baseUrl must be an https URL'],
  [{ baseUrl: 'http://u:p@localhost' }, 'settings.baseUrl must be an https URL'],
  [{ callerId: '12025550123' }, 'settings.callerId must be a number such as +12025550123'],
  [{ callerId: 'Twostep' }, 'settings.callerId must be a number such as +12025550123'],
  [{ voices: { 'not a tag': { language: 'el-GR', voice: 'x' } } }, 'settings.voices.not a tag'],
  [{ voices: { el: { language: 'el-GR', voice: '" loop="0' } } }, 'settings.voices.el.voice must be the name'],
  [{ responseTimeoutSeconds: 13 }, 'settings.responseTimeoutSeconds must be an integer from 1 to 12'],
  [{ maxPrice: 1 }, 'settings'],
])('%o is not: %s', (settings, said) => expect(problem(settings)).toContain(said));

describe('secrets', () => {
  test.each([{ authToken }, { authToken, nextAuthToken: 'another' }, { authToken, apiKeySid, apiKeySecret: 'key' }])(
    '%o are usable',
    (secrets) => expect(problem({}, secrets)).toBe(''),
  );

  test.each([
    [{}, 'secrets.authToken is missing'],
    [{ authToken, apiKeySid }, 'secrets.apiKeySid and apiKeySecret are given together'],
    [{ authToken, apiKeySecret: 'quoted-nowhere' }, 'secrets.apiKeySid and apiKeySecret are given together'],
    [{ authToken: 'with a space' }, 'secrets.authToken must be 1 to 200 printable ASCII characters'],
  ])('%o are not: %s', (secrets, said) => {
    expect(problem({}, secrets)).toContain(said);
    expect(problem({}, secrets)).not.toMatch(/a-secret-token|quoted-nowhere|with a space/);
  });
});

test('a step of a route may name a Messaging Service and who sends, and nothing else', () => {
  expect(twilioOptions.safeParse({ messagingServiceSid: `MG${'f'.repeat(32)}`, sender: 'pool' }).success).toBe(true);
  for (const wrong of [{ messagingServiceSid: 'MG1' }, { sender: 'me' }, { from: '+12025550123' }]) {
    expect(twilioOptions.safeParse(wrong).success).toBe(false);
  }
});
