// What the ledger audit says to people.
import { expect, test } from 'vitest';
import { type AuditCounts, auditSentence, differenceLine } from '../../domain/audit-sentence.ts';

const counts: AuditCounts = {
  accounts: 5,
  rows: 12_345,
  differenceCount: 0,
  open: 3,
  charged: 0,
  released: 0,
  unasked: 0,
  waiting: 0,
};

test.each<[Partial<AuditCounts>, string]>([
  [{}, '5 accounts, 12,345 rows: every cent is accounted for; 3 reservations are open.'],
  [{ accounts: 1, rows: 1, open: 1 }, '1 account, 1 row: every cent is accounted for; 1 reservation is open.'],
  [{ accounts: 0, rows: 0, open: 0 }, '0 accounts, 0 rows: every cent is accounted for; no reservation is open.'],
  [{ differenceCount: 1 }, '5 accounts, 12,345 rows: 1 difference found; 3 reservations are open.'],
  [
    { charged: 1, released: 2 },
    '5 accounts, 12,345 rows: every cent is accounted for; 3 reservations are open. 3 reservations without a workflow were settled: 1 charged, 2 given back.',
  ],
  [
    { released: 1, open: 0, unasked: 1 },
    '5 accounts, 12,345 rows: every cent is accounted for; no reservation is open. 1 reservation without a workflow was settled: 0 charged, 1 given back. 1 old reservation was left alone, since Temporal did not answer.',
  ],
])('%j is told as one sentence for each thing', (different, sentence) => {
  expect(auditSentence({ ...counts, ...different })).toBe(sentence);
});

test('a difference names its account and its row', () => {
  expect(differenceLine({ accountId: 'a', seq: 7, problem: 'belongs to account b' })).toBe(
    'account a, row 7: belongs to account b',
  );
  expect(differenceLine({ accountId: 'a', problem: 'row 7 is missing' })).toBe('account a: row 7 is missing');
});
