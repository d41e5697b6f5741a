// A listener of ours whose routes tell what was read of a request: bodies as callers send them, and as carriers do.
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import Router from '@koa/router';
import type { Context } from 'koa';
import { pino } from 'pino';
import { appAround } from '../../api/app.ts';
import { createListener, type ListenerTimes } from '../../api/listener/listener.ts';
import { body } from '../../api/middleware/body.ts';
import { carrierBody } from '../../api/middleware/carrier-body.ts';

export interface ReadingApp {
  readonly url: string;
  /** Every line of its log, read. */
  readonly log: readonly Record<string, unknown>[];
  /** What it answers to these bytes on a connection of their own; '' where it only closes. */
  speak(bytes: string | Buffer): Promise<string>;
  close(): Promise<void>;
}

/** `/json` and `/both` read as callers are read, `/carrier` as carriers; `/held` answers once `held` resolves, `/broken` throws. */
export async function startReadingApp(
  times: Partial<ListenerTimes> = {},
  held = Promise.resolve(),
): Promise<ReadingApp> {
  const log: Record<string, unknown>[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void log.push(JSON.parse(line)) });
  const router = new Router();
  const tell = (ctx: Context) => {
    const { body, rawBody, rawBytes } = ctx.request as { body?: unknown; rawBody?: string; rawBytes?: Buffer };
    ctx.body = { read: body, ...(rawBytes && { rawBody, bytes: rawBytes.toString('latin1') }) };
  };
  router.post('/json', body('json'), tell);
  router.post('/both', body('form', 'json'), tell);
  router.post('/carrier', carrierBody(), tell);
  router.post('/held', body('json'), async (ctx) => {
    await held;
    tell(ctx);
  });
  router.post('/broken', body('json'), () => {
    throw new TypeError('a fault of ours');
  });
  const app = appAround(router, { logger, trustedProxies: [] }, {});
  const server = createListener(app.callback(), { name: 'test', maxConnections: 100, logger, times });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    async speak(bytes) {
      const socket = connect(port, '127.0.0.1');
      socket.write(bytes);
      return await text(socket);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
