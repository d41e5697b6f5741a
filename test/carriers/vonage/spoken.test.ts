// Calls as people hear them, word by word in three languages: asked for a key, the code twice, and again for another key, as
// Vonage goes through them.
import { describe, expect, test } from 'vitest';
import { KEY, placedCall, type Setup, speech, vonageSetup } from './setup.ts';

const ends = ({ listener }: Setup) => listener.receipts.filter(({ state }) => state !== 'underway');

describe('a call says, word by word', () => {
  test.each([
    [
      'el',
      'el-GR',
      'Ο κωδικός σας είναι 4, 8, 2, 9, 1, 5.',
      'Πατήστε οποιοδήποτε πλήκτρο για να ακούσετε τον κωδικό σας.',
      'Πατήστε οποιοδήποτε πλήκτρο για να τον ακούσετε ξανά.',
    ],
    [
      'en-GB',
      'en-GB',
      'Your code is 4, 8, 2, 9, 1, 5.',
      'Press any key to hear your code.',
      'Press any key to hear it again.',
    ],
    ['ar', 'ar', 'رمزك هو 4, 8, 2, 9, 1, 5.', 'اضغط على أي مفتاح لسماع الرمز.', 'اضغط على أي مفتاح لسماعه مرة أخرى.'],
  ])('in %s by the voice %s', async (language, voice, text, press, again) => {
    const made = await placedCall({}, { speech: { text, language } });
    await made.call.answer();
    expect(made.call.heard).toEqual([{ language: voice, text: press }]);
    expect(JSON.stringify(made.call.body)).not.toContain('4, 8, 2');
    await made.call.press('5');
    const once = [text, text, again].map((words) => ({ language: voice, text: words }));
    expect(made.call.heard.slice(1)).toEqual(once);
    await made.call.press('#');
    expect(made.call.heard.slice(4)).toEqual(once);
    await made.call.hangUp();
    expect(ends(made)).toEqual([
      { messageId: made.call.uuid, reference: KEY, state: 'delivered' },
      { messageId: made.call.uuid, reference: KEY, state: 'delivered' },
      { messageId: made.call.uuid, reference: KEY, state: 'undelivered', reason: 'NO_KEY_PRESS' },
    ]);
    expect([made.messageIds, made.listener.refused]).toEqual([[made.call.uuid], []]);
  });

  test('what an operator would rather say around the code, and in English what nobody gave words for', async () => {
    const prompts = { el: { press: 'Ένα πλήκτρο.', again: 'Ξανά;' } };
    const own = await placedCall({ settings: { voice: { prompts } } }, { speech: { ...speech, language: 'el-GR' } });
    await own.call.answer();
    await own.call.press('1');
    expect(own.call.heard.map(({ text }) => text)).toEqual(['Ένα πλήκτρο.', speech.text, speech.text, 'Ξανά;']);
    const other = await placedCall({}, { speech: { text: 'Kóðinn er 4, 8.', language: 'is' } });
    await other.call.answer();
    await other.call.press('1');
    expect(other.call.heard.map(({ language }) => language)).toEqual(['en-US', 'is-IS', 'is-IS', 'en-US']);
  });
});

