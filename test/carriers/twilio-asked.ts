// What a Twilio carrier asked for, as a form, in tests that hold all of it against Twilio's description afterwards.
import { afterEach, expect } from 'vitest';
import type { OutgoingMessage } from '../../carriers/carrier.ts';
import { outgoing } from '../support/smpp-carrier.ts';
import { type TestedTwilio, type TwilioChanges, twilioCarrier } from '../support/twilio-carrier.ts';

export const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:2.3';

const opened: TestedTwilio[] = [];
afterEach(async () => {
  for (const { twilio } of opened.splice(0)) {
    // Whatever a test is about: nothing was asked that Twilio does not describe.
    expect(twilio.asked.flatMap(({ problems }) => problems)).toEqual([]);
    await twilio.stop();
  }
});

/** A carrier for one test. */
export async function open(changes: TwilioChanges = {}): Promise<TestedTwilio> {
  const tested = await twilioCarrier(changes);
  opened.push(tested);
  return tested;
}

/** Sends, and says what was asked for: a name that comes more than once has a list. */
export async function asked(message: Partial<OutgoingMessage> = {}, changes: TwilioChanges = {}) {
  const tested = await open(changes);
  await tested.carrier.send(outgoing(message), KEY);
  const [one] = tested.twilio.asked;
  const form = one?.form ?? new URLSearchParams();
  const all = [...new Set(form.keys())].map((name) => {
    const values = form.getAll(name);
    return [name, values.length > 1 ? values : values[0]];
  });
  return { ...tested, path: one?.path, form: Object.fromEntries(all) };
}
