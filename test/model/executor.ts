// An executor under test: the real moveFunds, held still before every single step of the database.
import type { LedgerOperation } from '../../domain/ledger.ts';
import { type FundsResult, moveFunds } from '../../store/funds.ts';
import type { MemoryFunds } from './memory-funds.ts';

export interface Executor {
  readonly operation: LedgerOperation;
  /** What it answered, or the error it ended with, once it has ended. */
  result: FundsResult | Error | undefined;
  /** The next step: a call to the database takes effect, or its answer arrives and the code runs on to its next call. */
  step(): Promise<void>;
  /** The database call that waits, for traces. */
  readonly waitingFor: string;
}

interface Call {
  readonly name: string;
  readonly effect: () => unknown;
  readonly answer: (outcome: { value: unknown } | { error: unknown }) => void;
  outcome?: { value: unknown } | { error: unknown };
}

/** Starts moveFunds on the memory; it stands still before its first call. */
export function startExecutor(memory: MemoryFunds, operation: LedgerOperation, deadline?: number): Executor {
  let call: Call | undefined;
  let arrived = () => {};
  const request = <T>(name: string, effect: () => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const answer: Call['answer'] = (outcome) =>
        'error' in outcome ? reject(outcome.error) : resolve(outcome.value as T);
      call = { name, effect, answer };
      arrived();
    });
  const executor: Executor = {
    operation,
    result: undefined,
    async step() {
      if (!call || executor.result !== undefined) return;
      const { outcome } = call;
      if (!outcome) {
        call.outcome = outcomeOf(call.effect);
        return;
      }
      const moved = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      call.answer(outcome);
      await moved;
    },
    get waitingFor() {
      return call ? `${call.name}${call.outcome ? ' (done, unanswered)' : ''}` : 'nothing';
    },
  };
  moveFunds(memory.connection(request), memory.account._id, operation, deadline).then(
    (result) => {
      executor.result = result;
      arrived();
    },
    (error: Error) => {
      executor.result = error;
      arrived();
    },
  );
  return executor;
}

function outcomeOf(effect: () => unknown): { value: unknown } | { error: unknown } {
  try {
    return { value: effect() };
  } catch (error) {
    return { error };
  }
}
