// What Twilio is asked for an SMS, with every option; who asks, and what the answers mean.
import { describe, expect, test } from 'vitest';
import { CarrierFault, CarrierOutcomeUnknown, CarrierRejected, CarrierUnavailable } from '../../../carriers/carrier.ts';
import { apiUrl } from '../../../carriers/twilio/api.ts';
import { outgoing, RECIPIENT, TEXT } from '../../support/smpp-carrier.ts';
import { asked, KEY, open } from './asked.ts';

const SERVICE = `MG${'0123456789abcdef'.repeat(2)}`;
const OTHER_SERVICE = `MG${'f'.repeat(32)}`;

describe('an SMS', () => {
  test('is asked for with its text, its life, and where to report with our reference', async () => {
    const { path, form, twilio } = await asked();
    expect(path).toBe(`/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`);
    expect(form).toEqual({
      To: RECIPIENT,
      From: 'Twostep',
      Body: TEXT,
      ValidityPeriod: '300',
      SmartEncoded: 'false',
      ProvideFeedback: 'true',
      StatusCallback: expect.stringMatching(
        /^https:\/\/verify\.example\.com\/carriers\/twilio\/receipts\/[\w-]{22}\?reference=6c5e3f57.+%3Asend%3A2\.3#rc=5&rp=5xx,ct,rt$/,
      ),
    });
  });

  test.each([
    ['Twostep', 'Twostep'],
    ['My Shop', 'My Shop'],
    ['72345', '72345'],
    ['12345678', '12345678'],
    ['12025550199', '+12025550199'],
    ['+12025550199', '+12025550199'],
  ])('from %s comes from %s', async (originator, from) => {
    expect((await asked({ originator })).form.From).toBe(from);
  });

  test.each([
    [1, '1'],
    [36_000, '36000'],
    [86_400, '36000'],
  ])('that lives %i s is held for no longer than %s s', async (validForSeconds, period) => {
    expect((await asked({ validForSeconds })).form.ValidityPeriod).toBe(period);
  });

  test('by a Messaging Service comes from its pool, or from the originator where that is said', async () => {
    const settings = { messagingServiceSid: SERVICE };
    const senders = async (changes: object, options?: Record<string, string>) => {
      const { form } = await asked(options ? { options } : {}, { settings: { ...settings, ...changes } });
      return [form.MessagingServiceSid, form.From];
    };
    expect(await senders({})).toEqual([SERVICE, undefined]);
    expect(await senders({ sender: 'originator' })).toEqual([SERVICE, 'Twostep']);
    expect(await senders({}, { sender: 'originator' })).toEqual([SERVICE, 'Twostep']);
    expect(await senders({ sender: 'originator' }, { sender: 'pool' })).toEqual([SERVICE, undefined]);
    expect(await senders({}, { messagingServiceSid: OTHER_SERVICE })).toEqual([OTHER_SERVICE, undefined]);
    expect(await senders({ messagingServiceSid: undefined }, { messagingServiceSid: OTHER_SERVICE })).toEqual([
      OTHER_SERVICE,
      undefined,
    ]);
  });

  test('counts as many parts as Twilio says, and as the customer pays where a service does not know yet', async () => {
    const text = `${'Your code follows. '.repeat(12)}482915`;
    expect(await (await open()).carrier.send(outgoing({ text }), KEY)).toMatchObject({ parts: 2 });
    expect(
      await (await open({ settings: { messagingServiceSid: SERVICE } })).carrier.send(
        outgoing({ text, parts: 7 }),
        KEY,
      ),
    ).toMatchObject({ parts: 7 });
  });

  test('takes everything else that is set, and reports nowhere without an address of ours', async () => {
    const settings = {
      contentRetention: 'discard',
      addressRetention: 'obfuscate',
      riskCheck: 'disable',
      smartEncoded: true,
      messageFeedback: false,
    };
    const { form, carrier } = await asked({}, { settings, urls: undefined });
    expect(form).toMatchObject({ ContentRetention: 'discard', AddressRetention: 'obfuscate', RiskCheck: 'disable' });
    expect(form).toMatchObject({ SmartEncoded: 'true', ProvideFeedback: 'false' });
    expect(form.StatusCallback).toBeUndefined();
    expect(carrier.reportVerified).toBeUndefined();
  });

  test('hands on no restrictions: the API has no place for them', async () => {
    const restrictions = { contentTemplateId: '1007654321098765432', principalEntityId: '1001234567890123456' };
    expect(JSON.stringify((await asked({ restrictions })).form)).not.toContain('7654321');
  });

  test('of more than 1600 characters, or with options of another carrier, is CarrierRejected and never asked for', async () => {
    const { carrier, twilio } = await open();
    for (const wrong of [{ text: 'x'.repeat(1_601) }, { options: { 'tlv:0x1400': 'x' } }]) {
      await expect(carrier.send(outgoing(wrong), KEY)).rejects.toBeInstanceOf(CarrierRejected);
    }
    expect(twilio.asked).toEqual([]);
  });
});

