// Every route of the public API, on one page.
import Router from '@koa/router';
import { createCommands } from './command.ts';
import type { ApiDeps, CommandDeps, StartGates } from './deps.ts';
import { docsRoutes } from './docs/docs-routes.ts';
import { balanceOperation, readBalance } from './endpoints/balance.ts';
import { answerCalls, getCallOperation, postCallOperation } from './endpoints/calls.ts';
import { cancelOperation, cancelVerification } from './endpoints/cancel.ts';
import { confirmOperation, confirmVerification } from './endpoints/confirm.ts';
import { ledgerOperation, readLedger } from './endpoints/ledger.ts';
import { pricesOperation, readPrices } from './endpoints/prices.ts';
import { live, liveOperation, ready, readyOperation } from './endpoints/probes.ts';
import { getReceiptsOperation, postReceiptsOperation, takeReceipts } from './endpoints/receipts.ts';
import {
  accountReportOperation,
  applicationReportOperation,
  readAccountReport,
  readApplicationReport,
} from './endpoints/reports.ts';
import { resendOperation, resendVerification } from './endpoints/resend.ts';
import { readSandboxMessages, sandboxMessagesOperation } from './endpoints/sandbox-messages.ts';
import { startOperation, startVerification } from './endpoints/start.ts';
import { readStatus, statusOperation } from './endpoints/status.ts';
import { readTimeline, timelineOperation } from './endpoints/timeline.ts';
import { createToken, tokenOperation } from './endpoints/token.ts';
import { readTransactions, transactionsOperation } from './endpoints/transactions.ts';
import { publicGuards } from './middleware/guards.ts';
import { publicDocument } from './openapi/public-document.ts';
import type { Operation } from './operation.ts';
import { type Row, route } from './route.ts';

export type RouteDeps = ApiDeps & StartGates;

/** The route table: an operation, and what makes its handler. */
const table: readonly Row<RouteDeps & CommandDeps>[] = [
  [tokenOperation, createToken],

  [startOperation, startVerification],
  // Before the paths with a trackingId, which would take their names for one.
  [accountReportOperation, readAccountReport],
  [applicationReportOperation, readApplicationReport],

  [confirmOperation, confirmVerification],
  [statusOperation, readStatus],
  [cancelOperation, cancelVerification],
  [resendOperation, resendVerification],
  [timelineOperation, readTimeline],

  [balanceOperation, () => readBalance],
  [ledgerOperation, readLedger],
  [pricesOperation, readPrices],
  [transactionsOperation, readTransactions],
  [sandboxMessagesOperation, readSandboxMessages],

  [postReceiptsOperation, takeReceipts],
  [getReceiptsOperation, takeReceipts],
  [postCallOperation, answerCalls],
  [getCallOperation, answerCalls],

  [liveOperation, () => live],
  [readyOperation, ready],
];

const served = ({ sandbox }: Pick<RouteDeps, 'sandbox'>) =>
  table.filter(([operation]) => sandbox || operation !== sandboxMessagesOperation);

/** Every operation that is served, with the sandbox or without. */
export function publicOperations(options: Pick<RouteDeps, 'sandbox'>): Operation[] {
  return served(options).map(([operation]) => operation);
}

export function createRouter(deps: RouteDeps): Router {
  const router = new Router();
  route(router, { ...deps, commands: createCommands(deps) }, publicGuards(deps), served(deps));
  docsRoutes(router, '', 'Twostep', publicDocument(publicOperations(deps)));
  return router;
}
