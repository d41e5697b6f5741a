// Lets a Koa app, or any HTTP server, listen on a free port of this machine for the length of a test.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Koa from 'koa';

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export async function listen(app: Koa): Promise<Listening> {
  return await listening(createServer(app.callback()));
}

/** The same for any server that does not listen yet. */
export async function listening(server: Server): Promise<Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
