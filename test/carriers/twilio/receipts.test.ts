// What Twilio reports of messages and calls: which state it is, for which id and which send of ours, and why.
import { describe, expect, test } from 'vitest';
import { parseReceipts } from '../../../carriers/receipt-parsers.ts';
import { tidyReceipt } from '../../../domain/receipt.ts';
import { requestOf, urls } from '../../support/twilio-carrier.ts';
import { signed } from './callbacks.ts';

const KEY = '6c5e3f57-4d3c-4f7b-9f2e-0d3f5a7b9c1d:send:1.2';
const [MESSAGE, CALL] = [`SM${'a1'.repeat(16)}`, `CA${'b2'.repeat(16)}`];
const authToken = 'token';
const accountSid = `AC${'0'.repeat(32)}`;

async function parsed(fields: Record<string, string>, settings: object = {}, url = urls.receipts(KEY)) {
  const body = new URLSearchParams({ AccountSid: accountSid, To: '+306948530920', From: '+12025550123', ...fields });
  const headers = { 'X-Twilio-Signature': signed(authToken, url, body) };
  const configuration = { settings: { accountSid, ...settings }, secrets: { authToken } };
  return await parseReceipts('twilio', requestOf(url, 'POST', headers, body), configuration);
}

describe('of a message', () => {
  test.each([
    ['delivered', undefined, 'delivered', undefined],
    ['read', undefined, 'delivered', undefined],
    ['undelivered', '30003', 'undelivered', '30003'],
    ['failed', '30007', 'undelivered', '30007'],
    ['failed', undefined, 'undelivered', 'FAILED'],
    ['canceled', '0', 'undelivered', 'CANCELED'],
    ['accepted', undefined, 'underway', 'ACCEPTED'],
    ['queued', undefined, 'underway', 'QUEUED'],
    ['sending', undefined, 'underway', 'SENDING'],
    ['sent', undefined, 'underway', 'SENT'],
    ['partially_delivered', undefined, 'underway', 'PARTIALLY_DELIVERED'],
    ['whatever comes next', undefined, 'underway', 'WHATEVER COMES NEXT'],
  ])('%s with the code %s is %s, because of %s', async (status, code, state, reason) => {
    const fields = { MessageSid: MESSAGE, MessageStatus: status, ...(code !== undefined && { ErrorCode: code }) };
    expect(await parsed(fields)).toEqual([
      { messageId: MESSAGE, reference: KEY, state, ...(reason !== undefined && { reason }) },
    ]);
  });

  test('in the words of older accounts is read, too', async () => {
    expect(await parsed({ SmsSid: MESSAGE, SmsStatus: 'delivered' })).toMatchObject([{ messageId: MESSAGE }]);
  });
});

describe('of a call', () => {
  test.each([
    [{ CallStatus: 'initiated' }, 'underway', 'INITIATED'],
    [{ CallStatus: 'ringing' }, 'underway', 'RINGING'],
    [{ CallStatus: 'in-progress' }, 'underway', 'IN_PROGRESS'],
    [{ CallStatus: 'busy' }, 'undelivered', 'BUSY'],
    [{ CallStatus: 'no-answer' }, 'undelivered', 'NO_ANSWER'],
    [{ CallStatus: 'canceled' }, 'undelivered', 'CANCELED'],
    [{ CallStatus: 'failed' }, 'undelivered', 'FAILED'],
    [{ CallStatus: 'failed', SipResponseCode: '404' }, 'undelivered', 'SIP_404'],
    [{ CallStatus: 'completed' }, 'undelivered', 'NO_KEY_PRESS'],
    [{ CallStatus: 'completed', AnsweredBy: 'machine_start' }, 'undelivered', 'MACHINE'],
  ])('%o is %s, because of %s', async (fields, state, reason) => {
    expect(await parsed({ CallSid: CALL, ...fields })).toEqual([{ messageId: CALL, reference: KEY, state, reason }]);
  });

  test.each([
    ['human', {}, 'delivered', undefined],
    ['unknown', {}, 'underway', 'ANSWERED_BY_UNKNOWN'],
    [undefined, {}, 'underway', 'ANSWERED_BY_UNKNOWN'],
    ['', {}, 'underway', 'ANSWERED_BY_UNKNOWN'],
    ['HUMAN?', {}, 'underway', 'ANSWERED_BY_UNKNOWN'],
    ['whatever comes next', {}, 'underway', 'ANSWERED_BY_UNKNOWN'],
    ['machine_end_silence', {}, 'undelivered', 'MACHINE'],
    ['fax', {}, 'undelivered', 'MACHINE'],
    [undefined, { machineDetection: false }, 'delivered', undefined],
    ['unknown', { machineDetection: false }, 'delivered', undefined],
    ['unknown', { machineDetection: true, voice: { keyPress: true } }, 'undelivered', 'NO_KEY_PRESS'],
    ['human', { machineDetection: true, voice: { keyPress: true } }, 'undelivered', 'NO_KEY_PRESS'],
  ])('answered by %s and over, where %o is set, is %s, because of %s', async (who, settings, state, reason) => {
    const fields = { CallSid: CALL, CallStatus: 'completed', ...(who !== undefined && { AnsweredBy: who }) };
    expect(await parsed(fields, { voice: { keyPress: false }, ...settings })).toEqual([
      { messageId: CALL, reference: KEY, state, ...(reason !== undefined && { reason }) },
    ]);
  });
});

test('every reason is a code that may be kept', async () => {
  for (const status of ['undelivered', 'partially_delivered', 'sent']) {
    const [receipt] = (await parsed({ MessageSid: MESSAGE, MessageStatus: status })) as never[];
    expect(tidyReceipt(receipt ?? expect.unreachable())).toEqual(receipt);
  }
});

test('without our reference, or with two, it is known by its id alone', async () => {
  const bare = 'https://verify.example.com/carriers/twilio/receipts/secret';
  const fields = { MessageSid: MESSAGE, MessageStatus: 'delivered' };
  expect(await parsed(fields, {}, bare)).toEqual([{ messageId: MESSAGE, state: 'delivered' }]);
});

test('what is signed and no report is none, and what is not signed is not genuine', async () => {
  expect(await parsed({ Body: 'Hello', MessageSid: MESSAGE })).toBeUndefined();
  expect(await parsed({ MessageStatus: 'delivered' })).toBeUndefined();
  const url = urls.receipts(KEY);
  const body = new URLSearchParams({ MessageSid: MESSAGE, MessageStatus: 'delivered' });
  const configuration = { settings: { accountSid }, secrets: { authToken } };
  const forged: Record<string, string>[] = [{}, { 'X-Twilio-Signature': signed('another', url, body) }];
  for (const headers of forged) {
    expect(await parseReceipts('twilio', requestOf(url, 'POST', headers, body), configuration)).toBe('notGenuine');
  }
  // Another send's report, sent again as if it were of this one.
  const other = { 'X-Twilio-Signature': signed(authToken, urls.receipts(`${KEY}1`), body) };
  expect(await parseReceipts('twilio', requestOf(url, 'POST', other, body), configuration)).toBe('notGenuine');
});
