// The account and its ledger: every movement happens exactly once, whoever crashes, repeats or freezes
// (docs/decisions/004-money-in-one-document.md).
import { RefusedError } from '../domain/errors.ts';
import { type LedgerOperation, type LedgerRow, type Refusal, rowsFor } from '../domain/ledger.ts';
import type { Database } from './database.ts';
import { type AccountState, findRows, keepRows, readState, writeRows } from './ledger-tail.ts';

export type FundsResult = LedgerRow | Exclude<Refusal, RangeError> | 'noAccount';

export interface Funds {
  /**
   * Makes one movement, or finds it made.
   * @param deadline ms since the epoch; keeps an executor that was frozen past its time-out from making the movement afresh
   * @throws Error when the deadline has passed, RefusedError `unavailable` when the account is too busy, RangeError when the
   * balance would be too large, and the database's own errors: the engine tries again.
   */
  move(accountId: string, operation: LedgerOperation, deadline?: number): Promise<FundsResult>;
}

/** A movement that somebody waits for. */
interface Asked {
  readonly operation: LedgerOperation;
  readonly deadline: number;
  readonly done: (result: FundsResult) => void;
  readonly failed: (error: unknown) => void;
}

/** What this process knows of an account, and who waits for it. */
interface Line {
  readonly waiting: Asked[];
  running: boolean;
  /** As of the last read or write; undefined where that is not known. */
  state: AccountState | undefined;
}

/** Others were first this many times in a row before the movements give their turn back to the engine. */
const MAX_ROUNDS = 200;

/** An account's document holds no more rows than both together, less one. */
export interface TailSizes {
  /** From so many rows on the tail is moved into the ledger. */
  readonly movedFrom: number;
  /** Rows of one write. */
  readonly atOnce: number;
}

const TAIL_SIZES: TailSizes = { movedFrom: 32, atOnce: 32 };

/** Accounts whose newest state is remembered, at most 64 rows each. */
const MAX_REMEMBERED = 500;

/** Movements of one account that wait in this process are made by one write, and its state is remembered between them. */
export function createFunds(database: Pick<Database, 'accounts' | 'ledger'>, sizes = TAIL_SIZES): Funds {
  const lines = new Map<string, Line>();
  const lineOf = (accountId: string): Line => {
    const known = lines.get(accountId) ?? { waiting: [], running: false, state: undefined };
    // The one used last comes last, so that the first one that is idle is forgotten first.
    lines.delete(accountId);
    lines.set(accountId, known);
    if (lines.size > MAX_REMEMBERED) {
      for (const [id, { running }] of lines) {
        if (running || id === accountId) continue;
        lines.delete(id);
        break;
      }
    }
    return known;
  };
  return {
    move(accountId, operation, deadline = Number.POSITIVE_INFINITY) {
      const line = lineOf(accountId);
      return new Promise((done, failed) => {
        line.waiting.push({ operation, deadline, done, failed });
        if (!line.running) void serve(database, accountId, line, sizes);
      });
    },
  };
}

/** One movement by a process that makes few: it remembers nothing. */
export function moveFunds(
  database: Pick<Database, 'accounts' | 'ledger'>,
  accountId: string,
  operation: LedgerOperation,
  deadline?: number,
): Promise<FundsResult> {
  return createFunds(database).move(accountId, operation, deadline);
}

/** Never throws: whoever waits is told. */
async function serve(
  database: Pick<Database, 'accounts' | 'ledger'>,
  accountId: string,
  line: Line,
  sizes: TailSizes,
): Promise<void> {
  line.running = true;
  while (line.waiting.length > 0) {
    const batch = new Set(line.waiting.splice(0, sizes.atOnce));
    try {
      await makeAll(database, accountId, line, batch, sizes.movedFrom);
    } catch (error) {
      // Whether a write took effect is not known.
      line.state = undefined;
      for (const { failed } of batch) failed(error);
    }
  }
  line.running = false;
}

/** Whoever is answered leaves the batch. */
async function makeAll(
  database: Pick<Database, 'accounts' | 'ledger'>,
  accountId: string,
  line: Line,
  batch: Set<Asked>,
  movedFrom: number,
): Promise<void> {
  const answer = (asked: Asked, result: FundsResult) => {
    batch.delete(asked);
    asked.done(result);
  };
  // Whether the state is from after these movements were asked for: only such a state may refuse one.
  let fresh = false;
  for (let round = 0; round < MAX_ROUNDS && batch.size > 0; round += 1) {
    if (!line.state) {
      line.state = await readState(database, accountId);
      fresh = true;
    }
    const { state } = line;
    if (!state) {
      for (const asked of batch) answer(asked, 'noAccount');
      return;
    }
    // Never left out, not even for a first attempt: a task that is run again counts its attempts from 1.
    const made = await findRows(
      database,
      state,
      [...batch].map(({ operation }) => operation._id),
    );
    for (const asked of batch) {
      const row = made.get(asked.operation._id);
      if (row) answer(asked, row);
    }
    if (batch.size === 0) return;
    const moved = state.tail.length >= movedFrom;
    if (moved) await keepRows(database, state.tail);
    failLate(batch);
    if (batch.size === 0) return;
    const { rows, refused } = rowsFor(
      state,
      [...batch].map(({ operation }) => operation),
      new Date(),
    );
    if (rows.size === 0) {
      if (!fresh) {
        line.state = undefined;
        continue;
      }
      for (const asked of batch) refuse(batch, asked, refused.get(asked.operation._id));
      return;
    }
    const written = await writeRows(database, state, [...rows.values()], moved);
    line.state = written;
    if (!written) continue;
    // It was written where it was read, so what is refused next is refused by what stands now.
    fresh = true;
    for (const asked of batch) {
      const row = rows.get(asked.operation._id);
      if (row) answer(asked, row);
    }
  }
  for (const { failed } of batch) failed(new RefusedError('unavailable', { retryAfterSeconds: 1 }));
}

/** Right before the write: a movement whose time has passed is asked for again by its engine. */
function failLate(batch: Set<Asked>): void {
  const now = Date.now();
  for (const asked of batch) {
    if (now <= asked.deadline) continue;
    batch.delete(asked);
    asked.failed(new Error('The time for this movement has passed'));
  }
}

function refuse(batch: Set<Asked>, asked: Asked, refusal: Refusal | undefined): void {
  batch.delete(asked);
  if (refusal === undefined || refusal instanceof RangeError) asked.failed(refusal ?? new Error('Nothing to refuse'));
  else asked.done(refusal);
}
