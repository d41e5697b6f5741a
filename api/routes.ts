// Every route of the public API, on one page.
import Router from '@koa/router';
import type { ApiDeps } from './deps.ts';
import { readBalance } from './endpoints/balance.ts';
import { cancelVerification } from './endpoints/cancel.ts';
import { confirmVerification } from './endpoints/confirm.ts';
import { readLedger } from './endpoints/ledger.ts';
import { readPrices } from './endpoints/prices.ts';
import { live, ready } from './endpoints/probes.ts';
import { readAccountReport, readApplicationReport } from './endpoints/reports.ts';
import { resendVerification } from './endpoints/resend.ts';
import { readSandboxMessages } from './endpoints/sandbox-messages.ts';
import { startVerification } from './endpoints/start.ts';
import { readStatus } from './endpoints/status.ts';
import { readTimeline } from './endpoints/timeline.ts';
import { createToken } from './endpoints/token.ts';
import { readTransactions } from './endpoints/transactions.ts';
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
  // Before the paths with a trackingId, which would take their names for one.
  router.get('/2step/reports', caller, readAccountReport(deps));
  router.get('/2step/reports/applications/:applicationId', caller, readApplicationReport(deps));

  router.post('/2step/:trackingId', caller, body('json', 'form'), confirmVerification(deps));
  router.get('/2step/:trackingId', caller, readStatus(deps));
  router.delete('/2step/:trackingId', caller, cancelVerification(deps));

  router.post('/2step/:trackingId/resend', caller, body('json', 'form'), resendVerification(deps));
  router.get('/2step/:trackingId/timeline', caller, readTimeline(deps));

  router.get('/accounts/me/balance', caller, readBalance);
  router.get('/accounts/me/ledger', caller, readLedger(deps));
  router.get('/system/prices', caller, readPrices(deps));
  router.get('/accounts/me/transactions', caller, readTransactions(deps));
  if (deps.sandbox) router.get('/sandbox/messages', caller, readSandboxMessages(deps));

  router.get('/livez', live);
  router.get('/readyz', ready(deps));
  return router;
}
