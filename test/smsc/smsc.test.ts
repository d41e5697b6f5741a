// The SMSC of the tests does what it is told, seen by a client that is no library at all.
import { rootCertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { bindBody, command, connectRaw, type RawClient, submitBody } from '../support/raw-smpp.ts';
import { type Smsc, startSmsc } from '../support/smsc.ts';

const TO = '306948530920';
const hello = Buffer.from('Hello');
const receiptWanted = { receiptTextId: 'decimal', receiptTlvId: 'none' } as const;
let smsc: Smsc;
let client: RawClient;

async function bind(to: Smsc, certificate?: string): Promise<RawClient> {
  const connected = await connectRaw(to.host, to.port, certificate);
  connected.send({ command: command.bindTransceiver, body: bindBody('twostep', 'secret') });
  expect(await connected.next()).toMatchObject({ command: command.bindTransceiverResp, status: 0 });
  return connected;
}

const submit = (message = hello, more = {}) =>
  client.send({ command: command.submit, sequence: 2, body: submitBody(TO, message, more) });
const idOf = (body: Buffer) => body.toString('latin1').replace(/\0$/, '');

beforeAll(async () => {
  smsc = await startSmsc({}, () => {});
});
afterAll(() => smsc.stop());
beforeEach(async () => {
  await smsc.reset();
  client = await bind(smsc);
});
afterEach(() => client.socket.destroy());

describe('a submit', () => {
  test('is answered with an id and written down with its header, its text, its TLVs and its bytes', async () => {
    const tlvs = Buffer.concat([Buffer.from([0x14, 0x00, 0, 3]), Buffer.from('110')]);
    const message = Buffer.from([5, 0, 3, 44, 2, 1, 0x48, 0x69, 0x1b, 0x65]);
    submit(message, { esmClass: 0x40, tlvs });
    const response = await client.next();
    expect(response).toMatchObject({ command: command.submitResp, status: 0, sequence: 2 });
    const [row] = await smsc.submits();
    expect(row).toMatchObject({
      systemId: 'twostep',
      source: { ton: 5, npi: 0, address: 'Twostep' },
      destination: { ton: 1, npi: 1, address: TO },
      validityPeriod: '000000000500000R',
      registeredDelivery: 1,
      shortMessage: message.toString('hex'),
      tlvs: [{ tag: 0x1400, value: Buffer.from('110').toString('hex') }],
      concatenation: { reference: 44, total: 2, part: 1 },
      text: 'Hi€',
      messageId: idOf(response.body),
    });
  });

  test('in message_payload is read like one in short_message', async () => {
    const text = Buffer.from('γειά', 'utf16le').swap16();
    submit(Buffer.alloc(0), { dataCoding: 8, tlvs: Buffer.concat([Buffer.from([0x04, 0x24, 0, text.length]), text]) });
    await client.next();
    expect(await smsc.submits()).toMatchObject([{ text: 'γειά', shortMessage: '', tlvs: [{ tag: 0x0424 }] }]);
  });

  test('is refused by a rule for its destination as often as the rule says (ESME_RTHROTTLED, 0x58)', async () => {
    await smsc.rule({ destination: TO, times: 1 }, { status: 0x58 });
    await smsc.rule({ destination: '1' }, { status: 0x0b });
    for (const expected of [0x58, 0]) {
      submit();
      expect(await client.next()).toMatchObject({ command: command.submitResp, status: expected });
      if (expected === 0) await client.next();
    }
    expect((await smsc.submits()).map(({ accepted }) => accepted)).toEqual([false, true]);
  });

  test('over the rate of messages per second is throttled (ESME_RTHROTTLED, 0x58)', async () => {
    await smsc.set({ ratePerSecond: 2, receipts: false });
    const statuses = [];
    for (let i = 0; i < 5; i++) submit();
    for (let i = 0; i < 5; i++) statuses.push((await client.next()).status);
    expect(statuses.filter((status) => status === 0x58)).toHaveLength(3);
  });

  test('that is accepted may lose its response with the connection, and its receipt finds the next bind', async () => {
    await smsc.set({ drop: 'afterAccept', ...receiptWanted });
    submit();
    await expect(client.next()).rejects.toThrow('the connection has ended');
    await eventually('the end is noticed', async () => (await smsc.binds()).at(-1)?.endedAt);
    client = await bind(smsc);
    expect(await client.next()).toMatchObject({ command: command.deliver });
    expect(await smsc.submits()).toMatchObject([{ accepted: true }]);
  });
});

describe('a receipt', () => {
  const receipt = async () => {
    const pdu = await client.next();
    expect(pdu.command).toBe(command.deliver);
    client.send({ command: command.deliverResp, sequence: pdu.sequence, body: Buffer.from([0]) });
    return pdu.body.toString('latin1');
  };

  test('says the id in other forms than the response did', async () => {
    await smsc.set({ responseId: 'HEX', receiptTextId: 'paddedDecimal', receiptTlvId: 'hex' });
    submit();
    const id = idOf((await client.next()).body);
    expect(id).toMatch(/^[0-9A-F]+$/);
    const text = await receipt();
    expect(text).toContain(`id:${String(Number.parseInt(id, 16)).padStart(20, '0')} sub:001`);
    expect(text).toContain(`\0\x1e\0${String.fromCharCode(id.length + 1)}${id.toLowerCase()}\0`);
    await eventually('it is taken', async () => (await smsc.receipts())[0]?.outcome === 'taken');
  });

  test('comes before the response when told so', async () => {
    await smsc.set({ receiptBeforeResponse: true, receiptStates: 'UNDELIV' });
    submit();
    expect(await receipt()).toContain('stat:UNDELIV');
    expect(await client.next()).toMatchObject({ command: command.submitResp, status: 0 });
  });

  test('that is refused comes again', async () => {
    await smsc.set({ receiptRetryMs: 10 });
    submit();
    await client.next();
    const { sequence } = await client.next();
    client.send({ command: command.deliverResp, status: 0x64, sequence });
    await receipt();
    await eventually('it is taken', async () => (await smsc.receipts()).length === 2);
    expect((await smsc.receipts()).map(({ outcome }) => outcome)).toEqual(['refused 100', 'taken']);
  });
});

describe('a connection', () => {
  test.each([
    ['told to (ESME_RBINDFAIL, 0x0D)', { bindStatus: 0x0d }, 0x0d],
    ['for a wrong password (ESME_RINVPASWD, 0x0E)', { password: 'other' }, 0x0e],
    ['when there are too many binds (ESME_RALYBND, 0x05)', { maxBinds: 1 }, 0x05],
  ])('is refused the bind %s', async (_when, settings, status) => {
    await smsc.set(settings);
    const refused = await connectRaw(smsc.host, smsc.port);
    refused.send({ command: command.bindTransceiver, body: bindBody('twostep', 'secret') });
    expect(await refused.next()).toMatchObject({ command: command.bindTransceiverResp, status });
    refused.socket.destroy();
  });

  test('is unbound, dropped, frozen and told nonsense at will', async () => {
    await smsc.freeze(400);
    const asked = performance.now();
    client.send({ command: command.enquireLink });
    expect(await client.next()).toMatchObject({ command: command.enquireLinkResp });
    expect(performance.now() - asked).toBeGreaterThan(250);
    await smsc.write(Buffer.from('0000001000000fff0000000000000007', 'hex'));
    expect(await client.next()).toMatchObject({ command: 0xfff, sequence: 7 });
    void smsc.unbind();
    expect(await client.next()).toMatchObject({ command: command.unbind });
    await expect(client.next()).rejects.toThrow('the connection has ended');
    client = await bind(smsc);
    await smsc.drop({ reset: true });
    await expect(client.next()).rejects.toThrow('the connection has ended');
  });

  test('by TLS is taken with the certificate it shows, and by no client that trusts another', async () => {
    const secure = await startSmsc({ tls: true }, () => {});
    try {
      (await bind(secure, secure.certificate)).socket.destroy();
      const other = rootCertificates[0] ?? '';
      await expect(connectRaw(secure.host, secure.port, other)).rejects.toMatchObject({
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      });
    } finally {
      await secure.stop();
    }
  });
});
