// Answers and receipts are read as the settings say: blanks around them count for nothing, nor does what they were labelled.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpCarrier } from '../../../carriers/http/carrier.ts';
import { httpSettings } from '../../../carriers/http/settings.ts';
import { parseReceipts } from '../../../carriers/receipt-parsers.ts';
import { carrierRequest } from '../../support/carrier-request.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** What the carrier makes of an answer of its gateway. */
async function acceptance(answer: object, text: string | Buffer, label: string | undefined): Promise<unknown> {
  server = createServer((_, response) => {
    response.writeHead(200, label === undefined ? {} : { 'Content-Type': label }).end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const carrier = createHttpCarrier('acme', httpSettings.parse({ requests: { sms: { url } }, answer }), {}, {});
  return await carrier.send(
    {
      ...{ trackingId: 't', accountId: 'a', recipient: '+12025550123', originator: 'Acme', method: 'sms' },
      ...{ text: 'code', parts: 1, validForSeconds: 60, attempt: 1 },
    },
    'our-key',
  );
}

const rules = [{ matches: '^OK:(\\d+)$', means: 'accepted' }];

describe('an answer in text is taken as accepted, and its id found', () => {
  test.each<[string, string, string | undefined]>([
    ['^OK:(\\d+)$', 'OK:123\r\n', 'text/plain'],
    ['^OK:(\\d+)$', 'OK:123\n', 'text/html; charset=UTF-8'],
    ['^OK:(\\d+)$', '\r\n  OK:123\t ', undefined],
    ['^OK:(\\d+)$', '\ufeffOK:123\r\n', 'application/json'],
    ['^OK:(?P<id>\\d+)$', 'OK:123\r\n\r\n', 'text/plain;charset=iso-8859-1'],
    ['^OK:(?<id>\\d+)$', 'OK:123 \u00a0\r\n', 'application/octet-stream'],
    ['^(OK|ERROR):(?<id>\\d+)$', 'OK:123\r', 'x'],
  ])('%s of %j labelled %s', async (pattern, text, label) => {
    const messageId = pattern.includes('id') ? 'id' : '1';
    expect(await acceptance({ format: 'text', pattern, messageId, rules }, text, label)).toMatchObject({
      messageIds: ['123'],
    });
  });
});

describe('an answer is read in its format, whatever it is labelled', () => {
  test.each<[string, string | Buffer, string | undefined]>([
    ['json', '\ufeff {"id": "123", "ok": true}\r\n', 'text/html'],
    ['json', '{"id": 123, "ok": true}', undefined],
    ['json', '{"id": "123", "ok": true}', 'application/x-www-form-urlencoded; charset=utf-8'],
    ['json', Buffer.from('\ufeff{"id": "123", "ok": true}', 'utf16le'), 'application/json'],
    ['xml', '\r\n<?xml version="1.0"?><a><id> 123 </id><ok>true</ok></a>', 'application/json'],
    [
      'xml',
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a><id>123</id><ok>true</ok><b>é</b></a>', 'latin1'),
      'text/plain',
    ],
    ['form', 'id=123&ok=true\r\n', 'application/json'],
    ['form', '\n id=123&ok=true', undefined],
  ])('%s %j labelled %s', async (format, text, label) => {
    const at = (name: string) => (format === 'xml' ? `a.${name}` : name);
    const answer = { format, messageId: at('id'), rules: [{ path: at('ok'), equals: 'true', means: 'accepted' }] };
    expect(await acceptance(answer, text, label)).toMatchObject({ messageIds: ['123'] });
  });
});

describe('a receipt is read in its format, whatever is blank around it', () => {
  const states = [{ path: 'status', equals: 'DELIVRD', means: 'delivered' }];
  test.each<[object, string]>([
    [{ format: 'text', pattern: '^(?<id>\\w+):(?<status>\\w+)$' }, 'm1:DELIVRD\r\n'],
    [{ format: 'text', pattern: '^(\\w+):(?<status>\\w+)$', messageId: '1' }, '\n m1:DELIVRD\n'],
    [{ format: 'json' }, '\ufeff\r\n{"id": "m1", "status": "DELIVRD"}\r\n'],
    [{ format: 'form' }, 'id=m1&status=DELIVRD\r\n'],
    [{ format: 'xml', list: 'dlr' }, '\ufeff\r\n<dlr><id>m1</id><status>DELIVRD\n</status></dlr>\r\n'],
  ])('%j %j', async (settings, rawBody) => {
    const configuration = {
      settings: {
        requests: { sms: { url: 'https://gateway.example/' } },
        receipts: { messageId: 'id', states, ...settings },
      },
      secrets: {},
    };
    expect(await parseReceipts('http', carrierRequest({ rawBody }), configuration)).toEqual([
      { messageId: 'm1', state: 'delivered' },
    ]);
  });
});
