// PDUs of a sound length whose contents are wrong: the rest is used, each is answered, said in the log, and the connection stands.
import { afterEach, describe, expect, test } from 'vitest';
import { command } from '../../support/raw-smpp.ts';
import { outgoing } from '../../support/smpp-carrier.ts';
import { boundWire, deliverBody, type Wire } from '../../support/smpp-wire.ts';

const ID = '001e 0002 3700';
const DELIVERED = '0427 0001 02';
const TEXT = 'id:7 stat:DELIVRD err:000 text:482915';
const taken = { messageId: '7', state: 'delivered' };
const underway = { messageId: '7', state: 'underway', reason: 'UNKNOWN' };
const DATA_SM = 0x103;
let wire: Wire;
afterEach(() => wire.close());

describe('a deliver_sm is answered, and used as far as it goes', () => {
  test.each<[string, Buffer, object[], string]>([
    [
      'delivery_failure_reason of no octets',
      deliverBody('', { tlvs: `${ID} 0425 0000 ${DELIVERED}` }),
      [taken],
      '0x0425',
    ],
    ['message_state of no octets', deliverBody(TEXT, { tlvs: '0427 0000' }), [taken], '0x0427'],
    ['message_state of five octets', deliverBody(TEXT, { tlvs: `0427 0005 3132333435 ${ID}` }), [taken], '0x0427'],
    ['receipted_message_id of no octets', deliverBody(TEXT, { tlvs: '001e 0000' }), [taken], '0x001e'],
    ['user_message_reference of one octet', deliverBody(TEXT, { tlvs: '0204 0001 07' }), [taken], '0x0204'],
    ['user_message_reference of three', deliverBody(TEXT, { tlvs: '0204 0003 070707' }), [taken], '0x0204'],
    ['network_error_code of two octets', deliverBody(TEXT, { tlvs: '0423 0002 0301' }), [taken], '0x0423'],
    ['callback_num of two octets', deliverBody(TEXT, { tlvs: '0381 0002 0301' }), [taken], '0x0381'],
    ['source_port of one octet', deliverBody(TEXT, { tlvs: '020a 0001 03' }), [taken], '0x020a'],
    ['qos_time_to_live of three octets', deliverBody(TEXT, { tlvs: '0017 0003 000001' }), [taken], '0x0017'],
    [
      'a TLV that claims 65,535 octets',
      deliverBody('', { tlvs: `${ID} ${DELIVERED} 1400 ffff 00` }),
      [taken],
      '0x1400',
    ],
    ['an id that is cut off, which is none', deliverBody(TEXT, { tlvs: '001e 0009 38' }), [taken], '0x001e'],
    [
      'a text that is cut off, which is none',
      deliverBody('', { tlvs: `${ID} 0424 00ff 69643a38` }),
      [underway],
      '0x0424',
    ],
    ['an octet after the last TLV', deliverBody(TEXT, { tlvs: `${ID} ${DELIVERED} 07` }), [taken], '"end","length":1'],
    ['three octets after it', deliverBody(TEXT, { tlvs: '042700' }), [taken], '"end","length":3'],
    ['a text longer than what came', deliverBody(TEXT, { claimed: 255 }), [taken], '"short_message","length":255'],
    ['nothing behind the text’s length', deliverBody('', { claimed: 9 }), [], 'short_message'],
    ['no body', Buffer.alloc(0), [], 'service_type'],
    ['a body that ends in an address', deliverBody(TEXT).subarray(0, 5), [], 'dest_addr_ton'],
    ['an address without an end', Buffer.from('00010130363934', 'hex'), [], '"source_addr","length":4'],
  ])('with %s', async (_what, body, receipts, said) => {
    wire = await boundWire();
    wire.smsc.send({ command: command.deliver, sequence: 9, body });
    expect(await wire.smsc.next()).toMatchObject({ command: command.deliverResp, status: 0, sequence: 9 });
    expect(wire.tested.receipts).toEqual(receipts);
    expect(wire.tested.log.join('\n')).toContain(said);
    expect(wire.tested.log.join('\n')).not.toMatch(/482915|stat:|has ended/);
    wire.smsc.send({ command: command.enquireLink, sequence: 10 });
    expect(await wire.smsc.next()).toMatchObject({ command: command.enquireLinkResp, sequence: 10 });
  });

  test.each([
    ['a status of its own', { status: 0xdead_beef, sequence: 9 }],
    ['sequence 0', { sequence: 0 }],
    ['the last sequence', { sequence: 0x7fff_ffff }],
    ['a sequence beyond the last', { sequence: 0xffff_ffff }],
    [
      'a priority, a time and flags that cannot be',
      {
        sequence: 9,
        body: Buffer.from(
          '00ffff31ff00ffff323200040909787878003900ff09ffff00001e00023700042700010200'.slice(0, -2),
          'hex',
        ),
      },
    ],
  ])('with %s', async (_what, header) => {
    wire = await boundWire();
    wire.smsc.send({ command: command.deliver, body: deliverBody(TEXT), ...header });
    expect(await wire.smsc.next()).toMatchObject({
      command: command.deliverResp,
      status: 0,
      sequence: header.sequence,
    });
  });

  test('and the first of two TLVs of a kind that can be read counts', async () => {
    wire = await boundWire();
    const tlvs = `001e 0000 ${ID} 001e 0002 3900 0427 0000 ${DELIVERED} 0427 0001 05`;
    wire.smsc.send({ command: command.deliver, sequence: 9, body: deliverBody('', { tlvs }) });
    await wire.smsc.next();
    expect(wire.tested.receipts).toEqual([taken]);
  });
});

