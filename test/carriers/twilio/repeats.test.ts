// What Twilio is asked to repeat: the fragment behind every URL of ours that it calls, which no signature may fail for.
import { describe, expect, test } from 'vitest';
import { callFields } from '../../../carriers/twilio/call.ts';
import { twilioSettings } from '../../../carriers/twilio/settings.ts';
import { isTwilios, twilioSignature } from '../../../carriers/twilio/signature.ts';
import { smsFields } from '../../../carriers/twilio/sms.ts';
import { carrierRequest } from '../../support/carrier-request.ts';

const urls = {
  receipts: (key: string) => `https://verify.example.com/carriers/twilio/receipts/abc?reference=${key}`,
  call: () => 'https://verify.example.com/carriers/twilio/calls/abc?round=1',
};
const message = {
  ...{ trackingId: 't', accountId: 'a', recipient: '+12025550123', originator: '+12025550199', method: 'sms' as const },
  ...{ text: 'code', parts: 1, validForSeconds: 60, attempt: 1 },
};
const settings = (more: object = {}) => twilioSettings.parse({ accountSid: `AC${'0'.repeat(32)}`, ...more });
const field = (fields: ReturnType<typeof smsFields>, name: string) => fields.find(([each]) => each === name)?.[1] ?? '';

describe('Twilio is asked to try again on 5xx, no connection and no answer', () => {
  const noKey = settings({ voice: { keyPress: false } });
  const call = { ...message, method: 'voice' as const, speech: { text: 'code', language: 'en' } };
  test.each<[string, string]>([
    ['the report of an SMS', field(smsFields(message, 'k', settings(), urls), 'StatusCallback')],
    [
      'the report of an SMS by a service',
      field(smsFields(message, 'k', settings({ messagingServiceSid: `MG${'0'.repeat(32)}` }), urls), 'StatusCallback'),
    ],
    ['the report of a call', field(callFields(call, 'k', settings(), urls), 'StatusCallback')],
    ['the report of a call without a key', field(callFields(call, 'k', noKey, urls), 'StatusCallback')],
    ['what to say in a call', field(callFields(call, 'k', noKey, urls), 'Url')],
  ])('%s', (_, url) => {
    const { hash, origin } = new URL(url);
    const overrides = new URLSearchParams(hash.slice(1));
    expect(origin).toBe('https://verify.example.com');
    expect([overrides.get('rc'), overrides.get('rp')?.split(',').sort()]).toEqual(['5', ['5xx', 'ct', 'rt']]);
    // A query stays a query.
    expect(url.indexOf('#')).toBeGreaterThan(url.indexOf('?'));
  });

  test('and nothing where it has no address of ours', () => {
    expect(field(smsFields(message, 'k', settings(), undefined), 'StatusCallback')).toBe('');
  });
});

test.each(['', '#rc=5&rp=5xx,ct,rt'])(
  'a report is genuine whether its signature counts the fragment or not: %j',
  (fragment) => {
    const url = urls.receipts('k');
    const body = { MessageSid: 'SM1', MessageStatus: 'delivered' };
    const signature = twilioSignature('token', `${url}${fragment}`, body);
    const request = carrierRequest({ url, body, headers: { 'x-twilio-signature': signature } });
    expect(isTwilios(request, { authToken: 'token' })).toBe(true);
    expect(isTwilios(request, { authToken: 'other' })).toBe(false);
  },
);
