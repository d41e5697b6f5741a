// What Twilio is asked for an SMS and for a call, with every option, and what its answers mean.
import { afterEach, describe, expect, test } from 'vitest';
import {
  CarrierFault,
  CarrierOutcomeUnknown,
  CarrierRejected,
  CarrierUnavailable,
  type OutgoingMessage,
} from '../../carriers/carrier.ts';
import { apiUrl } from '../../carriers/twilio-api.ts';
import { outgoing, RECIPIENT, TEXT } from '../support/smpp-carrier.ts';
import { CALLER, type TestedTwilio, type TwilioChanges, twilioCarrier, urls } from '../support/twilio-carrier.ts';

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:2.3';
const SERVICE = `MG${'0123456789abcdef'.repeat(2)}`;
const OTHER_SERVICE = `MG${'f'.repeat(32)}`;
const speech = { text: 'Your code: 4, 8, 2, 9, 1, 5', language: 'en' };

let tested: TestedTwilio;
const opened: TestedTwilio[] = [];
afterEach(async () => {
  for (const { twilio } of opened.splice(0)) {
    // Whatever a test is about: nothing was asked that Twilio does not describe.
    expect(twilio.asked.flatMap(({ problems }) => problems)).toEqual([]);
    await twilio.stop();
  }
});

async function open(changes: TwilioChanges = {}): Promise<void> {
  tested = await twilioCarrier(changes);
  opened.push(tested);
}

/** What is asked for, as a form; what comes more than once as a list. */
async function asked(message: Partial<OutgoingMessage> = {}, changes: TwilioChanges = {}) {
  await open(changes);
  await tested.carrier.send(outgoing(message), KEY);
  const [one] = tested.twilio.asked;
  const form = one?.form ?? new URLSearchParams();
  const all = [...new Set(form.keys())].map((name) => {
    const values = form.getAll(name);
    return [name, values.length > 1 ? values : values[0]];
  });
  return { path: one?.path, form: Object.fromEntries(all) };
}

