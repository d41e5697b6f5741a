// Calls as Vonage is asked for them: who calls whom, for how long, and when none is made at all.
import { describe, expect, test } from 'vitest';
import type { OutgoingMessage } from '../../carriers/carrier.ts';
import { callMessage, KEY, placedCall, type SetupChanges, vonageSetup } from './vonage-setup.ts';

describe('Vonage is asked to', () => {
  test('call a number from a number, tell what happens, and not ring or talk for ever', async () => {
    const { call: made, listener } = await placedCall({}, { validForSeconds: 120 });
    expect(made.body).toMatchObject({
      to: [{ type: 'phone', number: '306948530920' }],
      from: { type: 'phone', number: '306900000000' },
      event_url: [listener.urls.receipts(KEY)],
      event_method: 'POST',
      ringing_timer: 30,
      length_timer: 120,
    });
    expect(made.body).not.toHaveProperty('machine_detection');
    expect(JSON.stringify(made.body)).not.toContain('record');
  });

  test.each([
    ['a key is asked for and the settings want it', { machineDetection: true }],
    ['none is asked for', { voice: { keyPress: false } }],
  ])('hang up on machines where %s', async (_, settings) => {
    expect((await placedCall({ settings })).call.body.machine_detection).toBe('hangup');
  });

  test('ring no longer than the code lives', async () => {
    const { call: made } = await placedCall({ settings: { voice: { ringSeconds: 60 } } }, { validForSeconds: 12 });
    expect(made.body.ringing_timer).toBe(12);
  });

  test.each([
    ['a number of the settings where the sender is none', { callerId: '+442079460000' }, 'Twostep'],
    ['the number of the sender all the same', { callerId: '+442079460001' }, '+442079460000'],
  ])('call from %s', async (_, settings, originator) => {
    const { call: made } = await placedCall({ settings }, { originator });
    expect(made.body.from).toEqual({ type: 'phone', number: '442079460000' });
  });

  test('call from any of its numbers where there is no better one', async () => {
    const { call: made } = await placedCall({}, { originator: 'Twostep' });
    expect(made.body).toMatchObject({ random_from_number: true });
    expect(made.body).not.toHaveProperty('from');
  });
});

describe('no call is made', () => {
  const refusal = async (message: Partial<OutgoingMessage>, changes: SetupChanges = {}) => {
    const { mock, send } = await vonageSetup(changes);
    const error = await send({ ...callMessage, ...message }).catch((thrown: unknown) => thrown);
    expect(mock.calls).toEqual([]);
    return error;
  };

  test('in a language no voice speaks', async () => {
    expect(await refusal({ speech: { text: 'Nambari yako', language: 'sw' } })).toMatchObject({
      name: 'CarrierRejected',
      message: 'Vonage has no voice for the language sw',
    });
  });

  test('for a text no call says', async () => {
    expect(await refusal({ speech: { text: 'a'.repeat(1_501), language: 'en' } })).toMatchObject({
      name: 'CarrierRejected',
    });
  });

  test('by an account without an application', async () => {
    const settings = { applicationId: undefined };
    expect(await refusal({}, { settings, secrets: { privateKey: undefined } })).toMatchObject({
      name: 'CarrierRejected',
    });
  });

  test('that waits for a key where nobody could ask what to say: the carrier’s fault, which says what to set', async () => {
    expect(await refusal({}, { reachable: false })).toMatchObject({
      name: 'CarrierFault',
      message: expect.stringContaining('PUBLIC_URL'),
    });
  });

  test('but is where it waits for none', async () => {
    const settings = { voice: { keyPress: false } };
    const { call: made } = await placedCall({ settings, reachable: false });
    expect(made.body).not.toHaveProperty('event_url');
  });
});
