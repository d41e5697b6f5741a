// Words of a carrier that its table does not have prove nothing, whatever the word is.
import { describe, expect, test } from 'vitest';
import { parseReceipts } from '../../carriers/receipt-parsers.ts';
import type { Pdu } from '../../carriers/smpp/pdu.ts';
import { readReceipt } from '../../carriers/smpp/receipt.ts';
import { smppSettings } from '../../carriers/smpp/settings.ts';
import { carrierRequest } from '../support/carrier-request.ts';
import { requestOf, urls } from '../support/twilio-carrier.ts';
import { signed } from './twilio/callbacks.ts';

const UUID = 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab';
const accountSid = `AC${'0'.repeat(32)}`;

const vonage = (body: object) =>
  parseReceipts('vonage', carrierRequest({ body, rawBody: JSON.stringify(body) }), { settings: {}, secrets: {} });

function twilio(fields: Record<string, string>) {
  const body = new URLSearchParams({ AccountSid: accountSid, ...fields });
  const url = urls.receipts(`${UUID}:send:1`);
  const headers = { 'X-Twilio-Signature': signed('token', url, body) };
  const configuration = { settings: { accountSid }, secrets: { authToken: 'token' } };
  return parseReceipts('twilio', requestOf(url, 'POST', headers, body), configuration);
}

const smpp = async (stat: string) =>
  [
    readReceipt(
      { esm_class: 4, short_message: Buffer.from(`id:7 stat:${stat}`) } as Pdu,
      smppSettings.parse({ host: 'smsc.example', systemId: 'twostep' }),
    ),
  ] as const;

describe.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__', 'DELIVERY', 'undeliveredx'])(
  '%s',
  (word) => {
    test.each([
      ['an SMS of Vonage', () => vonage({ messageId: '0B', status: word })],
      ['a message of Vonage', () => vonage({ message_uuid: UUID, status: word })],
      ['a call of Vonage', () => vonage({ uuid: UUID, status: word })],
      ['a message of Twilio', () => twilio({ MessageSid: `SM${'a1'.repeat(16)}`, MessageStatus: word })],
      ['a call of Twilio', () => twilio({ CallSid: `CA${'a1'.repeat(16)}`, CallStatus: word })],
      ['a message by SMPP', () => smpp(word)],
    ])('leaves %s under way', async (_what, read) => expect(await read()).toMatchObject([{ state: 'underway' }]));
  },
);
