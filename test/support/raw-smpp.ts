// SMPP written by hand, byte for byte: enough to bind, submit and take receipts without any library.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface RawPdu {
  readonly command: number;
  readonly status: number;
  readonly sequence: number;
  readonly body: Buffer;
}

export const command = {
  submit: 0x4,
  submitResp: 0x80000004,
  deliver: 0x5,
  deliverResp: 0x80000005,
  unbind: 0x6,
  bindTransceiver: 0x9,
  bindTransceiverResp: 0x80000009,
  enquireLink: 0x15,
  enquireLinkResp: 0x80000015,
} as const;

export interface RawClient {
  readonly socket: Socket;
  send(pdu: Partial<RawPdu> & { command: number }): void;
  /** The next PDU that came; rejects once the connection has ended and none is left. */
  next(): Promise<RawPdu>;
}

const cstring = (text: string) => Buffer.from(`${text}\0`, 'latin1');

export const bindBody = (systemId: string, password: string) =>
  Buffer.concat([cstring(systemId), cstring(password), cstring(''), Buffer.from([0x34, 0, 0]), cstring('')]);

/** The body of a submit_sm to a number, with a receipt wanted; TLVs follow it. */
export function submitBody(to: string, message: Buffer, { esmClass = 0, dataCoding = 0, tlvs = Buffer.alloc(0) } = {}) {
  const addresses = [cstring(''), Buffer.from([5, 0]), cstring('Twostep'), Buffer.from([1, 1]), cstring(to)];
  const flags = [Buffer.from([esmClass, 0, 0]), cstring(''), cstring('000000000500000R'), Buffer.from([1, 0])];
  return Buffer.concat([...addresses, ...flags, Buffer.from([dataCoding, 0, message.length]), message, tlvs]);
}

/** Connects; with a certificate, by TLS that trusts it alone. */
export async function connectRaw(host: string, port: number, certificate?: string): Promise<RawClient> {
  const socket = certificate ? connectTls({ host, port, ca: certificate }) : connect({ host, port });
  await once(socket, certificate ? 'secureConnect' : 'connect');
  return speakRaw(socket);
}

/** Either side of a connection that stands. */
export function speakRaw(socket: Socket): RawClient {
  const [received, waiting]: [RawPdu[], ((pdu: RawPdu | Error) => void)[]] = [[], []];
  let rest = Buffer.alloc(0);
  let ended = false;
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
      const pdu = rest.subarray(0, rest.readUInt32BE(0));
      rest = rest.subarray(pdu.length);
      const [id, status, sequence] = [pdu.readUInt32BE(4), pdu.readUInt32BE(8), pdu.readUInt32BE(12)];
      const read = { command: id, status, sequence, body: pdu.subarray(16) };
      const waiter = waiting.shift();
      if (waiter) waiter(read);
      else received.push(read);
    }
  });
  const end = () => {
    ended = true;
    for (const waiter of waiting.splice(0)) waiter(new Error('the connection has ended'));
  };
  socket.on('error', end);
  socket.on('close', end);
  return {
    socket,
    send({ command: id, status = 0, sequence = 1, body = Buffer.alloc(0) }) {
      const head = Buffer.alloc(16);
      for (const [at, value] of [16 + body.length, id, status, sequence].entries()) head.writeUInt32BE(value, at * 4);
      socket.write(Buffer.concat([head, body]));
    },
    next: () =>
      new Promise((resolve, reject) => {
        const pdu = received.shift();
        if (pdu) return resolve(pdu);
        if (ended) return reject(new Error('the connection has ended'));
        waiting.push((next) => (next instanceof Error ? reject(next) : resolve(next)));
      }),
  };
}

/** The other side of a carrier: answers binds with this status, and every enquire_link, and takes nothing else. */
export interface RawSmsc {
  readonly port: number;
  /** From the next bind on. */
  bindStatus: number;
  close(): Promise<void>;
}

export async function startRawSmsc(bindStatus = 0): Promise<RawSmsc> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  const address = server.address();
  const smsc: RawSmsc = {
    port: typeof address === 'object' && address ? address.port : 0,
    bindStatus,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    void answer(speakRaw(socket)).catch(() => socket.destroy());
  });
  async function answer(peer: RawClient): Promise<void> {
    for (;;) {
      const { command: asked, sequence } = await peer.next();
      const binds = asked === command.bindTransceiver;
      const status = binds ? smsc.bindStatus : 0;
      peer.send({ command: asked + 0x80000000, status, sequence, ...(binds && { body: cstring('smsc') }) });
    }
  }
  return smsc;
}
