// The SMPP carrier byte for byte, against the other side of its connection written by hand.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CarrierFault, CarrierOutcomeUnknown } from '../../../carriers/carrier.ts';
import { command, type RawClient, speakRaw } from '../../support/raw-smpp.ts';
import { type CarrierChanges, outgoing, smppCarrier, type TestedCarrier } from '../../support/smpp-carrier.ts';

const genericNack = 0x80000000;
const receipt = 'id:7 stat:DELIVRD err:000 text:';
let server: Server;
let tested: TestedCarrier;
let smsc: RawClient;

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  smsc?.socket.destroy();
  await tested.close();
  server.close();
});

const carrier = (changes: CarrierChanges = {}) => {
  tested = smppCarrier({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, changes);
};

/** The carrier's side is bound; returns the request it bound with. */
async function bind(changes: CarrierChanges = {}) {
  const connection = once(server, 'connection') as Promise<[Socket]>;
  carrier({ ...changes, settings: { enquireLinkSeconds: 60, ...changes.settings } });
  smsc = speakRaw((await connection)[0]);
  const request = await smsc.next();
  smsc.send({ command: command.bindTransceiverResp, sequence: request.sequence, body: Buffer.from('smsc\0') });
  return request;
}

/** Sends a message, and lets the test answer its submit_sm. */
async function submitted() {
  const sending = tested.carrier.send(outgoing(), 'key');
  sending.catch(() => undefined);
  const request = await smsc.next();
  expect(request.command).toBe(command.submit);
  return { sending, sequence: request.sequence };
}

const deliverBody = (text: string) =>
  Buffer.concat([
    Buffer.from([0, 1, 1, 0x31, 0, 1, 1, 0x32, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, text.length]),
    Buffer.from(text),
  ]);

test('a bind says system id, password, type and version 3.4, and asks for no address range', async () => {
  const { command: id, body } = await bind({ password: 'pa55word', settings: { systemType: 'OTP' } });
  expect(id).toBe(command.bindTransceiver);
  expect(body.toString('latin1')).toBe('twostep\0pa55word\0OTP\0\x34\0\0\0');
});

test.each([
  [{ settings: { interfaceVersion: '3.3' } }, 'twostep\0pa55word\0\0\x33\0\0\0'],
  [{ settings: { interfaceVersion: '5.0' } }, 'twostep\0pa55word\0\0\x50\0\0\0'],
  [{ settings: { bindAddress: { ton: 1, npi: 2, range: '^30' } } }, 'twostep\0pa55word\0\0\x34\x01\x02^30\0'],
  [{ settings: { systemType: 'SMPP' } }, 'twostep\0pa55word\0SMPP\0\x34\0\0\0'],
  [{ password: 'twelve chars' }, 'twostep\0twelve chars\0\0\x34\0\0\0'],
  [{ password: 'x'.repeat(20) }, `twostep\0${'x'.repeat(20)}\0\0\x34\0\0\0`],
])('a bind by %j says so', async (changes, expected) => {
  expect((await bind(changes)).body.toString('latin1')).toBe(expected);
});

describe('what the SMSC asks is answered', () => {
  test.each([
    ['enquire_link', command.enquireLink, command.enquireLinkResp, 0],
    ['a command nobody knows, with generic_nack and ESME_RINVCMDID', 0xfff, genericNack, 3],
    ['submit_sm, which is not for a carrier, with ESME_RINVCMDID', command.submit, command.submitResp, 3],
  ])('%s', async (_what, asked, answered, status) => {
    await bind();
    const body = asked === command.submit ? Buffer.alloc(17) : Buffer.alloc(0);
    smsc.send({ command: asked, sequence: 77, body });
    expect(await smsc.next()).toMatchObject({ command: answered, status, sequence: 77 });
  });

  test('unbind, once the response under way has come, and then the connection ends', async () => {
    await bind();
    const { sending, sequence } = await submitted();
    smsc.send({ command: command.unbind, sequence: 78 });
    smsc.send({ command: command.enquireLink, sequence: 79 });
    expect(await smsc.next()).toMatchObject({ command: command.enquireLinkResp });
    smsc.send({ command: command.submitResp, sequence, body: Buffer.from('7\0') });
    expect(await smsc.next()).toMatchObject({ command: 0x80000006, status: 0, sequence: 78 });
    expect(await sending).toMatchObject({ messageIds: ['7'] });
    await expect(smsc.next()).rejects.toThrow('the connection has ended');
  });

  test('a receipt, with an empty message id', async () => {
    await bind();
    smsc.send({ command: command.deliver, sequence: 79, body: deliverBody(receipt) });
    expect(await smsc.next()).toMatchObject({ command: command.deliverResp, status: 0, body: Buffer.from([0]) });
    expect(tested.receipts).toEqual([{ messageId: '7', state: 'delivered' }]);
  });

  test('a receipt whose taking throws at once, with ESME_RX_T_APPN, and the connection stands', async () => {
    await bind({
      takeReceipt() {
        throw new Error('no database');
      },
    });
    smsc.send({ command: command.deliver, sequence: 79, body: deliverBody(receipt) });
    expect(await smsc.next()).toMatchObject({ command: command.deliverResp, status: 0x64, sequence: 79 });
    smsc.send({ command: command.enquireLink, sequence: 80 });
    expect(await smsc.next()).toMatchObject({ command: command.enquireLinkResp, sequence: 80 });
  });
});

describe('a submit', () => {
  test('answered with status 0 and no id is accepted, and named by nothing', async () => {
    await bind();
    const { sending, sequence } = await submitted();
    smsc.send({ command: command.submitResp, sequence });
    expect(await sending).toEqual({ messageIds: [], parts: 1 });
  });

  test.each([
    ['generic_nack with ESME_RINVDSTADR is rejected', genericNack, 0x0b, 'CarrierRejected'],
    ['generic_nack with ESME_RINVCMDLEN is a fault', genericNack, 0x02, 'CarrierFault'],
    ['submit_sm_resp with ESME_RSYSERR is unavailable', command.submitResp, 0x08, 'CarrierUnavailable'],
    ['something else with status 0 is unknown', command.enquireLinkResp, 0, 'CarrierOutcomeUnknown'],
  ])('answered by %s', async (_what, id, status, name) => {
    await bind();
    const { sending, sequence } = await submitted();
    smsc.send({ command: id, status, sequence });
    await expect(sending).rejects.toMatchObject({ name });
  });

  test('whose response belongs to another is unknown, since it has none', async () => {
    await bind({ settings: { responseTimeoutSeconds: 1 } });
    const { sending, sequence } = await submitted();
    smsc.send({ command: command.submitResp, sequence: sequence + 100, body: Buffer.from('8\0') });
    await expect(sending).rejects.toBeInstanceOf(CarrierOutcomeUnknown);
  });

  test('is followed by a destroyed connection where the SMSC takes it for unbound (ESME_RINVBNDSTS)', async () => {
    await bind();
    const { sequence } = await submitted();
    smsc.send({ command: command.submitResp, status: 0x04, sequence });
    await expect(smsc.next()).rejects.toThrow('the connection has ended');
  });
});

test('a server that takes the connection and never speaks TLS is given up in time, and hears no password', async () => {
  const heard: Buffer[] = [];
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
  });
  carrier({ settings: { responseTimeoutSeconds: 1, tls: {} } });
  await expect(tested.carrier.send(outgoing(), 'key')).rejects.toMatchObject({ name: 'CarrierFault' });
  expect(Buffer.concat(heard).length).toBeGreaterThan(0);
  expect(Buffer.concat(heard).includes('pa55word')).toBe(false);
});

const UNANSWERED = 'the connection ended before the SMSC answered the bind';

test.each<[string, (socket: Socket) => void, string]>([
  ['closes the connection', (socket) => socket.end(), UNANSWERED],
  ['resets it', (socket) => socket.resetAndDestroy(), `${UNANSWERED} (ECONNRESET)`],
  [
    'stops in the middle of its answer',
    (socket) => socket.end(Buffer.from([0, 0, 0, 16, 0x80, 0])),
    `${UNANSWERED} (what came ends in the middle, or is no SMPP)`,
  ],
  ['speaks HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request'), `${UNANSWERED} (what came is no SMPP)`],
])('a server that %s in place of an answer to the bind is told of as it is', async (_what, act, reason) => {
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => act(socket));
  });
  carrier();
  await expect(tested.carrier.send(outgoing(), 'key')).rejects.toThrow(new CarrierFault(reason));
});
