// Says what came from an SMSC and could not be read: kinds and lengths, never what is in it.
import type { Pdu } from './pdu.ts';

interface Log {
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** Each kind the first time and every hundredth: a flood must not become one of the log. */
const LOG_EVERY = 100;
/** An SMSC that sends noise has kinds without end. */
const MOST_KINDS = 100;

export function createPduLog(log: Log) {
  const counts = new Map<string, number>();
  return {
    onUnread({ command_id: id, unread }: Pdu): void {
      for (const { type, length } of unread) {
        const kind = `${id}:${type}`;
        const key = counts.has(kind) || counts.size < MOST_KINDS ? kind : 'others';
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        if (count % LOG_EVERY !== 1) continue;
        const command = `0x${id.toString(16).padStart(8, '0')}`;
        log.warn('The SMSC sent what cannot be read: it was passed over, and the rest of its PDU used', {
          command,
          type,
          length,
          count,
        });
      }
    },
    onUnsound(commandLength: number): void {
      log.warn('The SMSC sent a PDU whose command_length cannot be, and the connection to it is ended', {
        commandLength,
      });
    },
  };
}
