// The whole audit: every account proved, abandoned reservations settled, the result kept.
import { ABANDONED_AFTER_MS } from '../domain/abandoned-reservation.ts';
import { type AuditCounts, auditSentence } from '../domain/audit-sentence.ts';
import type { Difference, OpenReservation } from '../domain/ledger-audit.ts';
import { settleAbandoned } from './abandoned-reservations.ts';
import {
  type AuditPaging,
  allAccountIds,
  auditStoredAccount,
  countLedgerRows,
  lostAccountIds,
} from './account-audit.ts';
import type { Database } from './database.ts';
import type { AuditResultDocument } from './documents.ts';

export interface LedgerAuditOptions extends AuditPaging {
  /** Whether the workflow of a verification is under way. @throws when nobody can tell. */
  readonly runs: (trackingId: string) => Promise<boolean>;
  /** Who has the audit done. */
  readonly actor: string;
  readonly abandonedAfterMs?: number | undefined;
}

const MAX_DIFFERENCES = 100;
/** Of each account; the rest is for the next audit. */
const MAX_DOUBTFUL = 100;

/** Audits all accounts, one after the other, while they go on moving. */
export async function auditLedger(database: Database, options: LedgerAuditOptions): Promise<AuditResultDocument> {
  const counts = { accounts: 0, rows: 0, differenceCount: 0, open: 0, charged: 0, released: 0, unasked: 0, waiting: 0 };
  const doubtful: string[] = [];
  const differences: Difference[] = [];
  const found = (more: readonly Difference[], count: number) => {
    counts.differenceCount += count;
    differences.push(...more.slice(0, MAX_DIFFERENCES - differences.length));
  };
  const rowsBefore = await countLedgerRows(database);
  let rowsSeen = 0;
  for (const accountId of await allAccountIds(database)) {
    const findings = await auditStoredAccount(database, accountId, options);
    if (!findings) continue;
    rowsSeen += findings.inLedger;
    counts.accounts += 1;
    counts.rows += findings.rows;
    counts.open += findings.open.length;
    found(findings.differences, findings.differenceCount);
    // An account that differs is evidence: nothing is moved on it.
    if (findings.differenceCount === 0) {
      doubtful.push(...(await settleOld(database, accountId, findings.open, counts, options)));
    }
  }
  // The ledger only grows, so rows that were there at the beginning and were not met belong to no account.
  for (const accountId of rowsSeen < rowsBefore ? await lostAccountIds(database) : []) {
    found([{ accountId, problem: 'has rows in the ledger, and there is no such account' }], 1);
  }
  const sentence = auditSentence(counts);
  const result: AuditResultDocument = { _id: 'ledger', at: new Date(), sentence, ...counts, differences, doubtful };
  await database.audits.replaceOne({ _id: 'ledger' }, result, { upsert: true });
  return result;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Returns the verifications whose carriers must be asked first. */
async function settleOld(
  database: Database,
  accountId: string,
  open: readonly OpenReservation[],
  counts: Mutable<AuditCounts>,
  { runs, actor, abandonedAfterMs = ABANDONED_AFTER_MS, onPage }: LedgerAuditOptions,
): Promise<string[]> {
  const doubtful: string[] = [];
  const youngest = Date.now() - abandonedAfterMs;
  const old = open.filter(({ at }) => at.getTime() <= youngest);
  // Who did not answer for one will not answer for the next.
  const silent = () => counts.unasked > 0;
  for (const reservation of old) {
    const running = silent() ? undefined : await runs(reservation.trackingId).catch(() => undefined);
    onPage?.();
    if (running === undefined) counts.unasked += 1;
    if (running !== false) continue;
    const kind = await settleAbandoned(database, accountId, reservation, actor);
    if (kind === 'doubtful') {
      counts.waiting += 1;
      if (doubtful.length < MAX_DOUBTFUL) doubtful.push(reservation.trackingId);
      continue;
    }
    counts.open -= 1;
    if (kind === 'charge') counts.charged += 1;
    if (kind === 'release') counts.released += 1;
  }
  return doubtful;
}
