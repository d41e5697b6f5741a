// Requests on a session, each with exactly one end: a response, silence, or the end of the connection.
import smpp, { type Pdu, type PduFields, type Session } from 'smpp';

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
}

const LATE_MS = 60_000;

/** The library forgets the callbacks of a connection that ends, and waits for ever for a response that does not come. */
export function createRequests(session: Session): Requests {
  const settles = new Set<(answer: Answer) => void>();
  session.on('close', () => {
    for (const settle of [...settles]) settle({ kind: 'lost' });
  });
  return {
    waiting: () => settles.size,
    send: (command, fields, timeoutMs, onLate) =>
      new Promise((resolve) => {
        const pdu = new smpp.PDU(command, fields);
        const forget = () => {
          delete session._callbacks[pdu.sequence_number];
        };
        const settle = (answer: Answer) => {
          clearTimeout(timer);
          settles.delete(settle);
          resolve(answer);
        };
        const timer = setTimeout(() => {
          settle({ kind: 'silence' });
          if (onLate) setTimeout(forget, LATE_MS).unref();
          else forget();
        }, timeoutMs);
        settles.add(settle);
        try {
          const written = session.send(pdu, (response) => {
            if (settles.has(settle)) settle({ kind: 'answered', pdu: response });
            else onLate?.(response);
          });
          if (!written) settle({ kind: 'unwritten' });
        } catch {
          forget();
          settle({ kind: 'unwritable' });
        }
      }),
  };
}
