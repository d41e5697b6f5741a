// An SMPP carrier bound to a connection whose other side a test writes by hand.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { command, type RawClient, speakRaw } from './raw-smpp.ts';
import { type CarrierChanges, smppCarrier, type TestedCarrier } from './smpp-carrier.ts';

export interface Wire {
  readonly tested: TestedCarrier;
  readonly smsc: RawClient;
  close(): Promise<void>;
}

export async function boundWire(changes: CarrierChanges = {}): Promise<Wire> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = once(server, 'connection') as Promise<[Socket]>;
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const settings = { enquireLinkSeconds: 60, ...changes.settings };
  const tested = smppCarrier({ host: '127.0.0.1', port }, { ...changes, settings });
  const smsc = speakRaw((await connection)[0]);
  const { sequence } = await smsc.next();
  smsc.send({ command: command.bindTransceiverResp, sequence, body: Buffer.from('smsc\0') });
  return {
    tested,
    smsc,
    async close() {
      smsc.socket.destroy();
      server.close();
      await tested.close();
    },
  };
}

/** The body of a deliver_sm, of a receipt unless said otherwise; its length is that of the text where none is claimed. */
export function deliverBody(text: string, { tlvs = '', esmClass = 4, claimed = text.length } = {}): Buffer {
  const addresses = Buffer.from('0001013100010132 00'.replace(' ', ''), 'hex');
  const flags = Buffer.from([esmClass, 0, 0, 0, 0, 0, 0, 0, 0, claimed]);
  return Buffer.concat([addresses, flags, Buffer.from(text), Buffer.from(tlvs.replaceAll(' ', ''), 'hex')]);
}
