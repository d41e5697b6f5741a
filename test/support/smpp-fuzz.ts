// Plays an SMSC that sends nonsense to a carrier, while messages go out, and counts what became of both.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { chanceOf } from '../model/random.ts';
import { eventually } from './eventually.ts';
import { command, type RawClient, speakRaw } from './raw-smpp.ts';
import { outgoing, smppCarrier } from './smpp-carrier.ts';
import { type FuzzPdu, fuzzPdu } from './smpp-fuzz-pdus.ts';

export interface FuzzFigures {
  readonly pdus: number;
  /** More than one, or one that is lost, are sessions ended by a PDU. */
  readonly connections: number;
  readonly lost: boolean;
  readonly expectedAnswers: number;
  /** Asked, and not answered with the right command and sequence number. */
  readonly unanswered: number;
  /** Answered without being asked. */
  readonly tooManyAnswers: number;
  readonly receipts: number;
  /** Named in a PDU that can be read so far, and not handed on. */
  readonly receiptsLost: number;
  readonly sends: number;
  readonly sendsFailed: number;
  readonly logLines: number;
  readonly seconds: number;
  /** What the heap grew by, after the first tenth. */
  readonly grownMb: number;
}

const AT_ONCE = 250;

export async function fuzzSmpp(pdus: number, seed: number): Promise<FuzzFigures> {
  const chance = chanceOf(seed);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const smsc = new FuzzSmsc();
  server.on('connection', (socket: Socket) => smsc.serve(socket));
  const taken = new Set<string>();
  const tested = smppCarrier(
    { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 },
    { takeReceipt: async ({ messageId }) => void (messageId && taken.add(messageId)) },
  );
  const began = Date.now();
  let heap = 0;
  const counted = { expectedAnswers: 0, receipts: 0, receiptsLost: 0, sends: 0, sendsFailed: 0 };
  try {
    await eventually('it is bound', async () => smsc.peer !== undefined);
    for (let done = 0; done < pdus; done += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, pdus - done) }, (_, at) => fuzzPdu(chance, done + at));
      const sending = Promise.allSettled([
        tested.carrier.send(outgoing(), 'key'),
        tested.carrier.send(outgoing(), 'key'),
      ]);
      smsc.send(batch, (most) => chance.below(most));
      for (const end of await sending) {
        counted.sends += 1;
        if (end.status === 'rejected') counted.sendsFailed += 1;
      }
      counted.expectedAnswers += batch.filter(({ answer }) => answer !== undefined).length;
      await smsc.settled();
      for (const { receipt } of batch) {
        if (receipt === undefined) continue;
        counted.receipts += 1;
        if (!taken.delete(receipt)) counted.receiptsLost += 1;
      }
      taken.clear();
      // Nothing more can be learned from it.
      if (smsc.lost) break;
      if (heap === 0 && done >= pdus / 10) heap = process.memoryUsage().heapUsed;
    }
    return {
      pdus,
      connections: smsc.connections,
      lost: smsc.lost,
      ...counted,
      unanswered: smsc.unanswered(),
      tooManyAnswers: smsc.tooMany,
      logLines: tested.log.length,
      seconds: (Date.now() - began) / 1000,
      grownMb: Math.round((process.memoryUsage().heapUsed - heap) / 2 ** 20),
    };
  } finally {
    smsc.peer?.socket.destroy();
    await tested.close();
    server.close();
  }
}

class FuzzSmsc {
  peer: RawClient | undefined;
  connections = 0;
  tooMany = 0;
  lost = false;
  /** How often each answer is still waited for. */
  readonly #waiting = new Map<string, number>();
  #submits = 0;

  serve(socket: Socket): void {
    this.connections += 1;
    const peer = speakRaw(socket);
    socket.on('close', () => {
      this.lost = true;
    });
    void this.#answer(peer).catch(() => undefined);
  }

  /** In pieces of any size, as a network would. */
  send(batch: readonly FuzzPdu[], below: (most: number) => number): void {
    for (const { answer, sequence } of batch) {
      if (answer === undefined) continue;
      const key = `${answer}:${sequence}`;
      this.#waiting.set(key, (this.#waiting.get(key) ?? 0) + 1);
    }
    let rest = Buffer.concat(batch.map(({ octets }) => octets));
    while (rest.length > 0) {
      const length = 1 + below(8_000);
      this.peer?.socket.write(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
  }

  unanswered(): number {
    return [...this.#waiting.values()].reduce((sum, count) => sum + count, 0);
  }

  /** All is answered, or will not be. */
  async settled(): Promise<void> {
    await eventually('all is answered', async () => this.lost || this.unanswered() === 0, 5_000).catch(() => undefined);
  }

  async #answer(peer: RawClient): Promise<void> {
    for (;;) {
      const { command: id, sequence } = await peer.next();
      if (id >= 0x8000_0000) this.#answered(`${id}:${sequence}`);
      else if (id === command.submit) {
        this.#submits += 1;
        peer.send({ command: command.submitResp, sequence, body: Buffer.from(`m${this.#submits}\0`) });
      } else {
        peer.send({ command: id + 0x8000_0000, sequence });
        if (id === command.bindTransceiver) this.peer = peer;
      }
    }
  }

  #answered(key: string): void {
    const count = this.#waiting.get(key) ?? 0;
    if (count === 0) this.tooMany += 1;
    else if (count === 1) this.#waiting.delete(key);
    else this.#waiting.set(key, count - 1);
  }
}
