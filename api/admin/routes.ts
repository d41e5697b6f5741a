// Every endpoint of the management API, on one page.
import Router from '@koa/router';
import { docsRoutes } from '../docs/docs-routes.ts';
import { live, liveOperation, probeOperations, ready, readyOperation } from '../endpoints/probes.ts';
import { ADMIN_TITLE, adminDocument } from '../openapi/admin-document.ts';
import { route } from '../route.ts';
import type { AdminDeps, AdminEndpoint, AdminOperation } from './endpoint.ts';
import { getAccount, patchAccount } from './endpoints/account.ts';
import { getAccounts, postAccount } from './endpoints/accounts.ts';
import { getApplication, patchApplication, removeApplication } from './endpoints/application.ts';
import { deleteSecret, postRevokeTokens, postSecret, postSecretRotation } from './endpoints/application-secrets.ts';
import { getApplications, postApplication } from './endpoints/applications.ts';
import { getAudit } from './endpoints/audit.ts';
import { postPause, postReplay, postResume, postTestEvent } from './endpoints/callbacks.ts';
import { postCarrierPause, postCarrierResume, postReceiptSecret, postTestMessage } from './endpoints/carrier-acts.ts';
import { deleteOneCarrier, getCarrier, getCarriers, putOneCarrier } from './endpoints/carriers.ts';
import { getEvents } from './endpoints/events.ts';
import { getLedger } from './endpoints/ledger.ts';
import { patchLimits } from './endpoints/limits.ts';
import { postAdjustment, postTopUp } from './endpoints/movements.ts';
import { deleteOneNumberRange, getNumberRanges, putOneNumberRange } from './endpoints/number-ranges.ts';
import { deleteOperator, getOperators, postOperator } from './endpoints/operators.ts';
import { deleteOnePrice, getPrices, putOnePrice } from './endpoints/prices.ts';
import { postPriceImport } from './endpoints/prices-import.ts';
import { deleteOneRoute, getRoute, getRoutes, putOneRoute } from './endpoints/routes.ts';
import { getSettings, patchSettings } from './endpoints/settings.ts';
import { deleteSigningSecret, postSigningSecret, postSigningSecretRotation } from './endpoints/signing-secrets.ts';
import { postSubjectErase } from './endpoints/subjects.ts';
import { postTemplateCheck } from './endpoints/template-check.ts';
import { getVerification } from './endpoints/verification.ts';
import { getVerifications, postVerificationSearch } from './endpoints/verifications.ts';
import { noBody } from './middleware/no-body.ts';
import { operatorWith } from './middleware/operator.ts';

/** In the order the documentation has them. */
export const adminEndpoints: readonly AdminEndpoint[] = [
  postOperator,
  getOperators,
  deleteOperator,

  postAccount,
  getAccounts,
  getAccount,
  patchAccount,

  postTopUp,
  postAdjustment,
  patchLimits,
  getLedger,

  postApplication,
  getApplications,
  getApplication,
  patchApplication,
  removeApplication,
  postSecret,
  postSecretRotation,
  deleteSecret,
  postRevokeTokens,

  getSettings,
  patchSettings,
  postSigningSecret,
  postSigningSecretRotation,
  deleteSigningSecret,
  postTemplateCheck,

  getPrices,
  putOnePrice,
  deleteOnePrice,
  postPriceImport,

  getNumberRanges,
  putOneNumberRange,
  deleteOneNumberRange,

  getCarriers,
  putOneCarrier,
  getCarrier,
  postCarrierPause,
  postCarrierResume,
  postTestMessage,
  postReceiptSecret,
  deleteOneCarrier,

  getRoutes,
  putOneRoute,
  getRoute,
  deleteOneRoute,

  getVerifications,
  postVerificationSearch,
  getVerification,
  postSubjectErase,

  postTestEvent,
  postPause,
  postResume,
  postReplay,

  getEvents,
  getAudit,
];

/** The operations alone, as documents are made from them. */
export const adminOperations = adminEndpoints.map(({ operation }) => operation);

/** With what asks for no token. */
export const documentedAdminOperations = [...adminOperations, ...probeOperations];

export function createAdminRouter(deps: AdminDeps): Router {
  const router = new Router();
  const rows = adminEndpoints.map(({ operation, handle }) => [operation, handle] as const);
  route(
    router,
    deps,
    ({ scope, body }: AdminOperation) => [operatorWith(deps, scope), ...(body ? [] : [noBody])],
    rows,
  );
  // Here, too: callers who crowd the public listener keep no probe from this one.
  route(router, deps, () => [], [
    [liveOperation, () => live],
    [readyOperation, ready],
  ]);
  docsRoutes(router, '/admin', ADMIN_TITLE, adminDocument(documentedAdminOperations));
  return router;
}