describe('whoever asks', () => {
  test('may do so with an API key, and is told apart from a wrong one', async () => {
    const [sid, secret] = [`SK${'a'.repeat(32)}`, 'key-secret'];
    const { twilio } = await asked({}, { apiKey: { sid, secret }, secrets: { apiKeySid: sid, apiKeySecret: secret } });
    expect(twilio.made).toHaveLength(1);
    const { carrier } = await open({
      apiKey: { sid, secret },
      secrets: { apiKeySid: sid, apiKeySecret: 'wrong' },
    });
    await expect(carrier.send(outgoing(), KEY)).rejects.toBeInstanceOf(CarrierFault);
  });

  test.each([
    [{}, 'https://api.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'https://api.dublin.ie1.twilio.com'],
    [{ baseUrl: 'https://twilio.proxy.example/v/' }, 'https://twilio.proxy.example/v'],
  ])('with %o asks at %s', async (settings, expected) => {
    expect(apiUrl(settings)).toBe(expected);
  });
});

describe('an answer', () => {
  test.each([
    [{ refuse: 21211 }, CarrierRejected, 'the number is not valid: code 21211'],
    [{ refuse: 99999 }, CarrierRejected, 'code 99999'],
    [{ refuse: 21408, status: 403 }, CarrierRejected, 'code 21408'],
    [{ refuse: 30002 }, CarrierFault, 'code 30002'],
    [{ refuse: 20404, status: 404 }, CarrierFault, 'code 20404'],
    [{ refuse: 99998, status: 403 }, CarrierFault, 'code 99998'],
    [{ refuse: 20503, status: 503 }, CarrierOutcomeUnknown, 'code 20503'],
    ['inside', CarrierOutcomeUnknown, 'code 20500'],
    ['busy', CarrierUnavailable, 'code 21611'],
  ] as const)('%o is %o, and says no more than its code', async (behaviour, kind, said) => {
    const { carrier, twilio } = await open();
    twilio.does(behaviour);
    const failed = carrier.send(outgoing(), KEY);
    await expect(failed).rejects.toBeInstanceOf(kind);
    await expect(failed).rejects.toThrow(said);
    await expect(failed).rejects.not.toThrow(/repeat/);
  });

  test('that throttles says for how long', async () => {
    const { carrier, twilio } = await open();
    twilio.does('throttle');
    await expect(carrier.send(outgoing(), KEY)).rejects.toMatchObject({ retryAfterMs: 2_000 });
  });
});

test('a carrier that is closed sends nothing any more', async () => {
  const { carrier, twilio } = await open();
  await carrier.close?.();
  await expect(carrier.send(outgoing(), KEY)).rejects.toBeInstanceOf(CarrierUnavailable);
  expect(twilio.asked).toEqual([]);
});

describe('a code that was typed', () => {
  test('is told to Twilio for each message, and for no call', async () => {
    const { carrier, twilio } = await open();
    const { messageIds } = await carrier.send(outgoing(), KEY);
    const call = `CA${'0'.repeat(32)}`;
    expect(await carrier.reportVerified?.([...messageIds, call])).toBe(true);
    expect(await carrier.reportVerified?.([call])).toBe(false);
    expect(twilio.confirmed).toEqual(messageIds);
    expect(twilio.asked.at(-1)?.form.get('Outcome')).toBe('confirmed');
  });
});
