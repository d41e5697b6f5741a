// The proof of an account by its rows: right histories pass, and whatever is changed in one is found.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustmentOperation, topUpOperation } from '../../domain/funds.ts';
import { type LedgerRow, noReservation, reserveOperation, settleOperation } from '../../domain/ledger.ts';
import { type AuditedAccount, auditAccount } from '../../domain/ledger-audit.ts';
import { type History, history } from '../support/random-history.ts';
import { rowFor } from '../support/row-for.ts';

/** Audits as the store does: rows in order, up to the account's number, the newest perhaps in the account alone. */
function findingsOf(account: AuditedAccount, rows: readonly LedgerRow[]) {
  const audit = auditAccount(account);
  const inLedger = rows.filter(({ seq }) => seq <= account.seq).sort((a, b) => a.seq - b.seq);
  for (const row of inLedger) audit.take(row);
  const newest = new Set(account.tail.map(({ _id }) => _id));
  const byId = new Map(rows.map((row) => [row._id, row]));
  return audit.finish([...byId.values()].filter(({ _id }) => newest.has(_id)));
}
const problemsOf = (account: AuditedAccount, rows: readonly LedgerRow[]) =>
  findingsOf(account, rows).differences.map(({ seq, problem }) => (seq === undefined ? problem : `${seq}: ${problem}`));

/** An account on which these operations were made. */
function accountAfter(...operations: Parameters<typeof rowFor>[1][]): History {
  const rows: LedgerRow[] = [];
  let account: AuditedAccount = { _id: 'a', available: 0, seq: 0, creditLimit: null, closed: false, tail: [] };
  for (const operation of operations) {
    const row = rowFor(account, operation, new Date(0));
    if (typeof row === 'string') throw new Error('The credit limit is not part of this story');
    rows.push(row);
    account = { ...account, available: row.after, seq: row.seq, tail: [row] };
  }
  return { account, rows, open: new Map() };
}

const topUp = topUpOperation('a', 100, 'first');
const reserve = reserveOperation('t', 1, 45);

describe('a right history', () => {
  test('passes, wherever its newest rows stand, and its open reservations are named', () => {
    fc.assert(
      fc.property(history, fc.nat(), ({ account, rows, open }, some) => {
        // Of the newest the ledger may have any: those of kinds that were asked for, or half of a broken insert.
        const isKept = ({ seq }: LedgerRow) => seq < (account.tail[0]?.seq ?? 0) || (some >> (seq % 8)) % 2 === 1;
        const found = findingsOf(account, rows.filter(isKept));
        expect(found.differences).toEqual([]);
        expect(found.rows).toBe(rows.length);
        expect(new Map(found.open.map(({ trackingId, n, amount }) => [`${trackingId}:${n}`, amount]))).toEqual(open);
      }),
    );
  });

  test('of a start that never opened bars its reservation and has none open', () => {
    const { account, rows } = accountAfter(topUp, noReservation('t', 1));
    expect(findingsOf(account, rows)).toMatchObject({ differenceCount: 0, open: [] });
  });

  test('with later rows, made while it was audited, passes', () => {
    const { account, rows } = accountAfter(topUp, reserve);
    const later = accountAfter(topUp, reserve, settleOperation('t', 1, 'charge', 45));
    expect(problemsOf(account, later.rows)).toEqual([]);
    expect(problemsOf(later.account, rows)).toEqual([]);
  });

  test('of an account that never moved has nothing to prove', () => {
    const { account } = accountAfter();
    expect(findingsOf(account, [])).toMatchObject({ rows: 0, differenceCount: 0, open: [] });
  });
});

type Fields = Record<string, unknown>;

/** Another value for a field, of the kind it has. */
function changed(value: unknown, by: number): unknown {
  return typeof value === 'number' ? value + by : `${String(value)}x`;
}

const rowFields = ['_id', 'kind', 'delta', 'amount', 'seq', 'before', 'after', 'accountId'] as const;
const kinds = ['topUp', 'adjustment', 'reserve', 'charge', 'release'];

