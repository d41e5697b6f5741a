// CONTRACT "Start", template and arguments: which template is taken, what its placeholders become, what is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let app: TestApp;
let api: ApiClient;

beforeAll(async () => {
  stack = await createStack();
  [app] = await Promise.all([startApp(stack), stack.startWorker()]);
  api = app.client(await stack.addApplication());
});
afterAll(async () => {
  await app?.close();
  await stack?.stop();
});

const invalidTemplate = (template: string) => ({
  code: '400011001',
  developerMessage: 'Invalid message template.',
  properties: { template },
});
const noPin = 'must contain @@pin, the place of the code';
const tooMany = (parts: number) => `takes ${parts} parts; this application allows 4`;
const recipient = '+306948530920';

/** The text that reached the phone, its code replaced by `#`. */
async function textOf(fields: Record<string, unknown>, client = api): Promise<string> {
  const trackingId = await client.open({ recipient, ...fields });
  const [message] = await client.delivered(trackingId, String(fields.recipient ?? recipient));
  return (message?.text ?? '').replaceAll(/(?<!\d)\d{6}(?!\d)/g, '#');
}

describe('the template in force', () => {
  let translated: ApiClient;
  beforeAll(async () => {
    const translations = { GR: { sms: 'el @@pin' }, DE: { sms: 'de @@pin' }, FR: { sms: 'fr @@pin' } };
    translated = app.client(await stack.addApplication({ settings: { translations, defaultTemplate: 'usual @@pin' } }));
  });

  test.each([
    ["the request's own", { template: 'own @@pin', country: 'DE' }, 'own #'],
    ["the translation for country before the recipient's", { country: 'DE' }, 'de #'],
    ['in any case', { country: 'de' }, 'de #'],
    ['by the older name templateCountry', { templateCountry: 'fR' }, 'fr #'],
    ['by country before templateCountry', { country: 'DE', templateCountry: 'FR' }, 'de #'],
    ["the recipient's where country has none", { country: 'JP' }, 'el #'],
    ["the recipient's without country", { country: null, template: '' }, 'el #'],
    ['the default where the recipient has none either', { recipient: '+12025550199', country: 'JP' }, 'usual #'],
  ])('is %s', async (_, fields, text) => {
    expect(await textOf(fields, translated)).toBe(text);
  });

  test('is never inherited: a country named like a property is no translation', async () => {
    const { body } = await translated.start({ country: 'constructor' });
    expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['country']]);
  });
});

describe('a placeholder', () => {
  test.each<[string, string, unknown, string]>([
    ['becomes its value', 'Hi @@name: @@pin', { name: 'Ada' }, 'Hi Ada: #'],
    ['takes a number', '@@a/@@b/@@pin', { a: 4.25, b: 0 }, '4.25/0/#'],
    ['without a value stays as it is', '@@a @@b @@pin', { a: null, b: '' }, '@@a @@b #'],
    ['may be the code more than once', '@@pin @@pin', {}, '# #'],
    ['takes the longest name', '@@pincode @@pin @@pin2', { pincode: 'x' }, 'x # @@pin2'],
    [
      'ends where a Chinese letter begins',
      '您的验证码@@pin请勿告诉他人@@name你',
      { name: '安' },
      '您的验证码#请勿告诉他人安你',
    ],
    ['is never scanned again', '@@a @@b @@pin', { a: '@@pin', b: '@@a' }, '@@pin @@a #'],
    ['cannot be made of a value and text', '@@a@@b @@pin', { a: '@', b: '@pin' }, '@@pin #'],
    ['is never taken from the argument pin', '@@pin', { pin: '000' }, '#'],
    ['is never inherited', '@@constructor @@toString @@pin', {}, '@@constructor @@toString #'],
    ['may be named like what is inherited', '@@constructor @@pin', { constructor: 'x' }, 'x #'],
    ['carries emoji', '@@who @@pin', { who: '👩‍🚀🇬🇷' }, '👩‍🚀🇬🇷 #'],
    ['keeps replacement patterns of other tools', '@@a @@pin', { a: '$& $1 %s {0}' }, '$& $1 %s {0} #'],
    ['takes arguments as JSON text', '@@a @@pin', '{"a": "x", "pin": 5}', 'x #'],
  ])('%s', async (_, template, args, text) => {
    expect(await textOf({ template, arguments: args })).toBe(text);
  });

  test('may be named __proto__, in an object and in JSON text', async () => {
    const args = '{"__proto__": "x"}';
    const headers = { 'Content-Type': 'application/json' };
    for (const sent of [args, JSON.stringify(args)]) {
      const body = `{"method": "sms", "recipient": "${recipient}", "template": "@@__proto__ @@pin", "arguments": ${sent}}`;
      const answer = await api.request('POST', '/2step', { headers, body });
      expect(answer.status).toBe(200);
      const [message] = await api.delivered(answer.body.trackingId);
      expect(message?.text).toMatch(/^x \d{6}$/);
    }
  });

  test('can be filled fifty times, with a hundred characters each; a fifty-first is refused', async () => {
    const roomy = app.client(await stack.addApplication({ settings: { maxParts: 50 } }));
    const named = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, `${i}`.padEnd(100, 'x')]));
    const template = `${Object.keys(named(50))
      .map((name) => `@@${name}`)
      .join(' ')} @@pin`;
    expect(await textOf({ template, arguments: { ...named(50), pin: 'ignored' } }, roomy)).toBe(
      `${Object.values(named(50)).join(' ')} #`,
    );
    const { body } = await roomy.start({ template, arguments: named(51) });
    expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['arguments']]);
  });
});

