// Whether a request is Twilio's: by the examples Twilio publishes, and whatever is changed about a signed one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTwilios, twilioSignature } from '../../carriers/twilio-signature.ts';
import { carrierRequest } from '../support/carrier-request.ts';
import { signed } from './twilio-callbacks.ts';

type Form = Record<string, string | string[]>;

const asked = (url: string, body: Form | undefined, signature: string, method = 'POST') =>
  carrierRequest({ method, url, body, headers: { 'x-twilio-signature': signature } });
const isGenuine = (authToken: string, url: string, form: Form | undefined, signature: string, method = 'POST') =>
  isTwilios(asked(url, form, signature, method), { authToken });

/** Of the guide at www.twilio.com/docs/usage/security and the tests of twilio-python, twilio-php and twilio-csharp. */
const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const token = '12345';
const form = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};

describe('the examples of Twilio', () => {
  test('in its guide and its SDKs', () => {
    expect(isGenuine(token, url, form, 'RSOYDt4T1cUTdK1PDd93/VVr8B8=')).toBe(true);
  });

  test('with a name that comes more than once (twilio-python, test_request_validator.py)', () => {
    const repeated = { Sid: 'CA123', SidAccount: 'AC123', Digits: ['5678', '1234', '1234'] };
    expect(isGenuine(token, url, repeated, 'IK+Dwps556ElfBT0I3Rgjkr1wJU=')).toBe(true);
  });

  test('with capital letters in the host (twilio-csharp, RequestValidatorTest.cs)', () => {
    const capitals = 'https://MyCompany.com/myapp.php?foo=1&bar=2';
    expect(isGenuine(token, capitals, form, 'g9IN/x4Cft2g517EjYvEvM/W7LU=')).toBe(true);
  });

  test('of a call that comes in (twilio-python, test_validation.py)', () => {
    const called = {
      AccountSid: 'AC9a9f9392lad99kla0sklakjs90j092j3',
      ApiVersion: '2010-04-01',
      CallSid: 'CAd800bb12c0426a7ea4230e492fef2a4f',
      CallStatus: 'ringing',
      Called: '+15306384866',
      CalledCity: 'OAKLAND',
      CalledCountry: 'US',
      CalledState: 'CA',
      CalledZip: '94612',
      Caller: '+15306666666',
      CallerCity: 'SOUTH LAKE TAHOE',
      CallerCountry: 'US',
      CallerName: 'CA Wireless Call',
      CallerState: 'CA',
      CallerZip: '89449',
      Direction: 'inbound',
      From: '+15306666666',
      FromCity: 'SOUTH LAKE TAHOE',
      FromCountry: 'US',
      FromState: 'CA',
      FromZip: '89449',
      To: '+15306384866',
      ToCity: 'OAKLAND',
      ToCountry: 'US',
      ToState: 'CA',
      ToZip: '94612',
    };
    const secret = '1c892n40nd03kdnc0112slzkl3091j20';
    expect(isGenuine(secret, 'http://www.postbin.org/1ed898x', called, 'fF+xx6dTinOaCdZ0aIeNkHr/ZAA=')).toBe(true);
  });
});

/** As twilio-node has it (webhooks.spec.js): Twilio is not of one mind how it writes a URL. */
test.each([
  ['https://example.com:443/path?a=b', 'https://example.com/path?a=b'],
  ['https://example.com/path?a=b', 'https://example.com:443/path?a=b'],
  ['http://example.com:80/path', 'http://example.com/path'],
  ['https://example.com/path', 'https://example.com:8443/path'],
  ['https://example.com:8443/path', 'https://example.com:8443/path'],
  ["https://example.com/path?a=it's", 'https://example.com/path?a=it%27s'],
  ['https://example.com/path?a=it%27s', "https://example.com/path?a=it's"],
  ['https://example.com/path?reference=a%3Asend%3A1', 'https://example.com/path?reference=a:send:1'],
])('what was signed over %s is genuine at %s', (over, at) => {
  expect(isGenuine(token, at, form, twilioSignature(token, over, form))).toBe(true);
});

test('another path, host or query is not what was signed', () => {
  const signature = twilioSignature(token, url, form);
  for (const other of [`${url}&x=1`, url.replace('myapp', 'other'), url.replace('mycompany', 'yours'), 'no url']) {
    expect(isGenuine(token, other, form, signature)).toBe(false);
  }
});

test('a GET is signed over its URL alone, and a form that is none is none of Twilio’s', () => {
  const signature = twilioSignature(token, url, {});
  expect(isGenuine(token, url, undefined, signature, 'GET')).toBe(true);
  expect(isGenuine(token, url, undefined, signature)).toBe(true);
  for (const body of ['text', ['a'], { nested: { a: '1' } }, { number: 1 }, null]) {
    const request = carrierRequest({ url, body, headers: { 'x-twilio-signature': signature } });
    expect(isTwilios(request, { authToken: token })).toBe(false);
  }
});

test('a request without a signature, with two, or with one of another length is not genuine', () => {
  const signature = twilioSignature(token, url, form);
  for (const given of [undefined, '', [signature, signature], `${signature}=`, signature.slice(1), '王']) {
    const headers = given === undefined ? {} : { 'x-twilio-signature': given };
    expect(isTwilios(carrierRequest({ url, body: form, headers }), { authToken: token })).toBe(false);
  }
});

test('while tokens are being changed either of the two is taken, and no third', () => {
  const request = asked(url, form, twilioSignature('next', url, form));
  expect(isTwilios(request, { authToken: token, nextAuthToken: 'next' })).toBe(true);
  expect(isTwilios(request, { authToken: token })).toBe(false);
  expect(isTwilios(request, { authToken: token, nextAuthToken: 'third' })).toBe(false);
});

describe('whatever the form', () => {
  const forms = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 12 }), { maxKeys: 8 });
  const paths = fc.webUrl({ withQueryParameters: true });

  test('what Twilio signs as documented is genuine', () => {
    fc.assert(
      fc.property(forms, paths, fc.string({ minLength: 1 }), (fields, at, authToken) => {
        const signature = signed(authToken, at, new URLSearchParams(fields));
        const sent = Object.fromEntries(new URLSearchParams(fields));
        expect(isGenuine(authToken, at, sent, signature)).toBe(true);
      }),
    );
  });

  test('a field more, a field less, another value, another token or another signature is not', () => {
    fc.assert(
      fc.property(forms, paths, fc.string({ minLength: 1 }), fc.nat(19), (fields, at, authToken, byte) => {
        const signature = signed(authToken, at, new URLSearchParams(fields));
        const sent = Object.fromEntries(new URLSearchParams(fields));
        const [first] = Object.keys(sent);
        const flipped = Buffer.from(signature, 'base64');
        flipped[byte] = (flipped[byte] ?? 0) ^ 1;
        expect(isGenuine(authToken, at, { ...sent, 'a field more': 'x' }, signature)).toBe(false);
        expect(isGenuine(`${authToken}.`, at, sent, signature)).toBe(false);
        expect(isGenuine(authToken, at, sent, flipped.toString('base64'))).toBe(false);
        if (first === undefined) return;
        const { [first]: value = '', ...less } = sent;
        expect(isGenuine(authToken, at, { ...sent, [first]: `${value}.` }, signature)).toBe(false);
        expect(isGenuine(authToken, at, { ...less, more: 'x' }, signature)).toBe(false);
      }),
    );
  });
});
