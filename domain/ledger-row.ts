// What a single ledger row must be to be true: its arithmetic, and an id that says what it is about.
import type { LedgerRow } from './ledger.ts';

/** What a row does to a reservation; `bars` keeps one from ever being made (domain/ledger.ts, noReservation). */
export interface ReservationStep {
  readonly step: 'opens' | 'closes' | 'bars';
  readonly trackingId: string;
  /** The send it pays for. */
  readonly n: number;
}

/** What the row does to which reservation, or undefined when its id and its trackingId do not say so. */
export function reservationStep({ _id, kind, trackingId, amount, delta }: LedgerRow): ReservationStep | undefined {
  const [, id, part, n] = /^(.+):(reserve|settle):([1-9]\d{0,8})$/.exec(_id) ?? [];
  if (trackingId === undefined || id !== trackingId) return undefined;
  const step =
    part === 'settle'
      ? closing.has(kind) && 'closes'
      : kind === 'reserve'
        ? 'opens'
        : kind === 'release' && amount === 0 && delta === 0 && 'bars';
  return step ? { step, trackingId, n: Number(n) } : undefined;
}

/** Every way in which the row is wrong by itself, in words. */
export function rowProblems(row: LedgerRow, accountId: string): string[] {
  const { before, after, delta, amount, lowBalance } = row;
  const problems: string[] = [];
  if (row.accountId !== accountId) problems.push(`belongs to account ${row.accountId}`);
  if (![before, after, delta, amount].every(Number.isSafeInteger)) problems.push('holds an amount that is none');
  if (after !== before + delta) problems.push(`leaves ${after} of ${before} and ${delta}`);
  if (!deltaFits(row)) problems.push(`moves ${delta} for a ${row.kind} of ${amount}`);
  if (!idFits(row)) problems.push(`is a ${row.kind} under the id ${row._id}`);
  if (lowBalance !== undefined && !(before >= lowBalance && after < lowBalance)) {
    problems.push(`says it went below ${lowBalance}, and did not`);
  }
  return problems;
}

const closing: ReadonlySet<string> = new Set(['charge', 'release']);

function deltaFits(row: LedgerRow): boolean {
  const { kind, delta, amount } = row;
  if (kind === 'adjustment') return delta === amount;
  if (kind === 'topUp') return delta === amount && amount >= 0;
  if (amount < 0) return false;
  if (kind === 'reserve') return delta === -amount;
  return kind === 'charge' ? delta === 0 : delta === amount;
}

function idFits(row: LedgerRow): boolean {
  if (row.kind === 'topUp' || row.kind === 'adjustment') return row._id.startsWith(`${row.accountId}:${row.kind}:`);
  return reservationStep(row) !== undefined;
}
