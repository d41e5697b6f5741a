// An SMSC that sends without end, and waits for nothing: what is kept in memory is bounded, and the connection stands.
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { responseTo } from '../../../carriers/smpp/pdu.ts';
import { writeResponse } from '../../../carriers/smpp/protocol.ts';
import { receive } from '../../../carriers/smpp/receive.ts';
import { eventually } from '../../support/eventually.ts';
import { command } from '../../support/raw-smpp.ts';
import { boundWire, deliverBody, type Wire } from '../../support/smpp-wire.ts';

const MOST_AT_ONCE = 1_000;
let wire: Wire | undefined;
afterEach(() => wire?.close());

test('receipts beyond those being kept are refused at once, and taken once there is room', async () => {
  const waiting: (() => void)[] = [];
  const bound = await boundWire({ takeReceipt: () => new Promise((resolve) => void waiting.push(resolve)) });
  wire = bound;
  const body = (n: number) => deliverBody(`id:${n} stat:DELIVRD err:000 text:`);
  const deliver = (n: number) => bound.smsc.send({ command: command.deliver, sequence: n, body: body(n) });
  for (let n = 1; n <= MOST_AT_ONCE + 50; n += 1) deliver(n);
  for (let n = 1; n <= 50; n += 1) {
    expect(await bound.smsc.next()).toMatchObject({ status: 0x64, sequence: MOST_AT_ONCE + n });
  }
  expect(waiting).toHaveLength(MOST_AT_ONCE);
  for (const resolve of waiting.splice(0)) resolve();
  for (let n = 1; n <= MOST_AT_ONCE; n += 1) expect(await bound.smsc.next()).toMatchObject({ status: 0, sequence: n });
  deliver(9_999);
  await eventually('it is being kept', async () => waiting.length === 1);
  waiting[0]?.();
  expect(await bound.smsc.next()).toMatchObject({ status: 0, sequence: 9_999 });
});

test('an SMSC that reads no answer is not read any further, until it does', async () => {
  const unread: (() => void)[] = [];
  const socket = new Duplex({
    writableHighWaterMark: 1_600,
    read: () => undefined,
    write: (_octets, _encoding, taken) => void unread.push(taken),
  }) as Socket;
  let answered = 0;
  receive(socket, {
    onPdu: ({ command_id: id, sequence_number: sequence }) => {
      answered += 1;
      socket.write(writeResponse(responseTo(id), 0, sequence));
    },
    onBroken: expect.unreachable,
  });
  const asked = Buffer.from('00000010000000150000000000000007', 'hex');
  const hundredTimes = async () => {
    for (let n = 0; n < 100; n += 1) socket.push(Buffer.concat([asked, asked]));
    await delay(0);
  };
  await hundredTimes();
  await hundredTimes();
  expect(answered).toBeLessThanOrEqual(102);
  expect(socket.isPaused()).toBe(true);
  // Each answer is read in its turn, and then what waited is, too.
  while (answered < 400) {
    unread.shift()?.();
    await delay(0);
  }
  expect(answered).toBe(400);
});
