// Builds the API from its dependencies; it never listens.
import Koa from 'koa';
import { answerErrors } from './middleware/errors.ts';
import { requestId } from './middleware/request-id.ts';
import { requestLog } from './middleware/request-log.ts';
import { createRouter, type RouteDeps } from './routes.ts';
import { logUnexpected } from './unexpected.ts';

/** The middleware in the order a request walks it. */
export function createApp(deps: RouteDeps): Koa {
  const app = new Koa();
  const router = createRouter(deps);
  app.on('error', logUnexpected(deps.logger));
  app.use(requestId());
  app.use(requestLog(deps.logger, deps.trustedProxies));
  app.use(answerErrors(deps.logger));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
