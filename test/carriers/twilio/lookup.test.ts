// What a look-up says of a message or a call whose answer was lost: never that another's is ours, and never too early that none is.
import { afterEach, describe, expect, test } from 'vitest';
import type { SendInDoubt } from '../../../carriers/carrier.ts';
import { outgoing, RECIPIENT, TEXT } from '../../support/smpp-carrier.ts';
import { type TestedTwilio, type TwilioChanges, twilioCarrier } from '../../support/twilio-carrier.ts';

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1';
const MINUTE = 60_000;

let tested: TestedTwilio;
afterEach(async () => {
  expect(tested.twilio.asked.flatMap(({ problems }) => problems)).toEqual([]);
  await tested.twilio.stop();
});

const open = async (changes: TwilioChanges = {}) => {
  tested = await twilioCarrier(changes);
  return tested;
};
const ago = (ms: number) => new Date(Date.now() - ms);
const sms = { To: RECIPIENT, From: 'Twostep', Body: TEXT };
const call = { To: RECIPIENT, From: '+12025550123', Url: 'https://verify.example.com/' };

/** What is known of a send that was tried a minute ago, and of nothing else. */
const doubt = (changes: Partial<SendInDoubt> = {}): SendInDoubt => ({
  idempotencyKey: KEY,
  recipient: RECIPIENT,
  parts: 1,
  method: 'sms',
  text: TEXT,
  attempts: { first: Date.now() - MINUTE, last: Date.now() - MINUTE },
  others: async () => ({ messageIds: new Set(), inDoubt: false }),
  ...changes,
});
const others = (messageIds: readonly string[], inDoubt = false) => ({
  others: async () => ({ messageIds: new Set(messageIds), inDoubt }),
});
const asked = (changes: Partial<SendInDoubt> = {}) => tested.carrier.lookup?.(doubt(changes));

describe('a message', () => {
  test.each(['loseAnswer', 'drop', 'inside'] as const)('that Twilio made (%s) is found', async (behaviour) => {
    const { carrier, impatient, twilio } = await open();
    twilio.does(behaviour);
    await expect((behaviour === 'loseAnswer' ? impatient : carrier).send(outgoing(), KEY)).rejects.toMatchObject({
      name: 'CarrierOutcomeUnknown',
    });
    const [made] = twilio.made;
    expect(await asked({ attempts: { first: made?.createdAt.getTime() ?? 0, last: Date.now() } })).toEqual({
      messageIds: [made?.sid],
      parts: 1,
    });
  });

  test('that Twilio never had is not sent, once long enough nothing came of it', async () => {
    await open();
    expect(await asked()).toBe('notSent');
    const [{ query } = { query: new URLSearchParams() }] = tested.twilio.asked;
    expect(Object.fromEntries(query)).toEqual({ To: RECIPIENT, PageSize: '100' });
    expect(await asked({ attempts: { first: Date.now() - MINUTE, last: Date.now() - 14_000 } })).toBe('unknown');
    expect(await asked({ attempts: { first: Date.now() - MINUTE, last: Date.now() - 15_001 } })).toBe('notSent');
  });

  test('of the same text, known to be another send’s, is not ours', async () => {
    const { twilio } = await open();
    const anothers = twilio.add('message', sms, ago(50_000));
    expect(await asked(others([anothers.sid]))).toBe('notSent');
    const ours = twilio.add('message', sms, ago(40_000));
    expect(await asked(others([anothers.sid]))).toMatchObject({ messageIds: [ours.sid] });
  });

  test('of the same text is not surely ours while another send to this number is in doubt', async () => {
    const { twilio } = await open();
    twilio.add('message', sms, ago(50_000));
    expect(await asked(others([], true))).toBe('unknown');
  });

  test('is not surely ours where there are two, or where one says something else', async () => {
    const { twilio } = await open();
    const other = twilio.add('message', { ...sms, Body: `${TEXT}6` }, ago(50_000));
    expect(await asked()).toBe('unknown');
    expect(await asked(others([other.sid]))).toBe('notSent');
    twilio.add('message', sms, ago(40_000));
    expect(await asked()).toBe('unknown');
  });

  test('is not surely ours where nobody knows what we said', async () => {
    const { twilio } = await open();
    twilio.add('message', sms, ago(50_000));
    const { text: _, ...without } = doubt();
    expect(await tested.carrier.lookup?.(without)).toBe('unknown');
  });

  test('made before the first attempt, or to another number, is not ours', async () => {
    const { twilio } = await open();
    twilio.add('message', sms, ago(MINUTE + 32_000));
    twilio.add('message', { ...sms, To: '+306948530921' }, ago(50_000));
    expect(await asked()).toBe('notSent');
    // Its clock may be behind ours.
    const early = twilio.add('message', sms, ago(MINUTE + 28_000));
    expect(await asked()).toMatchObject({ messageIds: [early.sid] });
  });

  test('is found, or surely absent, over several pages, and not where there are too many', async () => {
    const { twilio } = await open();
    const ours = twilio.add('message', sms, ago(50_000));
    const known = Array.from({ length: 499 }, () => twilio.add('message', sms, ago(40_000)).sid);
    expect(await asked(others(known))).toMatchObject({ messageIds: [ours.sid] });
    expect(await asked(others([...known, ours.sid]))).toBe('notSent');
    expect(twilio.asked).toHaveLength(10);
    known.push(twilio.add('message', sms, ago(40_000)).sid);
    expect(await asked(others(known))).toBe('unknown');
  });

  test('is looked for among the others only after the list was read', async () => {
    const { twilio } = await open();
    const late: string[] = [];
    const seen: number[] = [];
    late.push(twilio.add('message', sms, ago(50_000)).sid);
    const reading = async () => {
      seen.push(twilio.asked.length);
      return { messageIds: new Set(late), inDoubt: false };
    };
    expect(await asked({ others: reading })).toBe('notSent');
    expect(seen).toEqual([1]);
  });
});

describe('without what makes it certain', () => {
  test('Twilio is not even asked', async () => {
    await open();
    const { attempts: _, ...unnoted } = doubt();
    const { method: __, ...old } = doubt();
    const { others: ___, ...alone } = doubt();
    for (const each of [unnoted, old, alone]) expect(await tested.carrier.lookup?.(each)).toBe('unknown');
    expect(tested.twilio.asked).toEqual([]);
  });

  test('nor where it obfuscates numbers', async () => {
    await open({ settings: { addressRetention: 'obfuscate' } });
    expect(await asked()).toBe('unknown');
    expect(tested.twilio.asked).toEqual([]);
  });
});

describe('a call', () => {
  const voice = { method: 'voice', text: undefined } as const;

  test('that Twilio never had is not sent', async () => {
    const { twilio } = await open();
    const anothers = twilio.add('call', call, ago(50_000));
    expect(await asked({ ...voice, ...others([anothers.sid]) })).toBe('notSent');
    expect(twilio.asked[0]?.path).toMatch(/\/Calls\.json$/);
  });

  test('that may be ours stays unknown: it says nothing by which to tell it from others of the account', async () => {
    const { twilio } = await open();
    twilio.add('call', call, ago(50_000));
    expect(await asked(voice)).toBe('unknown');
  });
});

test('a question that is refused is a failure, and says nothing of the message', async () => {
  await open({ secrets: { authToken: 'wrong' } });
  await expect(asked()).rejects.toMatchObject({ name: 'CarrierFault' });
});
