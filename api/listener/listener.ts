// Makes the HTTP server of one listener: how long a peer may take, how many connections may stand, what is told of dropped ones.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Logger } from '../logger.ts';
import { createDropLog } from './dropped.ts';
import { answerByOurselves } from './own-answers.ts';
import { keepRoom } from './room.ts';

export interface ListenerTimes {
  /** From connecting to the first byte. */
  readonly firstByteMs: number;
  /** For a whole request to come in, and for its headers. */
  readonly requestMs: number;
  /** Between an answer and the next request. */
  readonly keepAliveMs: number;
  /** Without a byte moved while a request is under way or an answer goes out. */
  readonly stalledMs: number;
  /** Between looks for what is over its time. */
  readonly lookEveryMs: number;
  readonly reportEveryMs: number;
}

const times: ListenerTimes = {
  // Ends before the time of headers, since whoever sent nothing is to be sent nothing: a proxy that connects ahead would take it
  // for the answer to what it asks next.
  firstByteMs: 20_000,
  // Longer than any request of ours lasts.
  requestMs: 30_000,
  // Longer than load balancers keep idle connections, so that it is they who close them.
  keepAliveMs: 65_000,
  // Longer than a request may take, so that a slow one is told that it was.
  stalledMs: 45_000,
  lookEveryMs: 2_000,
  reportEveryMs: 60_000,
};

export interface ListenerOptions {
  /** As the log names it. */
  readonly name: string;
  readonly maxConnections: number;
  readonly logger: Pick<Logger, 'warn' | 'info'>;
  readonly times?: Partial<ListenerTimes>;
}

/** It does not listen yet. */
export function createListener(answer: RequestListener, options: ListenerOptions): Server {
  const { name, maxConnections, logger } = options;
  const { firstByteMs, requestMs, keepAliveMs, stalledMs, lookEveryMs, reportEveryMs } = { ...times, ...options.times };
  const dropped = createDropLog(logger, name, reportEveryMs);
  const server = createServer({ connectionsCheckingInterval: lookEveryMs, requireHostHeader: false }, answer);
  // As any other request, for whoever listens for them.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  answerByOurselves(server, logger);
  server.requestTimeout = requestMs;
  server.headersTimeout = requestMs;
  server.keepAliveTimeout = keepAliveMs;
  server.timeout = stalledMs;
  server.maxConnections = maxConnections;
  server.on('drop', () => dropped.count('refused'));
  server.on('close', dropped.end);
  const room = keepRoom(server, maxConnections, () => dropped.count('closedForRoom'));
  server.on('connection', (socket) => socket.setTimeout(firstByteMs));
  // For the first request of a connection; for further ones the server does so itself.
  server.prependListener('request', ({ socket }) => socket.setTimeout(stalledMs));
  server.on('timeout', (socket) => {
    // What began to speak has the time of a request, and is told when that is over.
    if (socket.bytesRead > 0 && socket.timeout === firstByteMs) return socket.setTimeout(stalledMs);
    if (socket.bytesRead === 0) dropped.count('neverSpoke');
    else if (room.isBusy(socket)) dropped.count('neverRead');
    socket.destroy();
  });
  // To the server a connection that never spoke is at work on its first request, and would hold up a drain.
  const closeIdle = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    closeIdle();
    room.closeSilent();
  };
  return server;
}
