// Receipts as SMSCs of the field write them, and what is none.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalMessageId } from '../../../carriers/smpp/message-id.ts';
import type { Pdu } from '../../../carriers/smpp/pdu.ts';
import { readReceipt } from '../../../carriers/smpp/receipt.ts';
import { smppSettings } from '../../../carriers/smpp/settings.ts';

const settings = (messageIds: object = {}) =>
  smppSettings.parse({ host: 'smsc.example', systemId: 'twostep', messageIds });
const read = (fields: object, messageIds?: object) => readReceipt(fields as Pdu, settings(messageIds));
const ofText = (text: string, more: object = {}) => read({ esm_class: 4, short_message: Buffer.from(text), ...more });
const id = Buffer.from('42\0');

test.each([
  ['id:42 sub:001 dlvrd:001 submit date:2611231200 done date:2611231201 stat:DELIVRD err:000 text:Your', 'delivered'],
  ['id:42 sub:001 dlvrd:000 submit date:2611231200 done date:2611231201 stat:UNDELIV err:0 Text:', 'undelivered'],
  ['ID:0042 STAT:delivrd', 'delivered'],
  ['id: 42 stat: EXPIRED err: 1', 'undelivered'],
  ['id:42 submit date:261123120000 stat:REJECTD err:069', 'undelivered'],
  ['id:42 sub:001 stat:BUFFERED err:000', 'underway'],
  ['id:42', 'underway'],
  ['stat:DELIVRD id:42 text:id:43 stat:UNDELIV', 'delivered'],
  ['id:"42" stat:"DELIVRD" err:"000"', 'delivered'],
  ["id:'0042' stat:'UNDELIV'", 'undelivered'],
  ['id: "42", stat: "DELIVRD"', 'delivered'],
  ['id:"42";stat:DELIVRD', 'delivered'],
  ['id:"42"', 'underway'],
])('%s is %s', (text, state) => expect(ofText(text)).toMatchObject({ messageId: '42', state }));

describe('a reason', () => {
  test.each([
    ['id:1 stat:UNDELIV err:027', 'UNDELIV:027'],
    ['id:1 stat:UNDELIV err:000', 'UNDELIV'],
    ['id:1 stat:UNDELIV err:0x1F', 'UNDELIV:0x1F'],
    ['id:1 stat:UNDELIV err:306948530920', 'UNDELIV'],
    ['id:1 stat:UNDELIV err:+306948530920', 'UNDELIV'],
    ['id:1 stat:UNDELIV err:482915', 'UNDELIV'],
    ['id:1 stat:UNDELIV err:4829', 'UNDELIV'],
    ['id:1 stat:SOMETHINGLONGER err:Your code', 'UNKNOWN'],
  ])('of %s is %s: never a number of a phone, a code, or a text', (text, reason) => {
    expect(ofText(text)).toMatchObject({ reason });
  });

  test('is taken from network_error_code where the text has none', () => {
    const network_error_code = Buffer.from([3, 0x01, 0x02]);
    expect(ofText('id:1 stat:UNDELIV', { network_error_code })).toMatchObject({ reason: 'UNDELIV:258' });
  });

  test('is none where the message was delivered', () => {
    expect(ofText('id:1 stat:DELIVRD err:027')).toEqual({ messageId: '1', state: 'delivered' });
  });
});

describe('TLVs', () => {
  test('come before the text: receipted_message_id and message_state', () => {
    const tlvs = { receipted_message_id: id, message_state: Buffer.from([5]) };
    expect(ofText('id:7 stat:DELIVRD', tlvs)).toEqual({ messageId: '42', state: 'undelivered', reason: 'UNDELIV' });
  });

  test('without a state leave it to the text, and a state of no octets does, too', () => {
    for (const message_state of [undefined, Buffer.alloc(0), Buffer.from([99])]) {
      expect(ofText('stat:DELIVRD', { receipted_message_id: id, message_state })).toMatchObject({ state: 'delivered' });
    }
  });

  test('make a receipt of a PDU whose esm_class does not say so, and its text is not looked at', () => {
    const short_message = Buffer.from('id:7 stat:UNDELIV');
    const pdu = { esm_class: 0, short_message, receipted_message_id: id, message_state: Buffer.from([2]) };
    expect(read(pdu)).toEqual({ messageId: '42', state: 'delivered' });
    expect(read({ ...pdu, message_state: undefined })).toMatchObject({ messageId: '42', state: 'underway' });
  });
});

