// Requests on a connection, each with exactly one end: a response, silence, or the end of the connection.
import type { Writable } from 'node:stream';
import { commandId, type Pdu, responseTo } from './pdu.ts';
import { type PduFields, writePdu } from './protocol.ts';

export type Answer =
  | { readonly kind: 'answered'; readonly pdu: Pdu }
  /** Nothing was written, since the connection was gone. */
  | { readonly kind: 'unwritten' }
  /** Nothing was written, since a field cannot be. */
  | { readonly kind: 'unwritable' }
  /** Written, and no response in time. */
  | { readonly kind: 'silence' }
  /** Written, and the connection ended. */
  | { readonly kind: 'lost' };

export interface Requests {
  /** How many wait for their end. */
  waiting(): number;
  /** @param onLate called with a response that comes after `silence`, for a minute */
  send(command: string, fields: PduFields, timeoutMs: number, onLate?: (pdu: Pdu) => void): Promise<Answer>;
  /** A response came. False where nobody waits for it, or for another: the right one may follow. */
  answered(response: Pdu): boolean;
  /** The connection has ended. */
  ended(): void;
}

interface Expected {
  readonly commandId: number;
  settle(answer: Answer): void;
  late?: ((pdu: Pdu) => void) | undefined;
}

const LATE_MS = 60_000;
const LAST_SEQUENCE = 0x7fff_ffff;

export function createRequests(socket: Pick<Writable, 'writable' | 'write'>): Requests {
  const expected = new Map<number, Expected>();
  const late = new Map<number, Expected>();
  let sequence = 0;
  return {
    waiting: () => expected.size,
    send: (command, fields, timeoutMs, onLate) =>
      new Promise((resolve) => {
        sequence = sequence === LAST_SEQUENCE ? 1 : sequence + 1;
        const own = sequence;
        const octets = writePdu(command, fields, own);
        if (!octets) return resolve({ kind: 'unwritable' });
        if (!socket.writable) return resolve({ kind: 'unwritten' });
        const timer = setTimeout(() => {
          if (onLate) {
            late.set(own, { ...request, late: onLate });
            setTimeout(() => late.delete(own), LATE_MS).unref();
          }
          request.settle({ kind: 'silence' });
        }, timeoutMs);
        const request: Expected = {
          commandId: responseTo(octets.readUInt32BE(4)),
          settle(answer) {
            clearTimeout(timer);
            expected.delete(own);
            resolve(answer);
          },
        };
        expected.set(own, request);
        socket.write(octets);
      }),
    answered(pdu) {
      const { sequence_number: own, command_id: id } = pdu;
      const request = expected.get(own) ?? late.get(own);
      if (!request || (id !== request.commandId && id !== commandId.genericNack)) return false;
      if (!late.delete(own)) request.settle({ kind: 'answered', pdu });
      else request.late?.(pdu);
      return true;
    },
    ended() {
      for (const { settle } of [...expected.values()]) settle({ kind: 'lost' });
      late.clear();
    },
  };
}
