// Reads what comes on a connection, PDU by PDU: only what has no sound length ends it.
import type { Socket } from 'node:net';
import { createFrames } from './frames.ts';
import { type Pdu, readPdu } from './pdu.ts';

export interface Received {
  /** Nothing it throws may go further than here: it would end the process. */
  onPdu(pdu: Pdu): void;
  /** An UnsoundLength, or the end in the middle of a PDU. */
  onBroken(cause: unknown): void;
}

/** The other side has ended the connection in the middle of a PDU. */
export class HalfPdu extends Error {
  override readonly name = 'HalfPdu';
}

export function receive(socket: Socket, { onPdu, onBroken }: Received): void {
  const frames = createFrames();
  socket.on('data', (octets: Buffer) => {
    try {
      for (const frame of frames.whole(octets)) onPdu(readPdu(frame));
    } catch (cause) {
      socket.pause();
      onBroken(cause);
      return;
    }
    // A peer that asks and asks and reads no answer would fill the memory with them.
    if (socket.writableNeedDrain) {
      socket.pause();
      socket.once('drain', () => socket.resume());
    }
  });
  socket.on('end', () => {
    if (frames.waiting()) onBroken(new HalfPdu());
  });
}