describe('an SMS', () => {
  test('is asked for with its text, its life, and where to report with our reference', async () => {
    const { path, form } = await asked();
    expect(path).toBe(`/2010-04-01/Accounts/${tested.twilio.accountSid}/Messages.json`);
    expect(form).toEqual({
      To: RECIPIENT,
      From: 'Twostep',
      Body: TEXT,
      ValidityPeriod: '300',
      SmartEncoded: 'false',
      ProvideFeedback: 'true',
      StatusCallback: expect.stringMatching(
        /^https:\/\/verify\.example\.com\/carriers\/twilio\/receipts\/[\w-]{43}\?reference=6c5e3f57.+%3Asend%3A2\.3$/,
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
    await open();
    expect(await tested.carrier.send(outgoing({ text }), KEY)).toMatchObject({ parts: 2 });
    await open({ settings: { messagingServiceSid: SERVICE } });
    expect(await tested.carrier.send(outgoing({ text, parts: 7 }), KEY)).toMatchObject({ parts: 7 });
  });

  test('takes everything else that is set, and reports nowhere without an address of ours', async () => {
    const settings = {
      contentRetention: 'discard',
      addressRetention: 'obfuscate',
      riskCheck: 'disable',
      smartEncoded: true,
      messageFeedback: false,
    };
    const { form } = await asked({}, { settings, urls: undefined });
    expect(form).toMatchObject({ ContentRetention: 'discard', AddressRetention: 'obfuscate', RiskCheck: 'disable' });
    expect(form).toMatchObject({ SmartEncoded: 'true', ProvideFeedback: 'false' });
    expect(form.StatusCallback).toBeUndefined();
    expect(tested.carrier.reportVerified).toBeUndefined();
  });

  test('hands on no restrictions: the API has no place for them', async () => {
    const restrictions = { contentTemplateId: '1007654321098765432', principalEntityId: '1001234567890123456' };
    expect(JSON.stringify((await asked({ restrictions })).form)).not.toContain('7654321');
  });

  test('of more than 1600 characters, or with options of another carrier, is CarrierRejected and never asked for', async () => {
    await open();
    for (const wrong of [{ text: 'x'.repeat(1_601) }, { options: { 'tlv:0x1400': 'x' } }]) {
      await expect(tested.carrier.send(outgoing(wrong), KEY)).rejects.toBeInstanceOf(CarrierRejected);
    }
    expect(tested.twilio.asked).toEqual([]);
  });
});

describe('a call', () => {
  const voice = { method: 'voice', speech } as const;

  test('asks for a key, is never recorded, rings and lasts within bounds, and reports its beginning and its end', async () => {
    const { path, form } = await asked(voice);
    expect(path).toBe(`/2010-04-01/Accounts/${tested.twilio.accountSid}/Calls.json`);
    expect(form).toEqual({
      To: RECIPIENT,
      From: CALLER,
      Twiml: expect.stringContaining('<Gather'),
      Record: 'false',
      Timeout: '30',
      TimeLimit: '120',
      StatusCallback: urls.receipts(KEY),
      StatusCallbackEvent: ['initiated', 'completed'],
    });
  });

  test.each([
    ['12025550199', '+12025550199'],
    ['Twostep', CALLER],
    ['72345', CALLER],
  ])('from %s comes from %s', async (originator, from) => {
    expect((await asked({ ...voice, originator })).form.From).toBe(from);
  });

  test('rings no longer than the code is of use', async () => {
    expect((await asked({ ...voice, validForSeconds: 12 })).form.Timeout).toBe('12');
    const settings = { voice: { ringSeconds: 45, mostSeconds: 90 } };
    expect((await asked(voice, { settings })).form).toMatchObject({ Timeout: '45', TimeLimit: '90' });
  });

  test('without a key press has Twilio find out who answers, and asks us then what to say', async () => {
    const { form } = await asked(voice, { settings: { voice: { keyPress: false } } });
    expect(form).toMatchObject({ MachineDetection: 'Enable', Url: expect.stringContaining('/carriers/twilio/calls/') });
    expect(form.Twiml).toBeUndefined();
  });

  test('without a key press and without detection, or an address of ours, says the code at once', async () => {
    const silent = { voice: { keyPress: false }, machineDetection: false };
    const { form } = await asked(voice, { settings: silent });
    expect([form.MachineDetection, form.Url]).toEqual([undefined, undefined]);
    expect(form.Twiml).toContain('4, 8, 2, 9, 1, 5');
    const unreachable = await asked(voice, { settings: { voice: { keyPress: false } }, urls: undefined });
    expect(unreachable.form.Twiml).toContain('4, 8, 2, 9, 1, 5');
    expect(unreachable.form.StatusCallback).toBeUndefined();
  });

  test('may look for a mailbox although a key is asked for', async () => {
    expect((await asked(voice, { settings: { machineDetection: true } })).form).toMatchObject({
      MachineDetection: 'Enable',
      Twiml: expect.stringContaining('<Gather'),
    });
  });

  test('that cannot come from a number, or has no voice for its language, is CarrierRejected with what to do', async () => {
    await open({ settings: { callerId: undefined } });
    await expect(tested.carrier.send(outgoing(voice), KEY)).rejects.toThrow(/set callerId/);
    const strange = { ...voice, originator: '12025550199', speech: { ...speech, language: 'mt' } };
    await expect(tested.carrier.send(outgoing(strange), KEY)).rejects.toThrow(
      /no mt: name who does in the setting `voices`/,
    );
    expect(tested.twilio.asked).toEqual([]);
  });

  test('with a key press is CarrierFault where Twilio cannot reach us, and none is made', async () => {
    await open({ urls: undefined });
    const failed = tested.carrier.send(outgoing(voice), KEY);
    await expect(failed).rejects.toBeInstanceOf(CarrierFault);
    await expect(failed).rejects.toThrow(/needs PUBLIC_URL/);
    expect(tested.twilio.asked).toEqual([]);
  });

  test('with more to say than Twilio takes is CarrierRejected', async () => {
    const settings = { voice: { keyPress: false }, machineDetection: false };
    await open({ settings });
    const long = { ...voice, speech: { text: 'word '.repeat(500), language: 'en' } };
    await expect(tested.carrier.send(outgoing(long), KEY)).rejects.toThrow(/too long for a call/);
  });
});

describe('whoever asks', () => {
  test('may do so with an API key, and is told apart from a wrong one', async () => {
    const [sid, secret] = [`SK${'a'.repeat(32)}`, 'key-secret'];
    await asked({}, { apiKey: { sid, secret }, secrets: { apiKeySid: sid, apiKeySecret: secret } });
    expect(tested.twilio.made).toHaveLength(1);
    await open({ apiKey: { sid, secret }, secrets: { apiKeySid: sid, apiKeySecret: 'wrong' } });
    await expect(tested.carrier.send(outgoing(), KEY)).rejects.toBeInstanceOf(CarrierFault);
  });

  test.each([
    [{}, 'https://api.twilio.com'],
    [{ region: 'ie1', edge: 'dublin' }, 'https://api.dublin.ie1.twilio.com'],
    [{ baseUrl: 'https://twilio.proxy.example/v/' }, 'https://twilio.proxy.example/v'],
  ])('with %o asks at %s', async (settings, expected) => {
    await open();
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
    await open();
    tested.twilio.does(behaviour);
    const failed = tested.carrier.send(outgoing(), KEY);
    await expect(failed).rejects.toBeInstanceOf(kind);
    await expect(failed).rejects.toThrow(said);
    await expect(failed).rejects.not.toThrow(/repeat/);
  });

  test('that throttles says for how long', async () => {
    await open();
    tested.twilio.does('throttle');
    await expect(tested.carrier.send(outgoing(), KEY)).rejects.toMatchObject({ retryAfterMs: 2_000 });
  });
});

test('a carrier that is closed sends nothing any more', async () => {
  await open();
  await tested.carrier.close?.();
  await expect(tested.carrier.send(outgoing(), KEY)).rejects.toBeInstanceOf(CarrierUnavailable);
  expect(tested.twilio.asked).toEqual([]);
});

describe('a code that was typed', () => {
  test('is told to Twilio for each message, and for no call', async () => {
    await open();
    const { messageIds } = await tested.carrier.send(outgoing(), KEY);
    await tested.carrier.reportVerified?.([...messageIds, `CA${'0'.repeat(32)}`]);
    expect(tested.twilio.confirmed).toEqual(messageIds);
    expect(tested.twilio.asked.at(-1)?.form.get('Outcome')).toBe('confirmed');
  });
});
