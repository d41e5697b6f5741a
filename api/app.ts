// Builds the API from its dependencies; it never listens.
import type Router from '@koa/router';
import Koa from 'koa';
import type { ErrorSentences } from '../domain/errors.ts';
import type { ApiDeps } from './deps.ts';
import { publicPages } from './docs/pages.ts';
import { browserPages } from './middleware/browser-pages.ts';
import { answerErrors } from './middleware/errors.ts';
import { protocol } from './middleware/protocol.ts';
import { requestId } from './middleware/request-id.ts';
import { requestLog } from './middleware/request-log.ts';
import { safeHeaders } from './middleware/safe-headers.ts';
import { createRouter, type RouteDeps } from './routes.ts';
import { logUnexpected } from './unexpected.ts';

/** The public API. */
export function createApp(deps: RouteDeps): Koa {
  return appAround(createRouter(deps), deps, publicPages(deps));
}

/** The middleware in the order a request walks it, whichever routes it comes to. */
export function appAround(
  router: Router,
  { logger, trustedProxies }: Pick<ApiDeps, 'logger' | 'trustedProxies'>,
  pages: Readonly<Record<string, string>>,
  sentences: ErrorSentences = {},
): Koa {
  const app = new Koa();
  app.on('error', logUnexpected(logger));
  app.use(requestId());
  app.use(safeHeaders());
  app.use(requestLog(logger, trustedProxies));
  app.use(answerErrors(logger, sentences));
  app.use(protocol());
  app.use(browserPages(pages));
  app.use(router.routes());
  app.use(router.allowedMethods());
  return app;
}
