// One HTTP request and the head of its answer, with no doubt left whether a connection for it ever stood.
import http from 'node:http';
import https from 'node:https';

export interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** How long name, connection and TLS may take together, in milliseconds. */
  readonly connectMs: number;
  /** Ends it, the reading of the answer's body too. */
  readonly signal: AbortSignal;
}

/** No connection stood, so nothing of the request left; `code` is what Node or TLS called the cause, or one of ours. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
  readonly code: string;

  constructor(code: string, cause?: unknown) {
    super(`the request was not sent (${code})`, { cause });
    this.code = code;
  }
}

export const NO_CONNECTION_IN_TIME = 'NO_CONNECTION_IN_TIME';

/** Connections that are idle for longer are closed: most servers keep theirs for five seconds and more. */
export const IDLE_MS = 4_000;
/** Beyond it an answer's head is none. */
const MAX_HEAD_BYTES = 65_536;

/**
 * Asks once, follows nothing, and resolves at the head of the answer, whatever its status is; whoever asked reads or destroys the rest.
 * @throws NotSent where surely nothing left; any other error once something may have
 */
export function exchange(url: URL, agent: http.Agent, asked: Asked): Promise<http.IncomingMessage> {
  const { method, headers, body, connectMs, signal } = asked;
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    let stood = false;
    const request = requestFor(url, { method, agent, headers, signal, maxHeaderSize: MAX_HEAD_BYTES });
    const connecting = setTimeout(() => request.destroy(new NotSent(NO_CONNECTION_IN_TIME)), connectMs);
    const stands = () => {
      stood = true;
      clearTimeout(connecting);
    };
    request.on('socket', (socket) => {
      if (request.reusedSocket) stands();
      else socket.once(secure ? 'secureConnect' : 'connect', stands);
    });
    request.on('response', (answer) => {
      // A server that soon hangs up may do so just as the next request is on its way.
      if (hangsUpSoon(answer)) request.shouldKeepAlive = false;
      resolve(answer);
    });
    // It wants to speak another protocol: its status is all there is.
    request.on('upgrade', (reply, socket) => {
      socket.destroy();
      resolve(reply);
    });
    request.on('error', (error) => {
      clearTimeout(connecting);
      reject(stood && !refusesHandshake(error) ? error : asNotSent(error, signal));
    });
    request.end(body);
  });
}

/** @throws NotSent for what cannot be written as a request */
function requestFor(url: URL, options: http.RequestOptions): http.ClientRequest {
  try {
    return (url.protocol === 'https:' ? https : http).request(url, options);
  } catch (error) {
    throw new NotSent(codeOf(error), error);
  }
}

function asNotSent(error: unknown, signal: AbortSignal): NotSent {
  if (error instanceof NotSent) return error;
  return new NotSent(signal.aborted ? NO_CONNECTION_IN_TIME : codeOf(error), error);
}

/** With TLS 1.3 a server refuses our side of the handshake when the request is on its way already: it never reads it. */
function refusesHandshake(error: unknown): boolean {
  return /^ERR_SSL_.*ALERT_(BAD_CERTIFICATE|CERTIFICATE_|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_|PROTOCOL_VERSION|INSUFFICIENT_SECURITY|UNRECOGNIZED_NAME|UNSUPPORTED_|NO_APPLICATION_PROTOCOL|DECRYPT_ERROR)/.test(
    codeOf(error),
  );
}

function hangsUpSoon({ headers }: http.IncomingMessage): boolean {
  const seconds = /timeout=(\d+)/.exec(String(headers['keep-alive'] ?? ''))?.[1];
  return seconds !== undefined && Number(seconds) * 1_000 <= IDLE_MS;
}

/** The code of an error; of a name with several addresses, that of the first failure that has one. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  const inside =
    error instanceof AggregateError ? error.errors.map(codeOf).find((each) => each !== 'UNKNOWN') : undefined;
  return inside ?? 'UNKNOWN';
}