test.each([
  ['no body', '', []],
  ['TLVs that are too short', `00 0000 31 00 0000 32 00 04 00 00 ${ID} 0427 0000 0423 0001 00 ${DELIVERED}`, [taken]],
  ['a tail', `00 0000 31 00 0000 32 00 04 00 00 ${ID} ${DELIVERED} 04`, [taken]],
])('a data_sm with %s is answered', async (_what, hex, receipts) => {
  wire = await boundWire();
  wire.smsc.send({ command: DATA_SM, sequence: 9, body: Buffer.from(hex.replaceAll(' ', ''), 'hex') });
  expect(await wire.smsc.next()).toMatchObject({
    command: 0x8000_0103,
    status: 0,
    sequence: 9,
    body: Buffer.from([0]),
  });
  expect(wire.tested.receipts).toEqual(receipts);
});

describe('a message is accepted', () => {
  test.each([
    ['after responses of other kinds under its number', [0x8000_0015, 0x8000_0103, 0xffff_ffff], '3700'],
    ['by an id without an end', [], '37'],
    ['by an id with TLVs that are cut off behind it', [], '3700 0427 ffff'],
    ['by a body of one TLV alone, whose octets are no id', [], '00 0427 0001 02'],
    ['after responses to nothing', [0x8000_0004], '3700'],
  ])('%s', async (_what, others, hex) => {
    wire = await boundWire();
    const sending = wire.tested.carrier.send(outgoing(), 'key');
    const { sequence } = await wire.smsc.next();
    for (const id of others) {
      wire.smsc.send({ command: id, status: 0x0b, sequence: id === command.submitResp ? sequence + 7 : sequence });
    }
    wire.smsc.send({ command: command.submitResp, sequence, body: Buffer.from(hex.replaceAll(' ', ''), 'hex') });
    expect(await sending).toEqual({ messageIds: hex.startsWith('37') ? ['7'] : [], parts: 1 });
  });
});

describe('a command_length that cannot be ends the connection, with a line in the log', () => {
  test.each([0, 2, 4, 15, 70_001, 0x7fff_ffff, 0xffff_ffff])('%d', async (commandLength) => {
    wire = await boundWire();
    const head = Buffer.alloc(16);
    for (const [at, value] of [commandLength, command.deliver, 0, 9].entries()) head.writeUInt32BE(value, at * 4);
    wire.smsc.send({ command: command.enquireLink, sequence: 8 });
    wire.smsc.socket.write(head);
    expect(await wire.smsc.next()).toMatchObject({ command: command.enquireLinkResp, sequence: 8 });
    await expect(wire.smsc.next()).rejects.toThrow('the connection has ended');
    expect(wire.tested.log.join('\n')).toContain(`"commandLength":${commandLength}`);
  });
});