test('bad arguments are 400005000, each named by arguments.<name>, their values never quoted', async () => {
  const bad = { long: 'secret'.padEnd(101, 'x'), nested: { secret: 1 }, list: ['secret'], yes: true, line: 'secret\n' };
  for (const sent of [{ ...bad, fine: 'x' }, JSON.stringify({ ...bad, fine: 'x' })]) {
    const { status, body } = await api.start({ arguments: sent });
    expect(body).toStrictEqual({
      code: '400005000',
      developerMessage: 'Sms contains invalid data.',
      properties: Object.fromEntries(Object.keys(bad).map((name) => [`arguments.${name}`, expect.any(String)])),
    });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain('secret');
  }
});

describe('a template', () => {
  test.each([
    ['has no place for the code', 'Your code', noPin],
    ['has only a longer name', 'Your code is @@pincode @@pin_ @@pin1', noPin],
    ['has it in another case', '@@PIN @@Pin', noPin],
    ['has one @ only', '@pin', noPin],
    ['has five parts', `${'x'.repeat(607)}@@pin`, tooMany(5)],
    ['has five parts in UCS-2', `${'я'.repeat(263)}@@pin`, tooMany(5)],
    ['has five parts by its last extension character', `${'x'.repeat(605)}@@pin€`, tooMany(5)],
    ['has 15 parts of emoji', `${'😀'.repeat(490)}@@pin`, tooMany(15)],
    ['is blank', ' ', noPin],
  ])('that %s is 400011001, which says so', async (_, template, why) => {
    const { status, body } = await api.start({ template });
    expect(body).toStrictEqual(invalidTemplate(why));
    expect(status).toBe(400);
  });

  test('that its arguments make too long is 400011001, and one that lacks the code in spite of them', async () => {
    const args = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, 'x'.repeat(100)]));
    const template = `${Object.keys(args)
      .map((name) => `@@${name}`)
      .join('')}@@pin`;
    expect((await api.start({ template, arguments: args })).body).toStrictEqual(invalidTemplate(tooMany(5)));
    expect((await api.start({ template: '@@a', arguments: { a: '@@pin' } })).body).toStrictEqual(
      invalidTemplate(noPin),
    );
  });

  test('may fill four parts to the last character, counted with the code, each part charged', async () => {
    const before = await api.balance();
    // 4 parts of 153, 6 of them the code.
    expect(await textOf({ template: `${'x'.repeat(606)}@@pin` })).toBe(`${'x'.repeat(606)}#`);
    expect(before - (await api.balance())).toBeCloseTo(4 * 0.045, 6);
  });

  test('may have 1,000 characters but not 1,001, and by voice is one part however long', async () => {
    const template = `${'x'.repeat(995)}@@pin`;
    const before = await api.balance();
    expect(await textOf({ method: 'voice', template })).toBe(`${'x'.repeat(995)}#`);
    expect(before - (await api.balance())).toBeCloseTo(0.055, 6);
    const { body } = await api.start({ method: 'voice', template: `x${template}` });
    expect([body.code, Object.keys(body.properties)]).toEqual(['400005000', ['template']]);
    expect((await api.start({ template })).body).toStrictEqual(invalidTemplate(tooMany(7)));
  });

  test('of a call with its values has 1,600 characters at most, emoji as one; more is 400011001, not charged', async () => {
    const before = await api.balance();
    const spoken = {
      method: 'voice',
      template: `@@pin${'@@a'.repeat(15)}@@b`,
      arguments: { a: '😀'.repeat(100), b: 'b'.repeat(95) },
    };
    expect((await api.start(spoken)).body).toStrictEqual(
      invalidTemplate('has 1601 characters with its values; a call says 1600 at most'),
    );
    expect(await api.balance()).toBe(before);
    expect(await textOf({ ...spoken, arguments: { ...spoken.arguments, b: 'b'.repeat(94) } })).toHaveLength(1 + 3_094);
  });

  test('of two parts by its UTF-16 units is charged twice, whatever a reader sees as one character', async () => {
    const before = await api.balance();
    await api.start({ template: `${'ก'.repeat(66)}ที่${'ก'.repeat(59)}@@pin` });
    expect(before - (await api.balance())).toBeCloseTo(2 * 0.045, 6);
  });

  test('is sent as given: nothing is trimmed or normalised', async () => {
    const template = ' e\u0301 \t“@@pin”\r\n€ ';
    expect(await textOf({ template })).toBe(template.replace('@@pin', '#'));
  });
});
