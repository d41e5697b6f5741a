// What is heard in a call by Twilio, word by word: before a key is pressed, after it, again, and by a mailbox.
import { afterEach, describe, expect, test } from 'vitest';
import { outgoing } from '../../support/smpp-carrier.ts';
import { type TestedTwilio, type TwilioChanges, twilioCarrier } from '../../support/twilio-carrier.ts';
import { heard, readTwiml, type Verb } from './twiml.ts';

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1';
const DIGITS = '4, 8, 2, 9, 1, 5';

let tested: TestedTwilio;
afterEach(async () => {
  expect(tested.twilio.asked.flatMap(({ problems }) => problems)).toEqual([]);
  await tested.twilio.stop();
});

/** Calls, and returns the id. */
async function called(text: string, language: string, changes: TwilioChanges = {}): Promise<string> {
  tested = await twilioCarrier(changes);
  const message = outgoing({ method: 'voice', text: 'not said', speech: { text, language } });
  const { messageIds } = await tested.carrier.send(message, KEY);
  return messageIds[0] ?? '';
}

const voicesOf = (verbs: readonly Verb[]): string[] =>
  verbs.flatMap(({ name, attributes, verbs: nested }) =>
    name === 'Say' ? [`${attributes.language} ${attributes.voice}`] : voicesOf(nested),
  );

describe.each([
  {
    language: 'en',
    voice: 'en-US Google.en-US-Standard-C',
    code: `Your code is ${DIGITS}.`,
    press: 'Press any key to hear your code.',
    again: 'Press any key to hear it again.',
  },
  {
    language: 'el-GR',
    voice: 'el-GR Google.el-GR-Standard-B',
    code: `Ο κωδικός σας είναι ${DIGITS}.`,
    press: 'Πατήστε οποιοδήποτε πλήκτρο για να ακούσετε τον κωδικό σας.',
    again: 'Πατήστε οποιοδήποτε πλήκτρο για να τον ακούσετε ξανά.',
  },
  {
    language: 'ar',
    voice: 'ar-XA Google.ar-XA-Standard-A',
    code: `رمزك هو ${DIGITS}.`,
    press: 'اضغط على أي مفتاح لسماع الرمز.',
    again: 'اضغط على أي مفتاح لسماعه مرة أخرى.',
  },
])('a call in $language', ({ language, voice, code, press, again }) => {
  test('asks for a key, twice, and says nothing of the code; then it hangs up', async () => {
    const verbs = await answered(await called(code, language));
    expect(heard(verbs)).toEqual([press, press]);
    expect(JSON.stringify(verbs)).not.toContain(DIGITS);
    expect(new Set(voicesOf(verbs))).toEqual(new Set([voice]));
    expect(verbs.map(({ name }) => name)).toEqual(['Gather', 'Hangup']);
    expect(verbs[0]?.attributes).toMatchObject({ input: 'dtmf', numDigits: '1', finishOnKey: '', method: 'POST' });
  });

  test('says the code twice after a key, and again after each further one', async () => {
    const sid = await called(code, language);
    for (const key of ['1', '#', '*']) {
      const verbs = await tested.twilio.press(sid, key);
      expect(heard(verbs)).toEqual([code, code, again]);
      expect(new Set(voicesOf(verbs))).toEqual(new Set([voice]));
      expect(verbs.map(({ name }) => name)).toEqual(['Say', 'Pause', 'Say', 'Gather', 'Hangup']);
    }
    const delivered = { messageId: sid, reference: KEY, state: 'delivered' };
    expect(tested.receipts).toEqual([delivered, delivered, delivered]);
  });

  async function answered(sid: string) {
    return await tested.twilio.answer(sid);
  }
});

