// Builds the API from its dependencies; it never listens.
import Koa from 'koa';
import { answerErrors } from './middleware/errors.ts';
import { requestId } from './middleware/request-id.ts';
import { requestLog } from './middleware/request-log.ts';
import { createRouter, type RouteDeps } from './routes.ts';

/** The middleware in the order a request walks it. */
export function createApp(deps: RouteDeps): Koa {
  const app = new Koa();
  const router = createRouter(deps);
  app.on('error', (error: unknown) => {
    const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
    // Name and place only: a message may quote what a caller sent.
    deps.logger.error(
      {
        error: name,
        at: stack
          ?.split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 8),
      },
      'unexpected error',
    );
  });
  app.use(requestId());
  app.use(requestLog(deps.logger, deps.trustedProxies));
  app.use(answerErrors(deps.logger));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
