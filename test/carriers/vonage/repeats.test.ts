// Vonage repeats what we could not take for up to three days, signed when it was made: an honest report is not refused for its age.
import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { answerCall } from '../../../carriers/call-answers.ts';
import { parseReceipts } from '../../../carriers/receipt-parsers.ts';
import { smsSignature } from '../../../carriers/vonage/signature.ts';
import { carrierRequest } from '../../support/carrier-request.ts';

const secret = 'a-signature-secret-of-some-length';
const configuration = {
  settings: { apiKey: 'abcd1234', smsSignature: 'sha256' },
  secrets: { apiSecret: 'secret', signatureSecret: secret },
};
const HOUR = 3_600;
const ages = [0, 10 * 60, 5 * HOUR, 24 * HOUR, 72 * HOUR];

async function signedRequest(body: object, age: number) {
  const rawBody = JSON.stringify(body);
  const iat = Math.floor(Date.now() / 1000) - age;
  const claims = { iss: 'Vonage', jti: randomUUID(), payload_hash: createHash('sha256').update(rawBody).digest('hex') };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(iat)
    .sign(Buffer.from(secret));
  return carrierRequest({ rawBody, body, headers: { authorization: `Bearer ${token}` } });
}

function signedSms(age: number) {
  const body = {
    messageId: '0B00000042AC53BD',
    status: 'delivered',
    timestamp: String(Math.floor(Date.now() / 1000) - age),
  };
  return carrierRequest({ body: { ...body, sig: smsSignature(body, 'sha256', secret) } });
}

const reports: Record<string, (age: number) => Promise<ReturnType<typeof carrierRequest>>> = {
  'the SMS API': async (age) => signedSms(age),
  'the Messages API': (age) => signedRequest({ message_uuid: randomUUID(), status: 'delivered' }, age),
  'the Voice API': (age) => signedRequest({ uuid: randomUUID(), status: 'busy' }, age),
};

describe.each(Object.entries(reports))('a report of %s', (_, report) => {
  test.each(ages)('that was signed %d s ago is taken', async (age) => {
    expect(await parseReceipts('vonage', await report(age), configuration)).toHaveLength(1);
  });

  test.each([74 * HOUR, 30 * 24 * HOUR, -120])('that was signed %d s ago is not', async (age) => {
    expect(await parseReceipts('vonage', await report(age), configuration)).toBe('notGenuine');
  });
});

test.each([
  [60, 'object'],
  [299, 'object'],
  [600, 'notGenuine'],
  [24 * HOUR, 'notGenuine'],
  [72 * HOUR, 'notGenuine'],
] as const)('what a call asks %d s after it was signed: %s, since it would hear the code', async (age, expected) => {
  const call = {
    ...{ reference: 'r', speech: { text: '1 2', language: 'en' }, validUntil: Date.now() + 60_000 },
    ...{ over: false, round: 1, again: undefined },
  };
  const answer = await answerCall(
    'vonage',
    call,
    await signedRequest({ uuid: 'u', dtmf: { digits: '1' } }, age),
    configuration,
  );
  expect(typeof answer === 'object' ? 'object' : answer).toBe(expected);
});