describe('a history with one thing changed', () => {
  const some = fc.tuple(history, fc.nat(), fc.integer({ min: -1000, max: 1000 }).filter(Boolean));

  test.each(rowFields)('in the %s of any row is found', (field) => {
    fc.assert(
      fc.property(some, ({ 0: { account, rows }, 1: which, 2: by }) => {
        const index = which % rows.length;
        const row: Fields = { ...rows[index] };
        // Barred or open, a reservation of nothing moves nothing.
        fc.pre(field !== 'kind' || row.amount !== 0);
        row[field] =
          field === 'kind'
            ? kinds.filter((kind) => kind !== row.kind)[Math.abs(by) % 4]
            : field === '_id'
              ? `x${row._id}`
              : changed(row[field], by);
        const broken = rows.map((each, at) => (at === index ? (row as unknown as LedgerRow) : each));
        expect(problemsOf(account, broken)).not.toEqual([]);
      }),
    );
  });

  test('in the trackingId of any movement of a reservation is found', () => {
    fc.assert(
      fc.property(some, ({ 0: { account, rows }, 1: which }) => {
        const movements = rows.filter(({ kind }) => kind !== 'topUp' && kind !== 'adjustment');
        fc.pre(movements.length > 0);
        const one = movements[which % movements.length];
        for (const trackingId of ['another', undefined]) {
          const broken = rows.map((row) => (row === one ? ({ ...row, trackingId } as LedgerRow) : row));
          expect(problemsOf(account, broken)).not.toEqual([]);
        }
      }),
    );
  });

  test('by a row lost, doubled or put elsewhere is found', () => {
    fc.assert(
      fc.property(some, ({ 0: { account, rows }, 1: which }) => {
        const index = which % rows.length;
        const row = rows[index] as LedgerRow;
        const without = rows.filter((each) => each !== row);
        // The newest may be in the account alone.
        if (row.seq < (account.tail[0]?.seq ?? 0))
          expect(problemsOf(account, without)).toContain(`row ${row.seq} is missing`);
        expect(problemsOf(account, [...rows, row])).not.toEqual([]);
        expect(problemsOf(account, [...without, { ...row, seq: row.seq + 1_000 }])).not.toEqual([]);
      }),
    );
  });

  test.each(['available', 'seq'] as const)('in what the account says is %s is found', (field) => {
    fc.assert(
      fc.property(some, ({ 0: { account, rows }, 2: by }) => {
        expect(problemsOf({ ...account, [field]: account[field] + by }, rows)).not.toEqual([]);
      }),
    );
  });

  test('in the newest row as the account has it is found', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...rowFields), ({ 0: { account, rows }, 2: by }, field) => {
        const row: Fields = { ...account.tail.at(-1) };
        row[field] = changed(row[field], by);
        const older = account.tail.slice(0, -1);
        expect(problemsOf({ ...account, tail: [...older, row as unknown as LedgerRow] }, rows)).not.toEqual([]);
        expect(problemsOf({ ...account, tail: older }, rows)).not.toEqual([]);
      }),
    );
  });
});

describe('the audit says in words', () => {
  test('that a reservation was settled twice, or that there was none', () => {
    const charged = settleOperation('t', 1, 'charge', 45);
    const twice = accountAfter(topUp, reserve, charged, settleOperation('t', 1, 'release', 45));
    expect(problemsOf(twice.account, twice.rows)).toEqual([
      '4: settles t:settle:1, which is not open',
      '100 available and 0 reserved are not the 55 paid in, corrected and not charged',
    ]);
    const never = accountAfter(topUp, charged);
    expect(problemsOf(never.account, never.rows)[0]).toBe('2: settles t:settle:1, which is not open');
  });

  test('that a reservation was closed for another amount', () => {
    const { account, rows } = accountAfter(topUp, reserve, settleOperation('t', 1, 'release', 40));
    expect(problemsOf(account, rows)).toEqual([
      '3: settles 40 where 45 is reserved',
      '95 available and 0 reserved are not the 100 paid in, corrected and not charged',
    ]);
  });

  test('that a row begins with another balance than the one before it left, and that the account has another one', () => {
    const { account, rows } = accountAfter(topUp, topUpOperation('a', 5, 'second'), topUpOperation('a', 7, 'third'));
    const moved = rows.map((row) => (row.seq === 2 ? { ...row, before: 0, after: 5 } : row));
    expect(problemsOf(account, moved)).toEqual([
      '2: begins with 0, and 100 was left before it',
      '3: begins with 105, and 5 was left before it',
    ]);
    expect(problemsOf({ ...account, available: 100 }, rows)[0]).toBe(
      '100 is available, and 112 was left by the newest row',
    );
  });

  test('that rows are missing, from where to where', () => {
    const { account, rows } = accountAfter(
      topUp,
      reserve,
      settleOperation('t', 1, 'charge', 45),
      topUpOperation('a', 5, '2'),
    );
    expect(problemsOf(account, [...rows.slice(0, 1), ...rows.slice(3)])[0]).toBe('rows 2 to 3 are missing');
  });

  test('that a row claims a crossing of the low-balance mark that was none', () => {
    const { account, rows } = accountAfter(topUp, adjustmentOperation('a', -10, 'fee'), topUpOperation('a', 5, '2'));
    const claimed = rows.map((row) => (row.seq === 2 ? { ...row, lowBalance: 95 } : row));
    expect(problemsOf(account, claimed)).toEqual([]);
    const wrong = rows.map((row) => (row.seq === 2 ? { ...row, lowBalance: 80 } : row));
    expect(problemsOf(account, wrong)).toEqual(['2: says it went below 80, and did not']);
  });

  test('no more than a hundred things, and how many there are', () => {
    const { account } = accountAfter(topUp);
    const row = account.tail.at(-1) as LedgerRow;
    const rows = Array.from({ length: 200 }, (_, index) => ({ ...row, seq: index + 1 }));
    const found = findingsOf({ ...account, seq: 200, tail: rows.slice(-1) }, rows);
    expect(found.differences).toHaveLength(100);
    expect(found.differenceCount).toBeGreaterThan(190);
  });
});
