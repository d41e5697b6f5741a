// The result of a ledger audit in plain words.
import type { Difference } from './ledger-audit.ts';

export interface AuditCounts {
  readonly accounts: number;
  readonly rows: number;
  readonly differenceCount: number;
  /** Reservations that are open once the abandoned ones are settled. */
  readonly open: number;
  readonly charged: number;
  readonly released: number;
  /** Old reservations whose workflows could not be asked after. */
  readonly unasked: number;
  /** Reservations without a workflow whose carriers are still to be asked what became of the send. */
  readonly waiting: number;
}

/** One sentence on the money, one more for each thing that was done or could not be done about open reservations. */
export function auditSentence(counts: AuditCounts): string {
  const { accounts, rows, differenceCount, open, charged, released, unasked, waiting } = counts;
  const verdict =
    differenceCount === 0 ? 'every cent is accounted for' : `${plural(differenceCount, 'difference')} found`;
  const sentences = [
    `${plural(accounts, 'account')}, ${plural(rows, 'row')}: ${verdict}; ${open === 0 ? 'no reservation' : plural(open, 'reservation')} ${open > 1 ? 'are' : 'is'} open.`,
  ];
  const settled = charged + released;
  if (settled > 0) {
    sentences.push(
      `${plural(settled, 'reservation')} without a workflow ${settled === 1 ? 'was' : 'were'} settled: ${charged} charged, ${released} given back.`,
    );
  }
  if (waiting > 0) {
    sentences.push(
      `${plural(waiting, 'reservation')} without a workflow ${waiting === 1 ? 'waits' : 'wait'} for the word of the carrier, which the audit of the worker asks for.`,
    );
  }
  if (unasked > 0) {
    sentences.push(
      `${plural(unasked, 'old reservation')} ${unasked === 1 ? 'was' : 'were'} left alone, since Temporal did not answer.`,
    );
  }
  return sentences.join(' ');
}

/** One difference on a line of its own. */
export function differenceLine({ accountId, seq, problem }: Difference): string {
  return `account ${accountId}${seq === undefined ? '' : `, row ${seq}`}: ${problem}`;
}

const plural = (n: number, one: string) => `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;
