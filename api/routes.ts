// Every route of the public API, on one page.
import Router from '@koa/router';
import type { ApiDeps } from './deps.ts';
import { readBalance } from './endpoints/balance.ts';
import { cancelVerification } from './endpoints/cancel.ts';
import { confirmVerification } from './endpoints/confirm.ts';
import { live, ready } from './endpoints/probes.ts';
import { readSandboxMessages } from './endpoints/sandbox-messages.ts';
import { startVerification } from './endpoints/start.ts';
import { readStatus } from './endpoints/status.ts';
import { createToken } from './endpoints/token.ts';
import { authenticate, toldAtStart } from './middleware/authenticate.ts';
import { body } from './middleware/body.ts';
import { credentials } from './middleware/credentials.ts';

export type RouteDeps = ApiDeps & { overloaded(): boolean };

/** The route table. Authorisation always comes before the body is read. */
export function createRouter(deps: RouteDeps): Router {
  const router = new Router();
  const caller = authenticate(deps);

  router.post('/oauth/token', credentials(deps), body('form', 'json'), createToken(deps));

  router.post('/2step', authenticate(deps, toldAtStart), body('json'), startVerification(deps));
  router.post('/2step/:trackingId', caller, body('json', 'form'), confirmVerification(deps));
  router.get('/2step/:trackingId', caller, readStatus(deps));
  router.delete('/2step/:trackingId', caller, cancelVerification(deps));

  router.get('/accounts/me/balance', caller, readBalance);
  if (deps.sandbox) router.get('/sandbox/messages', caller, readSandboxMessages(deps));

  router.get('/livez', live);
  router.get('/readyz', ready(deps));
  return router;
}
