// What an engine wants done to an account in one random life: top-ups, reserves, bars, and the settlement of what was reserved.
import { type LedgerOperation, noReservation, reserveOperation, settleOperation } from '../../domain/ledger.ts';
import type { FundsResult } from '../../store/funds.ts';
import type { Asked, Process } from './process.ts';
import type { Chance } from './random.ts';

/** An operation the engine wants done: it starts attempts until one has answered within its time. */
export interface Task {
  readonly operation: LedgerOperation;
  /** Reserves pass their time-out on as a deadline, as the activity does. */
  readonly deadlined: boolean;
  attempt: Attempt | undefined;
  /** The answer the engine took; what late attempts say is never heard. */
  word: FundsResult | undefined;
}

export interface Attempt {
  readonly asked: Asked;
  readonly process: Process;
  readonly task: Task;
  /** When the engine stops waiting for it. */
  readonly timesOutAt: number;
}

/** A few top-ups and more reserves than they may pay for, some of them barred, in any order. */
export function firstTasks(chance: Chance): Task[] {
  const topUps = Array.from({ length: 1 + chance.below(2) }, (_, n): LedgerOperation => {
    const amount = 10 + chance.below(25);
    return { _id: `topUp:${n}`, kind: 'topUp', delta: amount, amount };
  });
  const reserves = Array.from({ length: 1 + chance.below(5) }, (_, n) => reserveOperation(`t${n}`, 1, 10));
  const bars = reserves.filter(() => chance.happens(0.15)).map(({ trackingId = '' }) => noReservation(trackingId, 1));
  const operations = [...topUps, ...reserves, ...bars];
  const shuffled: LedgerOperation[] = [];
  while (operations.length > 0) shuffled.push(...operations.splice(chance.below(operations.length), 1));
  return shuffled.map(taskFor);
}

/** A reservation made is settled, one way or the other; whoever bars it gives it back. */
export function followUp({ operation }: Task, result: FundsResult, chance: Chance): Task | undefined {
  if (typeof result === 'string' || result.kind !== 'reserve') return undefined;
  const { trackingId = '', amount } = result;
  const isBar = operation.kind === 'release';
  const kind = isBar || chance.happens(0.5) ? 'release' : 'charge';
  return taskFor(settleOperation(trackingId, 1, kind, amount));
}

function taskFor(operation: LedgerOperation): Task {
  return { operation, deadlined: operation.kind === 'reserve', attempt: undefined, word: undefined };
}
