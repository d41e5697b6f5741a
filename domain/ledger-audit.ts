// Proves an account from its rows: numbered without gaps, an exact chain, every reservation closed at most once, no cent astray.
import type { AccountFunds, LedgerRow } from './ledger.ts';
import { reservationStep, rowProblems } from './ledger-row.ts';

/** An account with its newest rows, of which the ledger may have some already. */
export type AuditedAccount = AccountFunds & { readonly tail: readonly LedgerRow[] };

export interface OpenReservation {
  readonly trackingId: string;
  /** The send it pays for. */
  readonly n: number;
  readonly amount: number;
  readonly at: Date;
}

export interface Difference {
  readonly accountId: string;
  /** The number of the row, where it is about one. */
  readonly seq?: number;
  /** What is wrong, in words; amounts in micros. */
  readonly problem: string;
}

export interface AccountFindings {
  readonly rows: number;
  /** The first ones; `differenceCount` counts them all. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
  readonly open: readonly OpenReservation[];
}

export interface AccountAudit {
  /** Takes the ledger's next row, in the order of their numbers, up to the account's own number. */
  take(row: LedgerRow): void;
  /** Compares what the rows say with what the account says; `copies` are the ledger's rows under the ids of the tail, if any. */
  finish(copies: readonly LedgerRow[]): AccountFindings;
}

const MAX_DIFFERENCES = 100;

const UNLIKE = 'is not the same in the ledger and in the account';

/** An audit of the account as it was read at one moment; it remembers open reservations, and no other row. */
export function auditAccount(account: AuditedAccount): AccountAudit {
  const { _id: accountId, available, seq, tail } = account;
  const differences: Difference[] = [];
  let differenceCount = 0;
  const differs = (problem: string, row?: number) => {
    differenceCount += 1;
    if (differences.length < MAX_DIFFERENCES) {
      differences.push({ accountId, ...(row !== undefined && { seq: row }), problem });
    }
  };

  let rows = 0;
  let newest: LedgerRow | undefined;
  const reservations = createReservations(differs);

  const inTail = new Map(tail.map((row) => [row.seq, row]));
  const takeRow = (row: LedgerRow) => {
    const next = (newest?.seq ?? 0) + 1;
    const inPlace = row.seq === next;
    if (row.seq > next) differs(missing(next, row.seq - 1));
    else if (!inPlace) differs(`comes after row ${next - 1}`, row.seq);
    for (const problem of rowProblems(row, accountId)) differs(problem, row.seq);
    const left = newest?.after ?? 0;
    if (inPlace && row.before !== left) differs(`begins with ${row.before}, and ${left} was left before it`, row.seq);
    reservations.take(row);
    rows += 1;
    newest = row;
  };

  /** Rows of the account that come before this number and are not in the ledger yet. */
  const takeFromTail = (before: number) => {
    for (const [number, row] of inTail) {
      if (number >= before) continue;
      inTail.delete(number);
      takeRow(row);
    }
  };

  const take = (row: LedgerRow) => {
    takeFromTail(row.seq);
    const own = inTail.get(row.seq);
    inTail.delete(row.seq);
    if (own && !sameRow(row, own)) differs(UNLIKE, row.seq);
    takeRow(row);
  };

  const finish = (copies: readonly LedgerRow[]): AccountFindings => {
    takeFromTail(Number.POSITIVE_INFINITY);
    const byId = new Map(tail.map((row) => [row._id, row]));
    for (const copy of copies) {
      const own = byId.get(copy._id);
      // Under the same number it was compared when it was taken.
      if (own && own.seq !== copy.seq) differs(UNLIKE, own.seq);
    }
    const counted = newest?.seq ?? 0;
    if (counted < seq) differs(missing(counted + 1, seq));
    if (counted > seq) differs(`the account counts ${seq} rows, there are ${counted}`);
    if (seq > 0 && tail.at(-1)?.seq !== seq) differs('the account has lost its newest row');
    const left = newest?.after ?? 0;
    if (available !== left) differs(`${available} is available, and ${left} was left by the newest row`);
    reservations.finish(available);
    return { rows, differences, differenceCount, open: reservations.open() };
  };

  return { take, finish };
}

/** The sums, and the reservations that are open; amounts add up exactly however long the history is. */
function createReservations(differs: (problem: string, row?: number) => void) {
  const open = new Map<string, OpenReservation>();
  let paidIn = 0n;

  const take = (row: LedgerRow) => {
    if (row.kind === 'topUp' || row.kind === 'adjustment') paidIn += whole(row.delta);
    if (row.kind === 'charge') paidIn -= whole(row.amount);
    const found = reservationStep(row);
    if (!found) return;
    const { step, trackingId, n } = found;
    const key = `${trackingId}:${n}`;
    const { amount, at } = row;
    const reserved = open.get(key);
    if (step === 'opens') {
      if (reserved) differs('reserves what is reserved already', row.seq);
      open.set(key, { trackingId, n, amount, at });
    } else if (step === 'closes') {
      if (!reserved) differs(`settles ${row._id}, which is not open`, row.seq);
      else if (reserved.amount !== amount) differs(`settles ${amount} where ${reserved.amount} is reserved`, row.seq);
      open.delete(key);
    }
  };

  const finish = (available: number) => {
    let reserved = 0n;
    for (const { amount } of open.values()) reserved += whole(amount);
    if (whole(available) + reserved !== paidIn) {
      differs(
        `${available} available and ${reserved} reserved are not the ${paidIn} paid in, corrected and not charged`,
      );
    }
  };

  return { take, finish, open: () => [...open.values()] };
}

const whole = (micros: number) => (Number.isSafeInteger(micros) ? BigInt(micros) : 0n);

const missing = (first: number, last: number) =>
  first === last ? `row ${first} is missing` : `rows ${first} to ${last} are missing`;

function sameRow(one: LedgerRow, other: LedgerRow): boolean {
  const plain = (row: LedgerRow) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return plain(one) === plain(other);
}
