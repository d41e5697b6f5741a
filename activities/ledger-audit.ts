// The activity behind the regular ledger audit; it may take minutes, and says that it lives after every page.
import { cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { differenceLine } from '../domain/audit-sentence.ts';
import type { Database } from '../store/database.ts';
import { auditLedger } from '../store/ledger-audit.ts';
import { guarded } from './failures.ts';

export interface LedgerAuditRequest {
  /** How old an open reservation must be before its workflow is asked after, in milliseconds. */
  readonly abandonedAfterMs?: number;
}

export interface LedgerAuditAnswer {
  readonly exact: boolean;
  readonly sentence: string;
  /** Verifications without a workflow whose carriers are to be asked before their money is settled. */
  readonly doubtful: readonly string[];
}

export interface LedgerAuditActivities {
  auditLedger(request: LedgerAuditRequest): Promise<LedgerAuditAnswer>;
}

export interface LedgerAuditDeps {
  readonly database: Database;
  readonly verificationRuns: (trackingId: string) => Promise<boolean>;
}

const LOGGED_DIFFERENCES = 20;

export function createLedgerAuditActivities({ database, verificationRuns }: LedgerAuditDeps): LedgerAuditActivities {
  const activities: LedgerAuditActivities = {
    async auditLedger({ abandonedAfterMs }) {
      const { sentence, differenceCount, differences, doubtful } = await auditLedger(database, {
        runs: verificationRuns,
        actor: 'ledger audit',
        abandonedAfterMs,
        onPage: () => {
          heartbeat();
          // A worker that stops does not wait for the end; another begins afresh.
          cancellationSignal().throwIfAborted();
        },
      });
      const exact = differenceCount === 0;
      if (exact) log.info(`Ledger audit: ${sentence}`);
      else {
        log.error(`Ledger audit: ${sentence}`, {
          differences: differences.slice(0, LOGGED_DIFFERENCES).map(differenceLine),
        });
      }
      return { exact, sentence, doubtful };
    },
  };
  return guarded(activities, 'AuditUnfinished');
}
