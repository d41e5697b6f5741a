// The server in Twilio's place refuses what Twilio does not describe; and its description says nothing that Twilio's own does not.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { OWN_DESCRIPTION, readDescription } from './twilio-description.ts';
import { startTwilio } from './twilio-mock.ts';
import { heard, readTwiml } from './twiml.ts';

const description = readDescription();
const account = `/2010-04-01/Accounts/AC${'0'.repeat(32)}`;
const asked = (method: string, path: string, fields: Record<string, string> = {}, query = '') => ({
  method,
  path: `${account}/${path}`,
  query: new URLSearchParams(query),
  form: new URLSearchParams(fields),
});
const sms = { To: '+306948530920', From: 'Twostep', Body: 'text' };
const call = { To: '+306948530920', From: '+12025550123', Twiml: '<Response/>' };

describe('a request as described has no problems', () => {
  test.each([
    asked('POST', 'Messages.json', sms),
    asked('POST', 'Messages.json', { ...sms, ValidityPeriod: '60', ProvideFeedback: 'true' }),
    asked('POST', 'Calls.json', call),
    asked('GET', 'Messages.json', {}, 'To=%2B306948530920&PageSize=100'),
  ])('%o', (one) => expect(description.problemsOf(one)).toEqual([]));
});

describe('a request that is not as described has a problem', () => {
  test.each([
    ['a path Twilio does not have', asked('POST', 'Message.json', sms)],
    ['a method it does not have', asked('PUT', 'Messages.json', sms)],
    ['an unknown field', asked('POST', 'Messages.json', { ...sms, Validity: '60' })],
    ['a field in other letters', asked('POST', 'Messages.json', { ...sms, validityPeriod: '60' })],
    ['a text for a number', asked('POST', 'Messages.json', { ...sms, ValidityPeriod: 'soon' })],
    ['a text for a yes or no', asked('POST', 'Messages.json', { ...sms, ProvideFeedback: 'perhaps' })],
    ['a word it does not have', asked('POST', 'Messages.json', { ...sms, ContentRetention: 'forget' })],
    ['an id of another kind', asked('POST', 'Messages.json', { ...sms, MessagingServiceSid: 'MG123' })],
    ['no recipient', asked('POST', 'Messages.json', { From: 'Twostep', Body: 'text' })],
    ['a recipient that is no number', asked('POST', 'Messages.json', { ...sms, To: '306948530920' })],
    ['no sender of any kind', asked('POST', 'Messages.json', { To: sms.To, Body: 'text' })],
    ['nothing to say', asked('POST', 'Calls.json', { To: call.To, From: call.From })],
    ['an unknown parameter', asked('GET', 'Messages.json', {}, 'Since=2026-01-01')],
    ['a page too large', asked('GET', 'Messages.json', {}, 'PageSize=1001')],
    ['feedback on a call', asked('POST', `Messages/CA${'0'.repeat(32)}/Feedback.json`, { Outcome: 'confirmed' })],
    ['feedback of another kind', asked('POST', `Messages/SM${'0'.repeat(32)}/Feedback.json`, { Outcome: 'verified' })],
  ])('%s', (_, one) => expect(description.problemsOf(one)).toHaveLength(1));
});

test('an answer that is not as described is none of Twilio’s', () => {
  const one = asked('POST', 'Messages.json', sms);
  expect(description.problemsOfAnswer(one, 201, { sid: `SM${'0'.repeat(32)}`, status: 'queued' })).toEqual([]);
  expect(description.problemsOfAnswer(one, 201, { sid: 'SM1', status: 'queued' })).toHaveLength(1);
  expect(description.problemsOfAnswer(one, 200, {})).toHaveLength(1);
});

test('the server refuses an undescribed request, wrong credentials and a life out of bounds, and makes nothing', async () => {
  const twilio = await startTwilio();
  const post = async (fields: Record<string, string>, password = twilio.authToken) => {
    const headers = { Authorization: `Basic ${Buffer.from(`${twilio.accountSid}:${password}`).toString('base64')}` };
    const url = `${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`;
    const got = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
    return [got.status, ((await got.json()) as { code?: number }).code];
  };
  expect(await post({ ...sms, Validity: '60' })).toEqual([400, 20001]);
  expect(await post(sms, 'wrong')).toEqual([401, 20003]);
  expect(await post({ ...sms, ValidityPeriod: '36001' })).toEqual([400, 21624]);
  expect(twilio.made).toEqual([]);
  expect(await post(sms)).toEqual([201, undefined]);
  expect(twilio.made).toHaveLength(1);
  await twilio.stop();
});

test.each([
  '<Response><Say>a</Response>',
  '<Response><Say>a & b</Say></Response>',
  '<Response><Say lang="en">a</Say></Response>',
  '<Response><Speak>a</Speak></Response>',
  '<Say>a</Say>',
  '<Response/><Response/>',
  '<Response>',
])('%s is no TwiML', (xml) => {
  expect(() => readTwiml(xml)).toThrow();
});

test('TwiML is heard as it is said', () => {
  const xml = '<Response><Gather><Say>press &amp; hear</Say></Gather><Pause length="1"/><Say>bye</Say></Response>';
  expect(heard(readTwiml(xml))).toEqual(['press & hear', 'bye']);
});

const official = process.env.TWILIO_OPENAPI;
test.skipIf(official === undefined)('what our description says, Twilio’s own says, too', () => {
  // biome-ignore lint/suspicious/noExplicitAny: documents are looked into by path.
  const read = (file: string): any => JSON.parse(readFileSync(file, 'utf8'));
  const [ours, theirs] = [read(OWN_DESCRIPTION), read(official ?? '')];
  const missing: string[] = [];
  // Descriptions in words, and formats that only say how a text is to be read, are not compared.
  const compare = (mine: unknown, other: unknown, at: string): void => {
    if (typeof mine !== 'object' || mine === null) {
      if (mine !== other) missing.push(`${at}: ${mine} is ${other}`);
      return;
    }
    for (const [key, value] of Object.entries(mine)) {
      if (key === 'description' || key === 'conditional') continue;
      const there = Array.isArray(other)
        ? other.find((each, index) => (each?.name ?? each) === (value?.name ?? value) || index === Number(key))
        : (other as Record<string, unknown> | undefined)?.[key];
      compare(value, there, `${at}/${key}`);
    }
  };
  const { info: _, ...told } = ours;
  compare(told, theirs, '');
  expect(missing).toEqual([]);
});
