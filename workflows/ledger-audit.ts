// Proves the ledger at regular times, by a Schedule; its result is what Temporal's web UI shows.
import { continueAsNew, setCurrentDetails } from '@temporalio/workflow';
import type { LedgerAuditAnswer, LedgerAuditRequest } from '../activities/ledger-audit.ts';
import { ABANDONED_AFTER_MS } from '../domain/abandoned-reservation.ts';
import { ledgerAudits } from './activity-stubs.ts';
import { endOrphan, endOrphans } from './orphans.ts';
import { notSealed } from './sealed.ts';

/**
 * Ends verifications whose workflow is gone, then audits every account. It ends well also when the money differs: then it says
 * so, and the worker logs an error.
 */
export async function ledgerAuditWorkflow(request: LedgerAuditRequest = {}): Promise<LedgerAuditAnswer> {
  // A request that was not sealed arrives as null; the Schedule gives none.
  if (request === null) throw notSealed();
  const more = await endOrphans(request.abandonedAfterMs ?? ABANDONED_AFTER_MS);
  if (more) return await continueAsNew<typeof ledgerAuditWorkflow>(request);
  let answer = await ledgerAudits.auditLedger(request);
  if (answer.doubtful.length > 0) {
    for (const trackingId of new Set(answer.doubtful)) await endOrphan(trackingId);
    answer = await ledgerAudits.auditLedger(request);
  }
  setCurrentDetails(answer.sentence);
  return answer;
}