test.each([
  ['a message of a phone', { esm_class: 0, short_message: Buffer.from('id:42 stat:DELIVRD') }, 'none'],
  ['one with a header', { esm_class: 0x40, short_message: Buffer.from('id:42 stat:DELIVRD') }, 'none'],
  ['an acknowledgement by a phone', { esm_class: 0x08, short_message: Buffer.from('id:42 stat:DELIVRD') }, 'none'],
  ['a receipt that names nothing', { esm_class: 4, short_message: Buffer.from('stat:DELIVRD text:id:42') }, 'unnamed'],
  ['a receipt of nothing at all', { esm_class: 4 }, 'unnamed'],
])('%s is no receipt to hand on', (_what, pdu, expected) => expect(read(pdu)).toBe(expected));

test.each([
  'id: stat:DELIVRD',
  'id: sub:001 stat:DELIVRD',
  'id:\r\nstat:DELIVRD',
  'id: err:000 stat:DELIVRD',
  'id:"" stat:DELIVRD',
  'id: done date:2611231201',
  'id:',
])('an empty id is none: %j', (text) => {
  expect(read({ esm_class: 4, short_message: Buffer.from(text) })).toBe('unnamed');
});

test('a text is read whatever its data_coding claims: octets, UCS-2, message_payload', () => {
  const text = 'id:42 stat:DELIVRD err:000 text:x';
  const wide = Buffer.from(text, 'utf16le').swap16();
  for (const fields of [
    { short_message: Buffer.from(text), data_coding: 8 },
    { short_message: wide, data_coding: 0 },
    { short_message: Buffer.alloc(0), message_payload: Buffer.from(text) },
  ]) {
    expect(read({ esm_class: 4, ...fields })).toEqual({ messageId: '42', state: 'delivered' });
  }
});

test('nothing an SMSC may send throws', () => {
  const octets = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes));
  const fields = ['short_message', 'message_payload', 'receipted_message_id', 'message_state', 'network_error_code'];
  const pdu = fc.record(Object.fromEntries(fields.map((name) => [name, fc.option(octets, { nil: undefined })])));
  fc.assert(
    fc.property(pdu, fc.nat(255), (given, esm_class) => {
      expect(['string', 'object']).toContain(typeof read({ ...given, esm_class }));
    }),
  );
});

describe('message ids', () => {
  test.each([
    ['00042', 'text', '42'],
    ['ABC-1', 'text', 'abc-1'],
    [' 42\0', 'text', '42'],
    ['000', 'text', '0'],
    ['2A', 'hex', '42'],
    ['0x002a', 'hex', '42'],
    ['no hex', 'hex', 'no hex'],
    ['', 'text', undefined],
    ['\0\0', 'hex', undefined],
    ['1'.repeat(201), 'text', undefined],
  ] as const)('%j as %s is %j', (given, form, expected) => expect(canonicalMessageId(given, form)).toBe(expected));

  test('of one number are one id, however either side writes it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), fc.nat(20), (number, zeros) => {
        const pad = '0'.repeat(zeros);
        const decimal = canonicalMessageId(pad + number.toString(), 'text');
        expect(canonicalMessageId(pad + number.toString(16).toUpperCase(), 'hex')).toBe(decimal);
        expect(canonicalMessageId(number.toString(16), 'hex')).toBe(decimal);
        expect(canonicalMessageId(number.toString(), 'text')).toBe(decimal);
      }),
    );
  });
});
