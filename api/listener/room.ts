// Keeps room for newcomers: above four fifths of the limit, connections that wait for their peer are closed, the oldest first.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Busy {
  readonly exchanges: Set<Exchange>;
  readonly since: number;
}

export interface Room {
  /** Whether a request is under way there, or an answer. */
  isBusy(socket: Socket): boolean;
  /** Closes those that sent nothing for a while after connecting. */
  closeSilent(): void;
}

const FULL_SHARE = 0.8;
/** A connection this young may have a request on its way; in milliseconds. */
const YOUNG_MS = 1_000;
/** Looking through all requests under way costs, so it is done no more often than this; in milliseconds. */
const LOOK_EVERY_MS = 100;

/**
 * Watches a server's connections. One without a request waits for its peer, and so does one whose request is not yet here in
 * full or whose answer is not yet read; the rest is ours to work on and is never closed.
 */
export function keepRoom(server: Server, limit: number, closed: () => void): Room {
  // In the order in which they began to wait, with the moment.
  const waiting = new Map<Socket, number>();
  const busy = new Map<Socket, Busy>();
  const mark = Math.floor(limit * FULL_SHARE);
  let lookedAt = 0;

  const open = () => waiting.size + busy.size;
  const isYoung = (since: number) => performance.now() - since < YOUNG_MS;
  const close = (socket: Socket) => {
    waiting.delete(socket);
    busy.delete(socket);
    socket.destroy();
    closed();
  };
  /** Closes from the front until there is room, sparing the young unless so many fill it up to the very limit. */
  const closeOldest = (candidates: Iterable<readonly [Socket, number]>, many: number) => {
    const flooded = open() >= limit && many > limit - mark;
    for (const [socket, since] of candidates) {
      if (open() <= mark || (isYoung(since) && !flooded)) return;
      close(socket);
    }
  };
  const makeRoom = () => {
    closeOldest(waiting, waiting.size);
    if (open() <= mark || performance.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = performance.now();
    const stalled = [...busy].filter(([, { exchanges }]) => [...exchanges].every(peerIsAwaited));
    const since = stalled.map(([socket, { since }]) => [socket, since] as const);
    closeOldest(since, waiting.size + stalled.length);
  };

  server.on('drop', makeRoom);
  server.on('connection', (socket) => {
    waiting.set(socket, performance.now());
    socket.once('close', () => {
      waiting.delete(socket);
      busy.delete(socket);
    });
    if (open() > mark) makeRoom();
  });

  server.prependListener('request', (request, response) => {
    const { socket } = request;
    const exchange = { request, response };
    const { exchanges } = busy.get(socket) ?? { exchanges: new Set<Exchange>() };
    exchanges.add(exchange);
    if (waiting.delete(socket)) busy.set(socket, { exchanges, since: performance.now() });
    response.once('close', () => {
      exchanges.delete(exchange);
      if (exchanges.size > 0 || !busy.delete(socket) || socket.destroyed) return;
      waiting.set(socket, performance.now());
    });
  });
  return {
    isBusy: (socket) => busy.has(socket),
    closeSilent() {
      for (const [socket, since] of waiting) {
        if (socket.bytesRead === 0 && !isYoung(since)) socket.destroy();
      }
    },
  };
}

function peerIsAwaited({ request, response }: Exchange): boolean {
  return !request.complete || response.writableEnded;
}
