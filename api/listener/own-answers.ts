// What the HTTP server would answer by itself, bare, answered as everything else is: with our body, an id and a line in the log.
import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorName, errorRow } from '../../domain/errors.ts';
import type { Logger } from '../logger.ts';

/** What keeps a request from being read, by the code that Node gives it. */
const errorsByCode: Readonly<Record<string, ErrorName>> = {
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'bodyTooLarge',
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
};
/** A peer that still sends may read its answer for this long, before what it sends is answered by a reset; in milliseconds. */
const LINGER_MS = 1_000;

/** With a status that the server chose: the request it belongs to is logged with that one. */
const chosen = new WeakMap<ServerResponse, number>();

export function statusByServer(response: ServerResponse): number | undefined {
  return chosen.get(response);
}

/** Puts these answers in the place of the server's own. */
export function answerByOurselves(server: Server, logger: Pick<Logger, 'info'>): void {
  const latest = new WeakMap<Duplex, { readonly request: IncomingMessage; readonly response: ServerResponse }>();
  const told = new WeakSet<Duplex>();
  server.prependListener('request', (request, response) => void latest.set(request.socket, { request, response }));
  const refuse = (socket: Duplex, name: ErrorName, facts: Record<string, unknown>) => {
    const { request, response } = latest.get(socket) ?? {};
    const answered = response?.writableEnded === true;
    // What is wrong with the rest of a request that was answered is nobody's answer any more.
    const tooLate = told.has(socket) || !socket.writable || (response?.headersSent && !(answered && request?.complete));
    if (tooLate) return void socket.destroy();
    const waits = answered ? undefined : response;
    told.add(socket);
    const requestId = String(waits?.getHeader('X-Request-Id') ?? randomUUID());
    const { status } = errorRow(name);
    socket.end(answerText(name, requestId), () => setTimeout(() => socket.destroy(), LINGER_MS).unref());
    // The line of a request under way tells the status, once its handler has ended.
    if (waits) chosen.set(waits, status);
    else logger.info({ requestId, status, ...facts, client: clientOf(socket) }, 'request');
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET') return void socket.destroy();
    refuse(socket, errorsByCode[error.code ?? ''] ?? 'malformedRequest', { error: error.code });
  });
  // Tunnels are nothing this server makes.
  server.on('connect', (_, socket) =>
    refuse(
      socket.on('error', () => undefined),
      'methodNotAllowed',
      { method: 'CONNECT' },
    ),
  );
}

function answerText(name: ErrorName, requestId: string): string {
  const { code, status, developerMessage } = errorRow(name);
  const body = JSON.stringify({ code, developerMessage });
  const headers = {
    'X-Request-Id': requestId,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 405 && { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE' }),
    Date: new Date().toUTCString(),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n');
}

function clientOf(socket: Duplex): string | undefined {
  return (socket as { remoteAddress?: string }).remoteAddress;
}
