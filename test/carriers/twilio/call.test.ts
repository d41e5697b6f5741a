// What Twilio is asked for a call, with every option.
import { describe, expect, test } from 'vitest';
import { CarrierRejected } from '../../../carriers/carrier.ts';
import { outgoing, RECIPIENT } from '../../support/smpp-carrier.ts';
import { CALLER, urls } from '../../support/twilio-carrier.ts';
import { asked, KEY, open } from './asked.ts';

const speech = { text: 'Your code: 4, 8, 2, 9, 1, 5', language: 'en' };

describe('a call', () => {
  const voice = { method: 'voice', speech } as const;

  test('asks for a key, is never recorded, rings and lasts within bounds, and reports its beginning and its end', async () => {
    const { path, form, twilio } = await asked(voice);
    expect(path).toBe(`/2010-04-01/Accounts/${twilio.accountSid}/Calls.json`);
    expect(form).toEqual({
      To: RECIPIENT,
      From: CALLER,
      Twiml: expect.stringContaining('<Gather'),
      Record: 'false',
      Timeout: '30',
      TimeLimit: '120',
      StatusCallback: `${urls.receipts(KEY)}#rc=5&rp=5xx,ct,rt`,
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

  test('without a key press and without detection says the code at once', async () => {
    const silent = { voice: { keyPress: false }, machineDetection: false };
    const { form } = await asked(voice, { settings: silent });
    expect([form.MachineDetection, form.Url]).toEqual([undefined, undefined]);
    expect(form.Twiml).toContain('4, 8, 2, 9, 1, 5');
    const unreachable = await asked(voice, { settings: silent, urls: undefined });
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
    const { carrier, twilio } = await open({ settings: { callerId: undefined } });
    await expect(carrier.send(outgoing(voice), KEY)).rejects.toThrow(/set callerId/);
    const strange = { ...voice, originator: '12025550199', speech: { ...speech, language: 'mt' } };
    await expect(carrier.send(outgoing(strange), KEY)).rejects.toThrow(/no mt: name who does in the setting `voices`/);
    expect(twilio.asked).toEqual([]);
  });

  test.each([
    ['a key press', {}],
    ['detection alone', { voice: { keyPress: false } }],
  ])(
    'with %s is CarrierRejected where Twilio cannot reach us: no mailbox hears a code, and SMS go on',
    async (_, settings) => {
      const { carrier, twilio } = await open({ settings, urls: undefined });
      const failed = carrier.send(outgoing(voice), KEY);
      await expect(failed).rejects.toBeInstanceOf(CarrierRejected);
      await expect(failed).rejects.toThrow(/needs PUBLIC_URL/);
      expect(twilio.asked).toEqual([]);
    },
  );

  test('with more to say than Twilio takes is CarrierRejected', async () => {
    const settings = { voice: { keyPress: false }, machineDetection: false };
    const { carrier } = await open({ settings });
    const long = { ...voice, speech: { text: 'word '.repeat(500), language: 'en' } };
    const failed = carrier.send(outgoing(long), KEY);
    await expect(failed).rejects.toBeInstanceOf(CarrierRejected);
    await expect(failed).rejects.toThrow(/too long for a call/);
  });
});
