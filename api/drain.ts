// Ends servers without cutting answers off: connections close as they answer, and what lingers is closed in the end.
import type { Server, ServerResponse } from 'node:http';

/** Longer than any request of ours lasts; in milliseconds. */
const LONGEST_REQUEST_MS = 12_000;
const IDLE_LOOK_MS = 50;

/** Resolves once every connection is closed. Requests under way are answered, and each answer is its connection's last. */
export async function drain(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.prependListener('request', lastOfItsConnection);
      // Again and again: a connection whose request was under way becomes idle only with its answer.
      const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
      const lingering = setTimeout(() => server.closeAllConnections(), LONGEST_REQUEST_MS);
      return closed.finally(() => {
        clearInterval(idle);
        clearTimeout(lingering);
      });
    }),
  );
}

function lastOfItsConnection(_: unknown, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
}