describe('a call', () => {
  test('in the words of the operator, and by the voice of the operator', async () => {
    const settings = {
      voice: { prompts: { el: { press: 'Πατήστε κάτι.', again: 'Ξανά;' } } },
      voices: { el: { language: 'el-GR', voice: 'Google.el-GR-Wavenet-B' } },
    };
    const sid = await called('Κωδικός 1, 2', 'el-GR', { settings });
    const asked = await tested.twilio.answer(sid);
    expect([heard(asked), voicesOf(asked)[0]]).toEqual([
      ['Πατήστε κάτι.', 'Πατήστε κάτι.'],
      'el-GR Google.el-GR-Wavenet-B',
    ]);
    expect(heard(await tested.twilio.press(sid))).toEqual(['Κωδικός 1, 2', 'Κωδικός 1, 2', 'Ξανά;']);
  });

  test('in a language without words of ours asks in English, by an English voice, and says the code in its own', async () => {
    const sid = await called('Kodas 1, 2', 'lv');
    const asked = await tested.twilio.answer(sid);
    expect(heard(asked)[0]).toBe('Press any key to hear your code.');
    expect(voicesOf(asked)[0]).toMatch(/^en-US /);
    expect(voicesOf(await tested.twilio.press(sid))).toEqual([
      'lv-LV Google.lv-LV-Standard-B',
      'lv-LV Google.lv-LV-Standard-B',
      'en-US Google.en-US-Standard-C',
    ]);
  });

  test('says what has a meaning in XML as it is, and nothing that XML cannot hold', async () => {
    const text = `Tom & Jerry's <code> "4, 2" \u{1F511}\u0007\ud83d`;
    const sid = await called(text, 'en');
    const said = `Tom & Jerry's <code> "4, 2" \u{1F511}`;
    expect(heard(await tested.twilio.press(sid)).slice(0, 2)).toEqual([said, said]);
  });

  test('heard for the fifth time offers no sixth, and hangs up', async () => {
    const sid = await called(`Code ${DIGITS}`, 'en');
    for (let key = 1; key <= 4; key += 1) expect(heard(await tested.twilio.press(sid))).toHaveLength(3);
    const last = await tested.twilio.press(sid);
    expect(heard(last)).toEqual([`Code ${DIGITS}`, `Code ${DIGITS}`]);
    expect(last.map(({ name }) => name)).toEqual(['Say', 'Pause', 'Say', 'Hangup']);
  });

  test('whose verification is over says nothing and hangs up, and a key is no receipt then', async () => {
    const sid = await called(`Code ${DIGITS}`, 'en');
    tested.over = true;
    expect(await tested.twilio.press(sid)).toEqual(readTwiml('<Response><Hangup/></Response>'));
    expect(tested.receipts).toEqual([]);
  });

  test('that was ended without a key was not delivered; one with a key was, whatever comes after it', async () => {
    const [silent] = [await called(`Code ${DIGITS}`, 'en')];
    await tested.twilio.report(silent, { CallStatus: 'completed', CallDuration: '14' });
    expect(tested.receipts).toEqual([
      { messageId: silent, reference: KEY, state: 'undelivered', reason: 'NO_KEY_PRESS' },
    ]);
  });
});

describe('a call that asks for no key', () => {
  const settings = { voice: { keyPress: false } };

  test('says the code twice to a person, and offers nothing more', async () => {
    const sid = await called(`Code ${DIGITS}`, 'en', { settings });
    expect(heard(await tested.twilio.answer(sid, 'human'))).toEqual([`Code ${DIGITS}`, `Code ${DIGITS}`]);
    const delivered = { messageId: sid, reference: KEY, state: 'delivered' };
    expect(tested.receipts).toEqual([delivered]);
    await tested.twilio.report(sid, { CallStatus: 'completed', AnsweredBy: 'human' });
    expect(tested.receipts).toEqual([delivered, delivered]);
  });

  test.each(['machine_start', 'machine_end_beep', 'fax'])(
    'says nothing to a mailbox (%s), and tells that at once',
    async (who) => {
      const sid = await called(`Code ${DIGITS}`, 'en', { settings });
      expect(heard(await tested.twilio.answer(sid, who))).toEqual([]);
      const undelivered = { messageId: sid, reference: KEY, state: 'undelivered', reason: 'MACHINE' };
      expect(tested.receipts).toEqual([undelivered]);
      await tested.twilio.report(sid, { CallStatus: 'completed', AnsweredBy: who });
      expect(tested.receipts).toEqual([undelivered, undelivered]);
    },
  );

  test('says it to whoever cannot be told, and to everybody where nobody looks', async () => {
    const sid = await called(`Code ${DIGITS}`, 'en', { settings });
    expect(heard(await tested.twilio.answer(sid, 'unknown'))).toHaveLength(2);
    await tested.twilio.report(sid, { CallStatus: 'completed', AnsweredBy: 'unknown' });
    expect(tested.receipts).toMatchObject([{ messageId: sid, state: 'underway', reason: 'ANSWERED_BY_UNKNOWN' }]);
    await tested.twilio.stop();
    const inline = await called(`Code ${DIGITS}`, 'en', { settings: { ...settings, machineDetection: false } });
    expect(heard(await tested.twilio.answer(inline))).toEqual([`Code ${DIGITS}`, `Code ${DIGITS}`]);
  });
});

test('a call made before a key was asked for asks for one now', async () => {
  const sid = await called(`Code ${DIGITS}`, 'en', { settings: { voice: { keyPress: true } } });
  // As Twilio asks where it was given a URL to ask at.
  const { form } = tested.twilio.made[0] ?? expect.unreachable();
  const action = readTwiml(form.get('Twiml') ?? '')[0]?.attributes.action ?? '';
  form.set('Url', action);
  expect(heard(await tested.twilio.answer(sid))[0]).toBe('Press any key to hear your code.');
  expect(heard(await tested.twilio.press(sid))[0]).toBe(`Code ${DIGITS}`);
});