describe('without a key', () => {
  test('nobody hears the code: it is asked for once more, then the call ends undelivered', async () => {
    const made = await placedCall();
    await made.call.answer();
    await made.call.waitInVain();
    expect(made.call.heard.map(({ text }) => text)).toEqual(Array(2).fill('Press any key to hear your code.'));
    await made.call.waitInVain();
    expect(made.call.waiting()).toBe(false);
    await made.call.hangUp();
    expect(made.call.heard).toHaveLength(2);
    expect(ends(made)).toEqual([
      { messageId: made.call.uuid, reference: KEY, state: 'undelivered', reason: 'NO_KEY_PRESS' },
    ]);
  });

  test('a key that comes at the second asking is in time', async () => {
    const made = await placedCall();
    await made.call.answer();
    await made.call.waitInVain();
    await made.call.press('0');
    expect(made.call.heard.filter(({ text }) => text === speech.text)).toHaveLength(2);
    expect(ends(made)).toMatchObject([{ state: 'delivered' }]);
  });

  test('where none is asked for, the code is said at once, and the ear of Vonage tells a person from a machine', async () => {
    const made = await placedCall({ settings: { voice: { keyPress: false } } });
    expect(made.call.body.ncco).toEqual(Array(2).fill({ action: 'talk', text: speech.text, language: 'en-US' }));
    await made.call.answer();
    await made.call.hangUp();
    expect(ends(made)).toEqual([{ messageId: made.call.uuid, reference: KEY, state: 'delivered' }]);
  });

  test('nor without that ear: whoever answered counts', async () => {
    const settings = { voice: { keyPress: false }, machineDetection: false };
    const made = await placedCall({ settings, reachable: true });
    expect(made.call.body).not.toHaveProperty('machine_detection');
    await made.call.answer();
    expect(ends(made)).toEqual([]);
    await made.call.hangUp();
    expect(ends(made)).toMatchObject([{ state: 'delivered' }]);
  });
});

describe('a call that is', () => {
  test('answered by a machine is undelivered, and stays so when it is over', async () => {
    const made = await placedCall({ settings: { machineDetection: true } });
    await made.call.machine();
    expect(ends(made).map(({ reason }) => reason)).toEqual(['MACHINE', 'NO_KEY_PRESS']);
    const atOnce = await placedCall({ settings: { voice: { keyPress: false } } });
    await atOnce.call.machine();
    expect(ends(atOnce).map(({ reason }) => reason)).toEqual(['MACHINE']);
  });

  test.each([
    ['busy', undefined, 'BUSY'],
    ['unanswered', 'unavailable', 'UNANSWERED:unavailable'],
    ['timeout', undefined, 'TIMEOUT'],
    ['rejected', 'declined', 'REJECTED:declined'],
    ['failed', 'number_out_of_service', 'FAILED:number_out_of_service'],
    ['cancelled', undefined, 'CANCELLED'],
  ])('%s (%s) is undelivered', async (status, detail, reason) => {
    const made = await placedCall();
    await made.call.fail(status, detail);
    expect(ends(made)).toEqual([{ messageId: made.call.uuid, reference: KEY, state: 'undelivered', reason }]);
  });

  test('over by the time a key is pressed says nothing of the code, and ends', async () => {
    const made = await placedCall();
    await made.call.answer();
    made.listener.over = true;
    await made.call.press('5');
    expect(made.call.heard.map(({ text }) => text)).toEqual(['Press any key to hear your code.']);
    expect([made.call.waiting(), ends(made)]).toEqual([false, []]);
  });

  test('heard for the fifth time offers no sixth, and ends', async () => {
    const made = await placedCall();
    await made.call.answer();
    for (let key = 1; key <= 5; key += 1) await made.call.press(String(key));
    const texts = made.call.heard.map(({ text }) => text);
    expect(texts.filter((text) => text === speech.text)).toHaveLength(10);
    expect(texts.filter((text) => text === 'Press any key to hear it again.')).toHaveLength(4);
    expect(made.call.waiting()).toBe(false);
  });

  test('asked for by somebody else says nothing', async () => {
    const made = await placedCall({ mock: { signatureSecret: 'of somebody else' } });
    await made.call.answer();
    const told = await made.call.press('5');
    expect([told.status, made.listener.receipts]).toEqual([401, []]);
    expect(made.call.heard).toHaveLength(1);
  });

  test('asked for in another form is no call', async () => {
    const { listener } = await vonageSetup({ secrets: { signatureSecret: undefined } });
    const url = listener.urls.call({ reference: KEY, speech, validUntil: Date.now() + 60_000 });
    for (const body of ['[]', '{}', '{"uuid":"u"}', '{"dtmf":{"digits":"1"}}', '7', 'null']) {
      expect((await fetch(url, { method: 'POST', body })).status).toBe(422);
    }
  });
});
