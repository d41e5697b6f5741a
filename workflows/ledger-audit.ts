// Proves the ledger at regular times, by a Schedule; its result is what Temporal's web UI shows.
import { setCurrentDetails } from '@temporalio/workflow';
import type { LedgerAuditAnswer, LedgerAuditRequest } from '../activities/ledger-audit.ts';
import { ledgerAudits } from './activity-stubs.ts';

/** One audit of every account. It ends well also when the money differs: then it says so, and the worker logs an error. */
export async function ledgerAuditWorkflow(request: LedgerAuditRequest = {}): Promise<LedgerAuditAnswer> {
  const answer = await ledgerAudits.auditLedger(request);
  setCurrentDetails(answer.sentence);
  return answer;
}
